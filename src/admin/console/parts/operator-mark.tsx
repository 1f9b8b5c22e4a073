import { initials } from '../words/people.ts'
import css from './operator-mark.module.css'

/** Initials in a circle beside a name; mine is filled. */
export function OperatorMark({ name, mine = false }: { name: string; mine?: boolean }) {
  return (
    <span className={css.mark} data-mine={mine} aria-hidden="true">
      {initials(name)}
    </span>
  )
}
