import { Button } from '@mantine/core'
import { IconArrowBackUp, IconLock, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { isClaimStage, stagesOf } from '../client/rights.ts'
import type { Stage } from '../client/rights.ts'
import { useMe } from '../client/session.ts'
import { rowPlace, useDrawnRows } from '../parts/drawn-rows.ts'
import type { DrawnRow, RowPlace } from '../parts/drawn-rows.ts'
import { FindingBadge, OperatorMark, PlainBadge } from '../parts/marks.tsx'
import type { Severity } from '../parts/marks.tsx'
import { ProblemNotice } from '../parts/notices.tsx'
import { drawnOf } from '../parts/placed-groups.ts'
import { Empty, NextPage, SkeletonRows } from '../parts/rows.tsx'
import { useNow } from '../parts/surroundings.ts'
import { useRowKeys } from '../parts/table.tsx'
import face from '../parts/text.module.css'
import { findingShort } from '../words/finding.ts'
import { attentionName, stageName } from '../words/stage.ts'
import { between, number, span } from '../words/time.ts'
import { NarrowBar } from './narrow-bar.tsx'
import { byRound, placed, settle } from './settled-rows.ts'
import type { PlacedRound, SettledRow } from './settled-rows.ts'
import css from './waiting-rows.module.css'
import { useClaims, useCounts, useRows } from './waiting.ts'
import type { Narrow, QueueItem } from './waiting.ts'

/** The rows of a tab, by round where the queue serves in rounds. */
export function WaitingRows(props: {
  stage: Stage | 'attention'
  narrow: Narrow
  /** All rows of the stage, also those that are not loaded yet. */
  total: number | undefined
  /** When the last of them is likely to be ready. */
  doneBy: { from: string; to: string } | undefined
  servedRound: number | null
}) {
  const { stage, narrow, doneBy, servedRound } = props
  const queued = stage !== 'attention' && isClaimStage(stage)
  const some = queued && Object.keys(narrow).length > 0
  const query = useRows(stage, queued ? narrow : undefined)
  const total = some ? query.data?.last?.total : props.total
  const latest = query.data?.items
  const of = JSON.stringify(narrow)
  const [shown, setShown] = useState<{ of: string; rows: readonly QueueItem[] }>()
  const now = useNow(30_000)
  const claims = useClaims().data?.items ?? []
  const ahead = new Set(claims.filter((one) => one.claim?.prefetch).map((one) => one.id))
  // rows of another choice stay until those of this one have come
  const still = query.isPlaceholderData || shown?.of === of ? shown?.rows : undefined
  // the first rows are shown as they are; from then on they stay until asked for
  if (latest?.length && !query.isPlaceholderData && !still?.length) setShown({ of, rows: latest })

  const settled = latest && settle(still ?? latest, latest)
  const rounds = placed(queued ? byRound(settled?.rows ?? []) : [{ round: null, rows: settled?.rows ?? [] }])
  const drawn = useDrawnRows<HTMLDivElement>(
    rounds.flatMap((one) => one.lines),
    { wide: 41, phone: 62 },
  )
  useRowKeys('queue', drawn)

  const name =
    stage === 'attention' ? 'Daftar penyelia' : `${queued ? 'Antrean' : 'Daftar'} ${stageName[stage].toLowerCase()}`
  if (query.isError && !latest) {
    return (
      <ProblemNotice error={query.error} title={`${name} tidak dapat dimuat.`} retry={() => void query.refetch()} />
    )
  }
  if (!settled) return <SkeletonRows label={`Memuat ${name.toLowerCase()}`} />
  const { rows, fresh } = settled
  const rowOf = (row: SettledRow, place: RowPlace) => (
    <WaitingRow
      key={row.id}
      row={row}
      place={place}
      now={now}
      showStage={stage === 'attention'}
      ahead={ahead.has(row.id)}
    />
  )
  const none = rows.length === 0
  const bar = (some || !none) && (
    <div className={css.status}>
      {queued && <NarrowBar stage={stage} />}
      {fresh > 0 && (
        <Button
          variant="subtle"
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => latest && setShown({ of, rows: latest })}
        >
          {number(fresh)} berkas baru
        </Button>
      )}
      <span className={css.total} data-narrowed={some} aria-live="polite">
        {number(total ?? rows.length)} berkas
        {doneBy && !some && `, kartu terakhir siap kira-kira ${between(doneBy, now)}`}
      </span>
    </div>
  )
  if (none) {
    return (
      <>
        {bar}
        {some ? (
          <Empty title="Tidak ada berkas yang sesuai saringan" />
        ) : (
          <Empty title={stage === 'attention' ? 'Tidak ada yang menunggu penyelia' : `${name} kosong`}>
            <p>Berkas baru muncul di sini tanpa memuat ulang.</p>
            {stage !== 'attention' && <OtherWork stage={stage} />}
          </Empty>
        )}
      </>
    )
  }
  return (
    <>
      {bar}
      <div className={css.list} role="region" tabIndex={0} aria-label={name}>
        <div className={css.head} aria-hidden="true">
          <span className={face.number}>{queued ? 'Posisi' : ''}</span>
          <span>Nomor</span>
          <span>Murid</span>
          <span>Sekolah · kelas</span>
          <span>Temuan</span>
          <span className={face.number}>Menunggu</span>
          <span>Dikerjakan</span>
        </div>
        <div {...drawn.list} className={css.lines} style={{ paddingBottom: drawn.after }}>
          {rounds.map((one) => (
            <RoundRows key={one.key} round={one} served={one.round === servedRound} drawn={drawn.rows} row={rowOf} />
          ))}
        </div>
        <NextPage list={query} name="Berkas berikutnya" onCome={() => setShown(undefined)} />
      </div>
    </>
  )
}

/** Where there is work for me while this stage has none. */
function OtherWork({ stage }: { stage: Stage }) {
  const me = useMe()
  const counts = useCounts().data
  const other = stagesOf(me.roles).find((one) => one !== stage && (counts?.stages[one]?.queued ?? 0) > 0)
  if (!other) return null
  return (
    <Button component={Link} to={`/antrean?tahap=${other}`} replace>
      Buka {stageName[other]}, {counts?.stages[other]?.queued} menunggu
    </Button>
  )
}

function AttentionBadge({ attention }: { attention: NonNullable<QueueItem['attention']> }) {
  return <PlainBadge>{attentionName[attention]}</PlainBadge>
}

const WEIGHT: readonly Severity[] = ['heavy', 'check', 'note']

/** The heaviest finding in words, the rest counted by severity. */
function Findings({ findings }: { findings: QueueItem['findings'] }) {
  const sorted = findings.toSorted((a, b) => WEIGHT.indexOf(a.severity) - WEIGHT.indexOf(b.severity))
  const [first, ...rest] = sorted
  if (!first) return null
  return (
    <>
      <FindingBadge severity={first.severity} text={findingShort(first)} />
      {WEIGHT.map((severity) => {
        const count = rest.filter((one) => one.severity === severity).length
        return count > 0 && <FindingBadge key={severity} severity={severity} text={String(count)} />
      })}
    </>
  )
}

/** Where a row stands among those of its list, of which not all are drawn. */
function WaitingRow(props: { row: SettledRow; place: RowPlace; now: Date; showStage: boolean; ahead: boolean }) {
  const { row, place, now, showStage, ahead } = props
  const me = useMe()
  const mine = row.claimedBy?.id === me.id
  return (
    <li {...place} className={css.row} data-mine={mine && !row.gone} data-gone={row.gone}>
      <span className={css.position}>{row.position ?? '–'}</span>
      <span className={css.ticket}>{row.ticket}</span>
      <Link className={css.pupil} to={`/berkas/${row.id}`}>
        {row.pupil?.name ?? 'Data sudah dihapus'}
      </Link>
      <span className={css.school}>
        {row.school.name}
        {row.pupil?.class && <span className={css.class}> · {row.pupil.class}</span>}
      </span>
      <span className={css.findings}>
        {showStage && <PlainBadge>{stageName[row.stage]}</PlainBadge>}
        {row.attention && <AttentionBadge attention={row.attention} />}
        {row.forward && <PlainBadge>Didahulukan</PlainBadge>}
        {row.corrected && row.stage === 'verification' && (
          <PlainBadge>
            <IconArrowBackUp size={14} aria-hidden /> Perbaikan
          </PlainBadge>
        )}
        <Findings findings={row.findings} />
      </span>
      <span className={css.waited}>{span(row.submittedAt ?? row.stageAt, now)}</span>
      <span className={css.who}>
        {row.gone ? (
          'Sudah diproses'
        ) : row.claimedBy ? (
          <>
            <OperatorMark name={row.claimedBy.name} mine={mine} />
            <span className={css.whose}>{ahead ? 'Disiapkan' : mine ? 'Anda' : row.claimedBy.name}</span>
            {!mine && <IconLock size={14} aria-label="sedang dikerjakan" />}
          </>
        ) : null}
      </span>
    </li>
  )
}

/** What is drawn of one round: its heading, and its rows. */
function RoundRows(props: {
  round: PlacedRound
  served: boolean
  /** Of all rounds. */
  drawn: readonly DrawnRow[]
  row: (row: SettledRow, place: RowPlace) => ReactNode
}) {
  const { round, served, row } = props
  const { round: number, rows } = round
  const { heading, rows: near } = drawnOf(round, props.drawn)
  if (!heading && near.length === 0) return null
  return (
    <div>
      {heading && (
        <h2 className={css.round} {...heading.mark} style={{ marginTop: heading.gap }}>
          <b>{served ? `Putaran ${number} · sedang dilayani` : `Putaran ${number}`}</b>{' '}
          <span>
            {new Set(rows.map((one) => one.school.npsn)).size} sekolah, {rows.length} berkas
          </span>
        </h2>
      )}
      <ol>{near.map((line) => row(rows[line.nth]!, rowPlace(line, rows.length, line.nth)))}</ol>
    </div>
  )
}
