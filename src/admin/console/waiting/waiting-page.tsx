import { Button, Tabs } from '@mantine/core'
import { useNavigate, useSearchParams } from 'react-router'
import { useOffice } from '../client/office.ts'
import { isClaimStage, isSupervisor, stagesOf } from '../client/rights.ts'
import type { Stage } from '../client/rights.ts'
import { useMe } from '../client/session.ts'
import { hinted } from '../keys/key-hint.tsx'
import { StageRing } from '../parts/marks.tsx'
import { Page } from '../parts/page.tsx'
import { useNow } from '../parts/surroundings.ts'
import { stageName } from '../words/stage.ts'
import { clock, day, number, span, zoneName } from '../words/time.ts'
import { useNarrow } from './narrow-bar.tsx'
import { TakeNext } from './take-next.tsx'
import css from './waiting-page.module.css'
import { WaitingRows } from './waiting-rows.tsx'
import { useCounts } from './waiting.ts'
import type { Counts } from './waiting.ts'

type Tab = Stage | 'attention'
const TABS: readonly Stage[] = ['verification', 'photo', 'siak_entry', 'signature', 'printing', 'ready', 'returned']

function tally(counts: Counts | undefined, tab: Tab): { main: number | undefined; claimed: number } {
  if (!counts) return { main: undefined, claimed: 0 }
  if (tab === 'attention') return { main: counts.attention, claimed: 0 }
  const of = counts.stages[tab] ?? { queued: 0, claimed: 0, idle: 0 }
  return isClaimStage(tab)
    ? { main: of.queued, claimed: of.claimed }
    : { main: of.queued + of.claimed + of.idle, claimed: 0 }
}

/** What a tab says under its name: how long the oldest has waited, how many are in work. */
function under(counts: Counts | undefined, tab: Tab, claimed: number, now: Date): string {
  const oldestAt = tab === 'attention' ? undefined : counts?.stages[tab]?.oldestAt
  const parts = [
    ...(oldestAt === undefined ? [] : [`terlama ${span(oldestAt, now)}`]),
    ...(claimed > 0 ? [`${claimed} dikerjakan`] : []),
  ]
  return parts.length === 0 ? '\u00a0' : parts.join(', ')
}

/** The queue of a stage. The list explains its order and offers no other. */
export function WaitingPage() {
  const me = useMe()
  const navigate = useNavigate()
  const { data: counts, isPending } = useCounts()
  const office = useOffice().data
  const now = useNow(30_000)
  const [search, setSearch] = useSearchParams()
  const mine = stagesOf(me.roles)
  const tabs: Tab[] = [
    // an office without TTE has nothing there, so the tab would be a riddle
    ...TABS.filter((stage) => stage !== 'signature' || office?.signature),
    ...(isSupervisor(me.roles) ? (['attention'] as const) : []),
  ]
  const asked = search.get('tahap')
  const tab = tabs.find((one) => one === asked) ?? mine[0] ?? 'ready'
  const shown = tally(counts, tab)
  const [narrow] = useNarrow()

  return (
    <Page
      title="Antrean"
      beside={
        <span className={css.beside}>
          <span className={css.day}>
            {day(now)} · {clock(now)}
            {zoneName(now)}
          </span>
          {mine.length > 0 && <Today counts={counts} />}
        </span>
      }
      actions={
        <Button className={css.search ?? ''} {...hinted('everywhere', 'search')} onClick={() => void navigate('/cari')}>
          Cari nomor, murid, sekolah, NIK
        </Button>
      }
    >
      <Tabs
        className={css.tabsRoot}
        value={tab}
        onChange={(next) => next && setSearch((now) => (now.set('tahap', next), now), { replace: true })}
      >
        <TakeNext stages={isClaimStage(tab) && mine.includes(tab) ? [tab] : mine}>
          <Tabs.List className={css.tabs} aria-label="Tahap" data-pending={isPending}>
            {tabs.map((one) => {
              const { main, claimed } = tally(counts, one)
              return (
                <Tabs.Tab
                  key={one}
                  value={one}
                  className={css.tab}
                  leftSection={<StageRing stage={one === 'attention' ? 'verification' : one} />}
                >
                  <span className={css.name}>
                    <b>{main === undefined ? '–' : number(main)}</b>{' '}
                    {one === 'attention' ? 'Perlu penyelia' : stageName[one]}
                  </span>
                  <span className={css.sub}>{under(counts, one, claimed, now)}</span>
                </Tabs.Tab>
              )
            })}
          </Tabs.List>
          <Tabs.Panel value={tab} className={css.panel}>
            <WaitingRows
              key={tab}
              stage={tab}
              narrow={narrow}
              total={shown.main === undefined ? undefined : shown.main + shown.claimed}
              doneBy={tab === 'attention' ? undefined : counts?.stages[tab]?.doneBy}
              servedRound={counts?.servedRound ?? null}
            />
          </Tabs.Panel>
        </TakeNext>
      </Tabs>
    </Page>
  )
}

/** What I have done today. */
function Today({ counts }: { counts: Counts | undefined }) {
  return (
    <span className={css.today}>
      {counts ? (
        <>
          Hari ini Anda: <b>{counts.mine.done}</b> selesai, <b>{counts.mine.returned}</b> dikembalikan
        </>
      ) : (
        '\u00a0'
      )}
    </span>
  )
}
