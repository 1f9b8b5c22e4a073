import { Button } from '@mantine/core'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { mayPrint } from '../client/rights.ts'
import { useMe } from '../client/session.ts'
import { Page } from '../parts/page.tsx'
import { FilterTabs, Pending } from '../parts/rows.tsx'
import face from '../parts/text.module.css'
import { number } from '../words/time.ts'
import { BatchList } from './batch-list.tsx'
import { BatchRows } from './batch-rows.tsx'
import { HinderedCards } from './hindered-cards.tsx'
import type { Grouping } from './load-groups.ts'
import { isHindered, useBatches, usePrinting, useStock } from './printing.ts'
import type { BatchStage } from './printing.ts'
import { StockColumn, StockDialog } from './stock-column.tsx'
import css from './stock.module.css'
import { WaitingLoads } from './waiting-loads.tsx'

const STAGES = [
  { value: 'printing', name: 'Cetak' },
  { value: 'signature', name: 'TTE' },
] as const

/** Batches of cards: what waits, what is being printed, what is left of cards and ribbon. */
export function PrintingPage() {
  const me = useMe()
  const prints = mayPrint(me.roles)
  const [search, setSearch] = useSearchParams()
  const asked = search.get('tahap') === 'signature' || !prints ? 'signature' : 'printing'
  const waiting = usePrinting(asked)
  const batches = useBatches(asked)
  const [older, setOlder] = useState(false)
  const { data: stock, isPending: stockPending } = useStock()
  // kept here: it changes what stands above the rows of the batch, which have to be drawn for their new place
  const [by, setBy] = useState<Grouping>('school')
  const [entering, setEntering] = useState(false)
  const [made, setMade] = useState<number>()
  // with the stock, of which its foot speaks
  const view = stockPending ? undefined : waiting.data?.last
  // one that is closed between two pages comes with both
  const known = batches.data && [...new Map(batches.data.items.map((one) => [one.number, one])).values()]
  const listed = older ? known : known?.filter((one) => one.state === 'open' || isToday(one.at))
  const chosen = Number(search.get('batch')) || undefined
  // what colleagues begin meanwhile waits until it is asked for: nothing moves by itself
  const [seen, setSeen] = useState<{ stage: BatchStage; upTo: number }>()
  const latest = Math.max(0, ...(known ?? []).map((one) => one.number))
  if (known && seen?.stage !== asked) setSeen({ stage: asked, upTo: latest })
  const shown = listed?.filter(
    (one) => one.number <= (seen?.upTo ?? latest) || one.by.id === me.id || one.number === chosen,
  )
  const current = chosen ?? (shown?.find((one) => one.by.id === me.id) ?? shown?.[0])?.number
  const go = (next: { stage?: BatchStage; batch?: number }) => {
    const stage = next.stage ?? asked
    setSearch(
      { ...(stage === 'signature' ? { tahap: stage } : {}), ...(next.batch ? { batch: String(next.batch) } : {}) },
      { replace: true },
    )
  }
  // one below the other: nothing that comes above may push down what has come
  const waits = view ?? waiting.error
  const above = waits && (shown ?? batches.error)

  return (
    <Page
      title={asked === 'printing' ? 'Cetak' : 'TTE'}
      beside={
        <span className={face.dim}>
          {[
            view ? `${number(view.free)} menunggu` : '\u00a0',
            ...(view && stock && asked === 'printing' ? [`${stock.printedToday} tercetak hari ini`] : []),
          ].join(' · ')}
        </span>
      }
      actions={prints && <Button onClick={() => setEntering(true)}>Catat stok</Button>}
    >
      <div className={css.columns}>
        <div className={css.left} role="region" tabIndex={0} aria-label="Batch">
          {view?.signature && prints && (
            <div className={css.stages}>
              <FilterTabs label="Tahap" value={asked} options={STAGES} onChange={(stage) => go({ stage })} />
            </div>
          )}
          {view ? (
            <WaitingLoads
              key={asked}
              stage={asked}
              view={view}
              list={waiting}
              by={by}
              onGroup={setBy}
              blanks={stock?.blank.onHand}
              onMade={(number) => {
                setMade(number)
                go({ batch: number })
              }}
            />
          ) : (
            <Pending query={waiting} failed="Yang menunggu tidak dapat dimuat." loading="Memuat yang menunggu" />
          )}
          {waits && <HinderedCards cards={waiting.data?.items.filter(isHindered) ?? []} />}
          {waits && shown && (
            <BatchList
              list={batches}
              batches={shown}
              fresh={(listed?.length ?? 0) - shown.length}
              older={older}
              current={current}
              onOlder={() => setOlder(true)}
              onFresh={() => setSeen({ stage: asked, upTo: latest })}
              onChoose={(number) => go({ batch: number })}
            />
          )}
          {waits && current !== undefined && (
            <BatchRows key={current} number={current} made={current === made} reasons={view?.reasons ?? []} />
          )}
        </div>
        {/* on a phone it stands below */}
        {above && <StockColumn onEnter={prints ? () => setEntering(true) : undefined} />}
      </div>
      {entering && <StockDialog onClose={() => setEntering(false)} />}
    </Page>
  )
}

function isToday(at: string): boolean {
  return new Date(at).toDateString() === new Date().toDateString()
}
