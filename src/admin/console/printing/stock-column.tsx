import { Button } from '@mantine/core'
import { IconCheck, IconId, IconRipple } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { newTransaction } from '../client/request.ts'
import { AnswerDialog } from '../parts/dialogs.tsx'
import { FindingBadge } from '../parts/marks.tsx'
import { Pending } from '../parts/rows.tsx'
import face from '../parts/text.module.css'
import { number, shortDay, weekDay } from '../words/time.ts'
import { useAddStock, useStock } from './printing.ts'
import type { StockView } from './printing.ts'
import css from './stock.module.css'

/** Orders take a working week: so long before the last day the column warns, and before a long closure. */
const WARN_DAYS = 5

function OrderTag({ of }: { of: StockView['blank'] }) {
  const { orderBy, orderIn, days } = of.forecast
  if (of.onHand <= of.reorderAt) return <FindingBadge severity="check" text="Pesan sekarang" />
  if (orderBy !== null && orderIn !== null && orderIn <= WARN_DAYS) {
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
  if (!stock) {
    return (
      <aside className={css.column} aria-label="Stok">
        <Pending query={query} failed="Stok tidak dapat dimuat." loading="Memuat stok" short />
      </aside>
    )
  }
  const { blank, ribbon, ribbonPrints, month } = stock
  const onRoll = ribbon.onHand > 0 ? ((ribbon.onHand - 1) % ribbonPrints) + 1 : 0
  const rolls = Math.max(0, Math.floor((ribbon.onHand - onRoll) / ribbonPrints))
  const wrong = month.misprints.reduce((sum, one) => sum + one.count, 0)
  const most = Math.max(1, ...month.misprints.map((one) => one.count))
  const unknown = blank.onHand === 0 && month.used === 0
  return (
    <aside className={css.column} aria-label="Stok">
      <Part icon={<IconId size={20} aria-hidden />} title="Blangko" tag={<OrderTag of={blank} />}>
        <p className={css.amount}>
          <b>{number(blank.onHand)}</b> keping{lasts(blank.forecast)}
        </p>
        {blank.onHand < 0 && <p className={face.small}>Terpakai lebih banyak daripada yang dicatat. Hitung ulang.</p>}
        {unknown && <p className={face.small}>Stok belum pernah dicatat. Catat yang ada sekarang.</p>}
        <StockPlot of={blank} />
        {blank.forecast.perDay !== null && (
          <p className={face.small}>
            Rata-rata {number(Math.round(blank.forecast.perDay))} keping sehari, dari paling banyak 10 hari kerja
            terakhir, termasuk salah cetak.
          </p>
        )}
        <Lacking of={blank} />
        {unknown && onEnter && <Button onClick={onEnter}>Catat stok</Button>}
      </Part>
      <Part icon={<IconRipple size={20} aria-hidden />} title="Ribbon" tag={<OrderTag of={ribbon} />}>
        <p className={css.amount}>
          <b>{number(ribbon.onHand)}</b> cetak{lasts(ribbon.forecast)}
        </p>
        {ribbon.onHand < 0 && <p className={face.small}>Terpakai lebih banyak daripada yang dicatat. Hitung ulang.</p>}
        <p className={css.roll}>
          <span className={css.track}>
            <i style={{ width: `${(100 * onRoll) / ribbonPrints}%` }} />
          </span>
          {onRoll} dari {ribbonPrints}, dan {rolls} rol baru
        </p>
      </Part>
      <section>
        <h2>Salah cetak bulan ini</h2>
        <p className={face.small}>
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

/** Why nothing is foretold yet. */
function Lacking({ of }: { of: StockView['blank'] }) {
  const { days, cards } = of.forecast.lacks
  const parts = [...(days > 0 ? [`${days} hari kerja`] : []), ...(cards > 0 ? [`${cards} keping`] : [])]
  if (parts.length === 0) return null
  return <p className={face.small}>Perkiraan ada setelah {parts.join(' dan ')} lagi dicetak.</p>
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

const LEFT = 44
const WIDTH = 264
const BASE = 120
const HEIGHT = 96
const WIDEST = 22

/** Round enough that the axis can be read: 1, 2 or 5 times a power of ten. */
function niceStep(top: number): number {
  const rough = top / 2
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)))
  return ([1, 2, 5, 10].find((n) => n * power >= rough) ?? 10) * power
}

/** How the stock is likely to go down, day by day, against the level at which to order. Its figures stand as text. */
function StockPlot({ of }: { of: StockView['blank'] }) {
  const { left, orderBy } = of.forecast
  const first = left[0]
  if (!first || left.length < 2) return null
  const step = niceStep(Math.max(first.amount, of.reorderAt))
  const top = Math.max(first.amount, of.reorderAt, step)
  const bar = Math.min(WIDEST, (0.7 * WIDTH) / left.length)
  const y = (amount: number) => BASE - (HEIGHT * amount) / top
  const x = (i: number) => LEFT + (i * (WIDTH - bar)) / Math.max(1, left.length - 1)
  const last = left.at(-1)
  const over = last && last.amount === 0 ? `habis ${shortDay(last.day)}` : `masih ada pada ${shortDay(last?.day ?? '')}`
  const middle = left.findIndex(({ day }) => day === orderBy)
  const ticks = Array.from({ length: Math.floor(top / step) + 1 }, (_, i) => i * step)
  return (
    <svg
      className={css.plot}
      viewBox="0 0 308 152"
      role="img"
      aria-label={`Perkiraan sisa: ${left.map(({ day, amount }) => `${shortDay(day)} ${amount}`).join(', ')}; ${over}${
        orderBy ? `; pesan lagi paling lambat ${shortDay(orderBy)}` : ''
      }`}
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${LEFT} ${y(tick)}h${WIDTH}`} stroke="var(--line)" />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {number(tick)}
          </text>
        </g>
      ))}
      {left.map(({ day, amount }, i) => (
        <rect
          key={day}
          x={x(i)}
          y={y(amount)}
          width={bar}
          height={BASE - y(amount)}
          fill={i === 0 ? 'var(--plot)' : 'var(--plot-soft)'}
        />
      ))}
      <path d={`M${LEFT} ${y(of.reorderAt)}h${WIDTH}`} className={css.level} />
      <text x={LEFT + WIDTH} y={y(of.reorderAt) - 6} textAnchor="end" className={css.levelText}>
        pesan lagi di {number(of.reorderAt)}
      </text>
      <text x={x(0)} y={138}>
        {weekDay(first.day)}
      </text>
      {middle > 1 && middle < left.length - 3 && (
        <text x={x(middle) + bar / 2} y={138} textAnchor="middle">
          {weekDay(left[middle]?.day ?? '')}
        </text>
      )}
      {last?.amount === 0 && (
        <text x={LEFT + WIDTH} y={138} textAnchor="end" className={css.end}>
          {weekDay(last.day)} habis
        </text>
      )}
    </svg>
  )
}

const WHAT = [
  { value: 'blank/in', label: 'Blangko masuk (keping)' },
  { value: 'ribbon/in', label: 'Ribbon masuk (rol)' },
  { value: 'blank/count', label: 'Blangko dihitung ulang (keping yang ada)' },
  { value: 'ribbon/count', label: 'Ribbon dihitung ulang (cetak tersisa)' },
]

/** Cards or ribbon that came in, or what a count of the shelf has found. */
export function StockDialog({ onClose }: { onClose: () => void }) {
  const add = useAddStock()
  const prints = useStock().data?.ribbonPrints ?? 1
  // kept until it is stored, so that sending it again adds nothing
  const [transactionId] = useState(newTransaction)
  return (
    <AnswerDialog
      title="Catat stok"
      explained="Pemakaian dihitung sendiri dari batch, termasuk salah cetak."
      fields={[
        { kind: 'choice', name: 'what', label: 'Yang dicatat', options: WHAT, required: true },
        { kind: 'text', name: 'amount', label: 'Jumlah', required: true, pattern: '[0-9]{1,6}' },
      ]}
      submit="Simpan"
      busy={add.isPending}
      error={add.error}
      onSubmit={({ what = '', amount = '' }) => {
        const [kind, source] = what.split('/') as ['blank' | 'ribbon', 'in' | 'count']
        const rolls = kind === 'ribbon' && source === 'in'
        add.mutate(
          { kind, source, amount: Number(amount) * (rolls ? prints : 1), transactionId },
          { onSuccess: onClose },
        )
      }}
      onClose={onClose}
    />
  )
}
