import { duration, number } from '../words/time.ts'
import plot from './promise-plot.module.css'
import css from './wall.module.css'
import type { WallView } from './wall.ts'

const WIDTH = 456
const BASE = 240
const TALLEST = 200
/** What two digits take with the room beside them. */
const LABEL = 40

/** Cards that became ready in each hour of the day; the hour that still runs is only outlined. */
export function HoursPlot({ hours, today }: { hours: WallView['hours']; today: number }) {
  const most = Math.max(1, ...hours.map(({ done }) => done))
  const step = WIDTH / Math.max(7, hours.length)
  const bar = step * 0.75
  // of a long day every second or third is named, the hour that runs among them
  const each = Math.ceil(LABEL / step)
  const two = (hour: number) => String(hour).padStart(2, '0')
  return (
    <section>
      <h2>
        Selesai per jam <span>{number(today)}</span>
      </h2>
      <svg
        viewBox={`0 0 ${WIDTH} 276`}
        role="img"
        aria-label={`Selesai tiap jam: ${hours.map(({ hour, done }) => `${two(hour)} ${done}`).join(', ')}`}
      >
        {hours.map(({ hour, done }, i) => {
          const height = (TALLEST * done) / most
          const middle = i * step + step / 2
          const running = i === hours.length - 1
          const named = (hours.length - 1 - i) % each === 0
          return (
            <g key={hour}>
              <rect
                x={middle - bar / 2}
                y={BASE - height}
                width={bar}
                height={height}
                className={running ? css.running : css.done}
              />
              {named && done > 0 && (
                <text x={middle} y={BASE - height - 10} textAnchor="middle" className={css.strong}>
                  {done}
                </text>
              )}
              {named && (
                <text x={middle} y={270} textAnchor="middle">
                  {two(hour)}
                </text>
              )}
            </g>
          )
        })}
        <path d={`M0 ${BASE}h${WIDTH}`} className={css.axis} />
      </svg>
    </section>
  )
}

/** Of fewer cards a percentage says too much. */
const FEW = 20

/** Where the promise stands; what is beyond it is late. */
const PROMISE_AT = 330

/**
 * From complete papers to the finished card, in working hours: the median and the ninetieth percentile of today's cards
 * against the promise of one working day.
 */
export function PromisePlot(props: {
  median: number | null
  p90: number | null
  promise: number
  kept: number | null
  /** `kept` is a share of so many cards. */
  measured: number
}) {
  const { median, p90, promise, kept, measured } = props
  // a hair inside, so that the mark stays whole
  const x = (ms: number) => Math.min(WIDTH - 16, Math.max(16, (PROMISE_AT * ms) / promise))
  const known = median !== null && p90 !== null
  const label = known
    ? `Median ${duration(median)}, P90 ${duration(p90)}, janji ${duration(promise)} kerja`
    : `Belum ada yang selesai hari ini, janji ${duration(promise)} kerja`
  return (
    <section>
      <h2>
        <span className={plot.kept}>
          <b data-few={kept !== null && measured < FEW}>
            {kept === null
              ? '–'
              : measured < FEW
                ? `${number(kept * measured)} dari ${number(measured)}`
                : `${number(100 * kept)}%`}
          </b>
          <span>
            {kept === null || measured < FEW ? 'selesai dalam' : `dari ${number(measured)} selesai dalam`}
            <br />1 hari kerja
          </span>
        </span>
      </h2>
      <svg viewBox={`0 12 ${WIDTH} 138`} role="img" aria-label={label}>
        <defs>
          <pattern id="late" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="3" height="8" fill="var(--late)" />
          </pattern>
        </defs>
        <rect x="0" y="62" width={PROMISE_AT} height="28" fill="var(--plot-soft)" />
        <rect x={PROMISE_AT} y="62" width={WIDTH - PROMISE_AT} height="28" fill="url(#late)" opacity="0.75" />
        <path d={`M${PROMISE_AT} 44v64`} stroke="var(--text)" strokeWidth="4" />
        <text x={WIDTH} y="142" textAnchor="end">
          janji {duration(promise)}
        </text>
        {known && (
          <>
            <path d={`M${x(p90)} 59l17 17-17 17-17-17z`} fill="var(--plot)" stroke="var(--bg)" strokeWidth="3" />
            <circle cx={x(median)} cy="76" r="13" fill="var(--plot)" stroke="var(--bg)" strokeWidth="3" />
            <text x="0" y="36" className={css.strong}>
              Median {duration(median)}
            </text>
            {/* a line of its own: after a long night the two would read as one */}
            <text x="0" y="142" className={css.strong}>
              P90 {duration(p90)}
            </text>
          </>
        )}
      </svg>
    </section>
  )
}
