import { IconArrowBackUp, IconLock } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useMe } from '../client/session.ts'
import type { QueueItem } from './waiting.ts'
import { FindingBadge, PlainBadge } from '../parts/finding-badge.tsx'
import { OperatorMark } from '../parts/operator-mark.tsx'
import type { Severity } from '../parts/severity-icon.tsx'
import type { RowPlace } from '../parts/rows/use-drawn-rows.ts'
import { findingShort } from '../words/finding.ts'
import { attentionName, stageName } from '../words/stage.ts'
import { span } from '../words/time.ts'
import type { SettledRow } from './settled-rows.ts'
import css from './waiting-rows.module.css'

const WEIGHT: readonly Severity[] = ['heavy', 'check', 'note']

/** The heaviest finding in words, the rest counted by severity. */
export function Findings({ findings }: { findings: QueueItem['findings'] }) {
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
export function WaitingRow(props: { row: SettledRow; place: RowPlace; now: Date; showStage: boolean; ahead: boolean }) {
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
        {row.attention && <PlainBadge>{attentionName[row.attention]}</PlainBadge>}
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
