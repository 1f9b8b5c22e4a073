import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useLive } from '../client/live.tsx'
import { useOpenBatch } from './printing.ts'
import type { BatchStage, PrintingView, usePrinting } from './printing.ts'
import { newTransaction } from '../client/request.ts'
import { useMe } from '../client/session.ts'
import { useKeys } from '../keys/use-keys.ts'
import { Empty } from '../parts/rows/empty.tsx'
import { FilterTabs } from '../parts/rows/filter-tabs.tsx'
import { KeyHint } from '../parts/key-hint.tsx'
import { NextPage } from '../parts/rows/next-page.tsx'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { number } from '../words/number.ts'
import { GroupRows } from './group-rows.tsx'
import { groupsOf, settleGroups, suggested } from './load-groups.ts'
import type { Group, Grouping } from './load-groups.ts'
import css from './printing.module.css'

const GROUPINGS = [
  { value: 'school', name: 'Sekolah' },
  { value: 'class', name: 'Kelas' },
  { value: 'load', name: 'Muatan printer' },
] as const
/** The server takes no larger batch. */
const MOST = 200

/** What waits, in groups to be ticked; the first that fit into one load are ticked already. */
export function WaitingLoads(props: {
  stage: BatchStage
  /** What the latest page says of all. */
  view: PrintingView
  list: ReturnType<typeof usePrinting>
  by: Grouping
  onGroup: (by: Grouping) => void
  blanks: number | undefined
  onMade: (number: number) => void
}) {
  const { stage, view, list, by, onGroup, blanks, onMade } = props
  const items = list.data?.items ?? []
  const me = useMe()
  const { offlineSince } = useLive()
  const [picked, setPicked] = useState<ReadonlySet<string>>()
  const [printer, setPrinter] = useState(view.printers[0] ?? '')
  const [requestId, setRequestId] = useState(newTransaction)
  const make = useOpenBatch()
  // what I hold myself is in my batch below
  const waiting = items.filter((item) => item.claimedBy?.id !== me.id)
  const groups = groupsOf(waiting, by, view.load, list.hasNextPage)
  // until I change the list myself
  const [shown, setShown] = useState<{ by: Grouping; groups: readonly Group[] }>()
  const before = shown?.by === by ? shown.groups : []
  const settled = settleGroups(before, groups)
  if (settled.length > before.length) setShown({ by, groups: settled })
  const ticked = picked ?? suggested(groups, view.load)
  const wanted = groups.filter((group) => ticked.has(group.key)).flatMap((group) => group.free)
  const held = groups.filter((group) => ticked.has(group.key)).flatMap((group) => group.held)
  const ready = wanted.length > 0 && wanted.length <= MOST && !make.isPending && offlineSince === undefined

  const tick = ({ key }: Group, on: boolean) => {
    const next = new Set(ticked)
    if (on) next.add(key)
    else next.delete(key)
    setPicked(next)
  }
  const open = () => {
    if (!ready) return
    const applications = wanted.map((item) => item.id)
    make.mutate(
      { stage, applications, requestId, ...(stage === 'printing' && printer !== '' ? { printer } : {}) },
      {
        onSuccess({ number }) {
          setPicked(undefined)
          setRequestId(newTransaction())
          void list.refetch({ cancelRefetch: false }).then(() => setShown(undefined))
          onMade(number)
        },
      },
    )
  }
  useKeys({ N: open }, ready)

  return (
    <section aria-labelledby="waiting-loads">
      <div className={css.head}>
        <h2 id="waiting-loads">{stage === 'printing' ? 'Menunggu dicetak' : 'Menunggu TTE'}</h2>
        <span className={css.grow} />
        <FilterTabs
          label="Kelompokkan menurut"
          value={by}
          options={GROUPINGS}
          onChange={(next) => {
            onGroup(next)
            setPicked(undefined)
            setShown(undefined)
          }}
        />
      </div>
      {settled.length === 0 && !list.hasNextPage ? (
        <Empty title="Tidak ada yang menunggu">
          <p>Kartu baru muncul di sini tanpa memuat ulang.</p>
        </Empty>
      ) : (
        <>
          <div className={`${css.row} ${css.group} ${css.titles}`} aria-hidden="true">
            <span />
            <span>{by === 'load' ? 'Muatan' : 'Sekolah'}</span>
            <span>{by === 'load' ? 'Isi' : 'Kelas'}</span>
            <span className={css.number}>Keping</span>
            <span className={css.number}>Terlama</span>
          </div>
          <GroupRows
            groups={settled}
            label={stage === 'printing' ? 'Menunggu dicetak' : 'Menunggu TTE'}
            ticked={ticked}
            onTick={tick}
          />
          <NextPage
            list={list}
            name="Kartu berikutnya"
            onCome={() => setShown(undefined)}
            said={`${number(items.length)} dari ${number(view.total)} kartu tampil di sini`}
          />
          {make.isError && <ProblemNotice error={make.error} title="Batch belum dibuat." />}
          <div className={css.foot}>
            <p aria-live="polite">
              <b>{wanted.length} keping</b>{' '}
              <span className={css.dim}>
                {wanted.length > MOST
                  ? `melebihi ${MOST}, batas satu batch.`
                  : wanted.length > view.load
                    ? `melebihi muatan ${view.load}.`
                    : `dari muatan ${view.load}.`}{' '}
                {stage === 'printing' && blanks !== undefined && blankWords(blanks, wanted.length)}
                {held.length > 0 && ' Yang dipegang operator lain tidak ikut.'}
              </span>
            </p>
            <span className={css.grow} />
            {stage === 'printing' && view.printers.length > 1 && (
              <NativeSelect
                aria-label="Printer"
                data={view.printers}
                value={printer}
                onChange={(event) => setPrinter(event.currentTarget.value)}
              />
            )}
            <Button
              variant="filled"
              disabled={!ready}
              loading={make.isPending}
              rightSection={<KeyHint keys="N" />}
              aria-keyshortcuts="N"
              onClick={open}
            >
              Buat batch {view.next}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

function blankWords(blanks: number, wanted: number): string {
  return blanks >= wanted ? `Blangko cukup, ${blanks}.` : `Blangko kurang: tercatat ${Math.max(0, blanks)}.`
}
