import type { StockView } from './printing.ts'
import { number } from '../words/number.ts'
import { shortDay, weekDay } from '../words/time.ts'
import css from './stock.module.css'

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
export function StockPlot({ of }: { of: StockView['blank'] }) {
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
