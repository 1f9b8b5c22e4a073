import { Button } from '@mantine/core'
import { IconCheck, IconId, IconRipple } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useStock } from './printing.ts'
import type { StockView } from './printing.ts'
import { FindingBadge } from '../parts/finding-badge.tsx'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { SkeletonRows } from '../parts/rows/skeleton-rows.tsx'
import { useNow } from '../parts/use-now.ts'
import { number } from '../words/number.ts'
import { shortDay } from '../words/time.ts'
import { StockPlot } from './stock-plot.tsx'
import css from './stock.module.css'

/** Orders take days: so long before the last day the column warns. */
const WARN_DAYS = 7
const DAY = 86_400_000

function OrderTag({ of, now }: { of: StockView['blank']; now: Date }) {
  const { orderBy, days } = of.forecast
  if (of.onHand <= of.reorderAt) return <FindingBadge severity="check" text="Pesan sekarang" />
  if (orderBy && Date.parse(orderBy) - now.getTime() < WARN_DAYS * DAY) {
    return <FindingBadge severity="check" text={`Pesan ${shortDay(orderBy)}`} />
  }
  return days === null ? null : (
    <span className={css.enough}>
      <IconCheck size={14} aria-hidden />
      Cukup
    </span>
  )
}

const lasts = ({ days }: StockView['blank']['forecast']) => (days === null ? '' : `, cukup ${days} hari kerja`)

/** What is left of cards and ribbon and for how long, and what came out wrong this month. */
export function StockColumn({ onEnter }: { onEnter: (() => void) | undefined }) {
  const query = useStock()
  const stock = query.data
  const now = useNow(60_000)
  if (!stock) {
    return (
      <aside className={css.column} aria-label="Stok">
        {query.isError ? (
          <ProblemNotice error={query.error} title="Stok tidak dapat dimuat." retry={() => void query.refetch()} />
        ) : (
          <SkeletonRows label="Memuat stok" short />
        )}
      </aside>
    )
  }
  const { blank, ribbon, ribbonPrints, month } = stock
  const onRoll = ribbon.onHand > 0 ? ((ribbon.onHand - 1) % ribbonPrints) + 1 : 0
  const rolls = Math.max(0, Math.floor((ribbon.onHand - onRoll) / ribbonPrints))
  const wrong = month.misprints.reduce((sum, one) => sum + one.count, 0)
  const most = Math.max(1, ...month.misprints.map((one) => one.count))
  const unknown = blank.onHand <= 0 && blank.forecast.perDay === null
  return (
    <aside className={css.column} aria-label="Stok">
      <Part icon={<IconId size={20} aria-hidden />} title="Blangko" tag={<OrderTag of={blank} now={now} />}>
        <p className={css.amount}>
          <b>{number(blank.onHand)}</b> keping{lasts(blank.forecast)}
        </p>
        {!unknown && blank.onHand < 0 && (
          <p className={css.note}>Terpakai lebih banyak daripada yang dicatat. Hitung ulang.</p>
        )}
        {unknown && <p className={css.note}>Stok belum pernah dicatat. Catat yang ada sekarang.</p>}
        <StockPlot of={blank} />
        {blank.forecast.perDay !== null && (
          <p className={css.note}>
            Rata-rata {number(Math.round(blank.forecast.perDay))} keping sehari, dari paling banyak 10 hari kerja
            terakhir, termasuk salah cetak.
          </p>
        )}
        {unknown && onEnter && <Button onClick={onEnter}>Catat stok</Button>}
      </Part>
      <Part icon={<IconRipple size={20} aria-hidden />} title="Ribbon" tag={<OrderTag of={ribbon} now={now} />}>
        <p className={css.amount}>
          <b>{number(ribbon.onHand)}</b> cetak{lasts(ribbon.forecast)}
        </p>
        {ribbon.onHand < 0 && <p className={css.note}>Terpakai lebih banyak daripada yang dicatat. Hitung ulang.</p>}
        <p className={css.roll}>
          <span className={css.track}>
            <i style={{ width: `${(100 * onRoll) / ribbonPrints}%` }} />
          </span>
          {onRoll} dari {ribbonPrints}, dan {rolls} rol baru
        </p>
      </Part>
      <section>
        <h2>Salah cetak bulan ini</h2>
        <p className={css.note}>
          {number(wrong)} dari {number(month.used)} keping
          {month.used > 0 ? `, ${number((100 * wrong) / month.used, 1)}%` : ''}
        </p>
        <ul className={css.reasons}>
          {month.misprints.map((one) => (
            <li key={one.reason}>
              {one.label}
              <span className={css.bar}>
                <i style={{ width: `${(100 * one.count) / most}%` }} />
              </span>
              <b>{one.count}</b>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  )
}

function Part(props: { icon: ReactNode; title: string; tag: ReactNode; children: ReactNode }) {
  return (
    <section>
      <div className={css.title}>
        {props.icon}
        <h2>{props.title}</h2>
        {props.tag}
      </div>
      {props.children}
    </section>
  )
}
