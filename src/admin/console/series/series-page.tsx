import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { ConfirmLine, useConfirm } from '../case/page/confirm.tsx'
import { textForSiak } from '../case/side/fields.ts'
import { savePortrait } from '../case/side/portrait-pair.tsx'
import { portraitIn, useReasons, useTakeBack } from '../client/case.ts'
import type { Case } from '../client/case.ts'
import { deeds } from '../client/deeds.ts'
import { useLive } from '../client/live.tsx'
import { newTransaction } from '../client/request.ts'
import { hinted } from '../keys/key-hint.tsx'
import { OFFLINE } from '../keys/table.ts'
import { useKeys } from '../keys/use-keys.ts'
import { AnswerDialog } from '../parts/dialogs.tsx'
import { ProblemNotice } from '../parts/notices.tsx'
import { Page } from '../parts/page.tsx'
import { usePhone } from '../parts/surroundings.ts'
import { copyText } from '../parts/take-away.ts'
import { useGo } from '../shell/go.tsx'
import { useAllReturning, useOffer } from '../shell/undo.tsx'
import { useClaims, useCounts } from '../waiting/waiting.ts'
import type { Counts } from '../waiting/waiting.ts'
import { SeriesRow } from './series-row.tsx'
import css from './series.module.css'
import { SERIES, seriesRows, useEntered, useGiveBack, useRenewAll, useTakeSeries } from './series.ts'

/** A second A within this time is a slip of the finger: it would enter a row that nobody has looked at. */
const SLEEP_MS = 400

/** SIAK entry in series: the first of the order, one under the other, each with one key. */
export function SeriesPage() {
  const phone = usePhone()
  const navigate = useNavigate()
  const { offlineSince } = useLive()
  const go = useGo()
  const offer = useOffer()
  const takeBack = useTakeBack()
  const mine = useClaims().data?.items ?? []
  // what is being taken back is mine again, before the claims say so
  const returning = [...useAllReturning().values()]
    .flatMap(({ before }) => before ?? [])
    .filter((one) => mine.every((other) => other.id !== one.id))
  const claims = [...mine, ...returning].filter((one) => one.stage === 'siak_entry')
  const counts = useCounts().data?.stages.siak_entry
  const reasons = useReasons().data?.release ?? []
  const take = useTakeSeries()
  const enter = useEntered()
  const giveBack = useGiveBack()
  const [series, setSeries] = useState<readonly Case[]>([])
  const [entered, setEntered] = useState<ReadonlyMap<string, Date>>(new Map())
  const [marked, setMarked] = useState<string>()
  const [copied, setCopied] = useState<string>()
  const [giving, setGiving] = useState(false)
  const last = useRef(0)

  const rows = seriesRows(series, claims, entered)
  const held = rows.filter((row) => row.state === 'held').map((row) => row.one)
  const current = held.find((one) => one.id === marked) ?? held[0]
  useSeriesLease(held)

  const start = () => {
    if (offlineSince) return OFFLINE
    if (take.isPending) return 'Seri sedang diambil.'
    if (counts?.queued === 0) return 'Antrean entri SIAK kosong.'
    return take.mutate(undefined, {
      onSuccess(taken) {
        setSeries(taken?.items ?? [])
        const begun = new Set(taken?.items.map((one) => one.id))
        setEntered((all) => new Map([...all].filter(([id]) => !begun.has(id) && mine.some((one) => one.id === id))))
        setMarked(undefined)
      },
    })
  }
  const confirm = useConfirm(current?.id, current?.doubts ?? [])
  const done = (one: Case) => (one === current ? confirm.ask((despite) => enterOne(one, despite)) : undefined)
  const enterOne = (one: Case, despite: readonly string[]) => {
    if (offlineSince) return OFFLINE
    const slept = Date.now() - last.current >= SLEEP_MS || deeds.state().returning.has(one.id)
    if (!slept) return 'Baris sebelumnya sedang dicatat.'
    last.current = Date.now()
    const transactionId = newTransaction()
    const after = held[held.indexOf(one) + 1] ?? held.find((other) => other !== one)
    // what was held before this page was opened joins the series, so that its row stays
    setSeries(rows.map((row) => row.one))
    const ticket = one.ticket ?? ''
    const due = () => {
      setEntered((all) => new Map([...all].filter(([id]) => id !== one.id)))
      setMarked(one.id)
    }
    setEntered((all) => new Map(all).set(one.id, new Date()))
    setMarked(after?.id)
    const answer = enter.mutateAsync({ one, transactionId, despite, after: deeds.settled(one.id) })
    const deed = offer({
      transaction: transactionId,
      subject: one.id,
      name: ticket,
      words: `${ticket} sudah dientri, ke tahap berikutnya`,
      answer,
      before: one,
      // the row comes back where it was, under the mark
      back() {
        due()
        go('/entri')
      },
      undo: () => takeBack(one.id, transactionId),
    })
    answer.catch(() => {
      deeds.drop(deed)
      if (!deed.takenBack) due()
    })
  }
  const copy = (one: Case) => {
    void copyText(textForSiak(one)).then(() => setCopied(one.id))
  }
  const portrait = (one: Case) => savePortrait(one, undefined)
  const step = (by: 1 | -1) => {
    const at = held.findIndex((one) => one === current)
    setMarked(held[Math.min(held.length - 1, Math.max(0, at + by))]?.id)
  }
  useKeys('series', {
    ...(current && {
      done: () => done(current),
      copy: () => copy(current),
      down: () => step(1),
      up: () => step(-1),
      open: () => void navigate(`/berkas/${current.id}`),
      release: () => (confirm.question ? confirm.drop() : setGiving(true)),
      portrait: portraitIn(current) ? () => portrait(current) : undefined,
    }),
    ...(held.length === 0 && { take: start }),
  })

  const begin = held.length === 0 && <SeriesStart counts={counts} after={rows.length > 0} take={take} onTake={start} />

  return (
    <Page
      title="Entri SIAK"
      beside={
        <span className={css.dim} aria-live="polite">
          {rows.length > 0
            ? `${rows.filter((row) => row.state === 'entered').length} dari ${rows.length} sudah dientri`
            : `${counts?.queued ?? '–'} menunggu`}
        </span>
      }
      actions={
        held.length > 0 ? (
          <Button {...hinted('series', 'release')} onClick={() => setGiving(true)}>
            Lepas {held.length}
          </Button>
        ) : undefined
      }
    >
      <div className={css.list} role="region" tabIndex={0} aria-label="Seri entri SIAK">
        {(take.isError || enter.isError) && (
          <ProblemNotice
            error={take.error ?? enter.error}
            title={take.isError ? 'Seri belum diambil.' : 'Belum tercatat.'}
          />
        )}
        {!phone && begin}
        <ol>
          {rows.map((row, i) => (
            <SeriesRow
              key={row.one.id}
              row={row}
              place={i + 1}
              current={row.one.id === current?.id && row.state === 'held'}
              copied={copied === row.one.id}
              onMark={() => setMarked(row.one.id)}
              onCopy={() => copy(row.one)}
              onPortrait={() => portrait(row.one)}
              onDone={() => done(row.one)}
            />
          ))}
        </ol>
        {phone && begin}
      </div>
      <ConfirmLine question={confirm.question} button="Sudah entri" />
      {giving && (
        <AnswerDialog
          title={`Lepas ${held.length} berkas`}
          explained="Tempat dalam antrean tetap. Yang sudah dientri tidak ikut dilepas."
          fields={[
            {
              kind: 'choice',
              name: 'reason',
              label: 'Alasan',
              options: reasons.map(({ code, label }) => ({ value: code, label })),
              required: true,
            },
          ]}
          submit="Lepas"
          busy={giveBack.isPending}
          error={giveBack.error}
          onSubmit={({ reason = '' }) =>
            giveBack.mutate(
              { rest: held, reason },
              {
                onSuccess() {
                  setGiving(false)
                  setSeries((all) => all.filter((one) => entered.has(one.id)))
                },
              },
            )
          }
          onClose={() => setGiving(false)}
        />
      )}
    </Page>
  )
}

/** Takes a series, by the one filled button; where nothing waits it says so, and who has the rest. */
function SeriesStart(props: {
  counts: Counts['stages']['siak_entry'] | undefined
  /** Rows of a series that is done stand below. */
  after: boolean
  take: Pick<ReturnType<typeof useTakeSeries>, 'isPending' | 'isSuccess' | 'data'>
  onTake: () => void
}) {
  const { counts, after, take, onTake } = props
  const { offlineSince } = useLive()
  const none = counts?.queued === 0
  // the counts may be older than what was asked for just now
  const empty = none || (take.isSuccess && take.data === undefined)
  // who may begin one holds nothing; what they have just entered may still be counted as held
  const others = after ? 0 : (counts?.claimed ?? 0)
  return (
    <div className={css.start}>
      <Button
        variant="filled"
        size="md"
        loading={take.isPending}
        disabled={none || offlineSince !== undefined}
        {...hinted('series', 'take')}
        onClick={onTake}
      >
        {none ? 'Ambil berikutnya' : `Ambil ${Math.min(SERIES, counts?.queued ?? SERIES)} berikutnya`}
      </Button>
      <p className={css.dim} role="status">
        {empty
          ? `Antrean entri SIAK kosong${others > 0 ? `, ${others} dipegang rekan` : ''}.`
          : `Urutan dihitung sistem: yang pertama menunggu, paling banyak ${SERIES} berkas.`}
      </p>
    </div>
  )
}

const EVERY_MS = 120_000

/** Renews the claims of the series as long as the operator is about: SIAK is another window, so looking back counts. */
function useSeriesLease(held: readonly Case[]): void {
  const { mutate } = useRenewAll()
  const current = useRef(held)
  useEffect(() => {
    current.current = held
  })
  useEffect(() => {
    let active = true
    const renew = () => {
      if (current.current.length > 0) mutate(current.current)
    }
    const touch = () => {
      active = true
    }
    const timer = setInterval(() => {
      if (!active) return
      active = false
      renew()
    }, EVERY_MS)
    const back = () => {
      touch()
      renew()
    }
    const kinds = ['keydown', 'pointerdown', 'pointermove'] as const
    for (const kind of kinds) document.addEventListener(kind, touch, { passive: true })
    window.addEventListener('focus', back)
    return () => {
      clearInterval(timer)
      for (const kind of kinds) document.removeEventListener(kind, touch)
      window.removeEventListener('focus', back)
    }
  }, [mutate])
}
