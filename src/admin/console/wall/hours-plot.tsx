import type { WallView } from './wall.ts'
import { number } from '../words/number.ts'
import css from './wall.module.css'

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
