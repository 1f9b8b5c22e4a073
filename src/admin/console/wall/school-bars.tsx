import type { WallView } from './wall.ts'
import { number } from '../words/number.ts'
import css from './wall.module.css'

/** So many fit on the wall in letters that are read from across the room. */
const SHOWN = 7

/** What each school got today and what it still waits for; the rest of the schools is one line. */
export function SchoolBars({ schools }: { schools: WallView['schools'] }) {
  const shown = schools.length > SHOWN + 1 ? schools.slice(0, SHOWN) : schools
  const rest = schools.slice(shown.length)
  const most = Math.max(1, ...shown.flatMap(({ done, waiting }) => [done, waiting]))
  const sum = (of: 'done' | 'waiting') => rest.reduce((all, school) => all + school[of], 0)
  return (
    <section className={css.schools}>
      <h2 className={css.schoolHead}>
        <span>Per sekolah</span>
        <span>selesai hari ini</span>
        <span>menunggu</span>
      </h2>
      <ol>
        {shown.map(({ school, done, waiting }) => (
          <li key={school.npsn}>
            <span className={css.cut}>{school.name}</span>
            <span className={css.bars}>
              <i className={css.full} style={{ width: `${(70 * done) / most}%` }} />
              {number(done)}
            </span>
            <span className={css.bars}>
              <i className={css.open} style={{ width: `${(70 * waiting) / most}%` }} />
              {number(waiting)}
            </span>
          </li>
        ))}
        {rest.length > 0 && (
          <li>
            <span className={css.quiet}>{rest.length} sekolah lain</span>
            <span className={css.bars}>{number(sum('done'))}</span>
            <span className={css.bars}>{number(sum('waiting'))}</span>
          </li>
        )}
      </ol>
    </section>
  )
}
