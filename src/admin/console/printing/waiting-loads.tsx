import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useLive } from '../client/live.tsx'
import { newTransaction } from '../client/request.ts'
import { useMe } from '../client/session.ts'
import { hinted } from '../keys/key-hint.tsx'
import { OFFLINE } from '../keys/table.ts'
import { useKeys } from '../keys/use-keys.ts'
import { ProblemNotice } from '../parts/notices.tsx'
import { Empty, FilterTabs, NextPage } from '../parts/rows.tsx'
import { useNow } from '../parts/surroundings.ts'
import { List } from '../parts/table.tsx'
import { number, span } from '../words/time.ts'
import { groupsOf, settleGroups, suggested } from './load-groups.ts'
import type { Group, Grouping } from './load-groups.ts'
import face from '../parts/text.module.css'
import css from './printing.module.css'
import { isHindered, useOpenBatch } from './printing.ts'
import type { BatchStage, PrintingView, usePrinting } from './printing.ts'

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
  const waiting = items.filter((item) => item.claimedBy?.id !== me.id && !isHindered(item))
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
  useKeys('printing', {
    make: ready
      ? open
      : offlineSince
        ? OFFLINE
        : make.isPending
          ? 'Batch sedang dibuat.'
          : wanted.length > MOST
            ? `Satu batch paling banyak ${MOST} keping.`
            : undefined,
  })

  return (
    <section aria-labelledby="waiting-loads">
      <div className={css.head}>
        <h2 id="waiting-loads">{stage === 'printing' ? 'Menunggu dicetak' : 'Menunggu TTE'}</h2>
        <span className={face.fill} />
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
                {stage === 'printing' &&
                  blanks !== undefined &&
                  blankWords(blanks, wanted.length, view.total - view.free)}
                {held.length > 0 && ' Yang dipegang operator lain tidak ikut.'}
              </span>
            </p>
            <span className={face.fill} />
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
              {...hinted('printing', 'make')}
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

/** `held`: cards in batches that are open, or held alone, each of which takes a blank, too. */
function blankWords(blanks: number, wanted: number, held: number): string {
  const there = Math.max(0, blanks)
  const others = held > 0 ? `, ${number(held)} untuk kartu yang sedang dipegang` : ''
  const short = wanted + held - there
  return short > 0
    ? `Blangko kurang ${number(short)}: tercatat ${number(there)}${others}.`
    : `Blangko cukup: ${number(there)}${others}.`
}

/** Groups of cards to be ticked; of many those near the view are drawn, and what is ticked stays so elsewhere. */
function GroupRows(props: {
  groups: readonly Group[]
  /** What the groups are. */
  label: string
  ticked: ReadonlySet<string>
  onTick: (group: Group, on: boolean) => void
}) {
  const { groups, label, ticked, onTick } = props
  const now = useNow(30_000)
  return (
    <List
      className={css.lines}
      label={label}
      items={groups}
      keyOf={(group) => group.key}
      height={{ wide: 36, phone: 56 }}
    >
      {(group, place) => {
        // what is not loaded may belong to it, too
        const here = group.whole ? '' : ' di sini'
        const none = group.free.length === 0
        return (
          <li {...place}>
            <label className={`${css.row} ${css.group}`} data-none={none}>
              <Checkbox
                aria-label={`${group.title} ${group.detail}, ${group.free.length} keping${here}`}
                checked={!none && ticked.has(group.key)}
                disabled={none}
                onChange={(event) => onTick(group, event.currentTarget.checked)}
              />
              <span className={css.whose}>
                <span className={css.cut}>{group.title}</span>
                <span className={css.held}>
                  {group.held.map((one) => `${one.count} dipegang ${one.name}`).join(', ')}
                </span>
              </span>
              <span className={css.dim}>{group.detail}</span>
              <span className={css.number}>
                <b>{group.free.length}</b>
                {here && <span className={css.here}>{here}</span>}
              </span>
              <span className={`${css.number} ${css.dim}`}>
                {none && group.held.length === 0 ? '–' : span(group.oldestAt, now)}
              </span>
            </label>
          </li>
        )
      }}
    </List>
  )
}
