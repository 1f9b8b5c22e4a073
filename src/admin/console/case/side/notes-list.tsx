import type { Case } from '../../client/case.ts'
import { useMe } from '../../client/session.ts'
import { moment } from '../../words/time.ts'
import css from '../page/case-page.module.css'
import own from './notes-list.module.css'

/** What colleagues have left for whoever works the case next, the latest first. */
export function NotesList({ shown }: { shown: Case }) {
  const me = useMe()
  const notes = shown.history.filter((entry) => entry.subject === 'note' && entry.note !== undefined).toReversed()
  if (notes.length === 0) return null
  return (
    <section className={css.section} aria-label="Catatan petugas">
      <header>
        <h2>Catatan petugas</h2>
      </header>
      {notes.map((entry) => (
        <p key={entry.seq} className={own.note}>
          {entry.note}
          <span>
            {entry.by.id === me.id ? 'Anda' : (entry.by.name ?? 'Operator')}, {moment(entry.at, new Date())}
          </span>
        </p>
      ))}
    </section>
  )
}
