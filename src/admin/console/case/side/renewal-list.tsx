import { useReasonLabels, useReasons } from '../../client/case.ts'
import type { Case, CaseDocument } from '../../client/case.ts'
import { SeverityIcon } from '../../parts/marks.tsx'
import { documentName } from '../../words/document.ts'
import { changedValue, fieldName } from '../../words/history.ts'
import { moment } from '../../words/time.ts'
import css from '../page/case-page.module.css'
import { answersTo } from './renewal.ts'
import type { Renewal } from './renewal.ts'
import own from './renewal-list.module.css'

/** Over a case that came back: what was asked of the school, with what has come of each, and what else is new. */
export function RenewalList(props: { shown: Case; renewal: Renewal; onOpen: (document: string) => void }) {
  const { shown, renewal, onOpen } = props
  const labels = useReasonLabels()
  const known = useReasons().data?.return
  if (!known) return null
  const { returned, resubmitted, documents, changes } = renewal
  const answers = answersTo(renewal, known)
  const named = answers.flatMap((answer) => answer.documents)
  const asked = answers.flatMap((answer) => answer.fields)
  const rest = {
    documents: documents.filter((one) => !named.includes(one)),
    fields: changes.map(({ field }) => field).filter((field) => !asked.includes(field)),
  }
  const news = (of: { documents: readonly CaseDocument[]; fields: readonly string[] }) => (
    <>
      {of.documents.map((document) => (
        <button key={document.id} type="button" className={css.link} onClick={() => onOpen(document.id)}>
          {documentName(document, shown.documents, 'short')} baru
        </button>
      ))}
      {changes
        .filter(({ field }) => of.fields.includes(field))
        .map((change) => (
          <span key={change.field} className={own.change}>
            {fieldName(change.field)}: <del>{changedValue(change, change.before)}</del>{' '}
            <ins>{changedValue(change, change.after)}</ins>
          </span>
        ))}
    </>
  )
  return (
    <section className={css.section} aria-label="Perbaikan">
      <header>
        <h2>Perbaikan</h2>
        <span className={own.when}>
          diminta {moment(returned.at, new Date())}, diterima {moment(resubmitted.at, new Date())}
        </span>
      </header>
      <ul className={own.list}>
        {answers.map((answer) => (
          <li key={answer.code}>
            <span>{labels.get(answer.code) ?? answer.code}</span>
            <span>
              {news(answer)}
              {answer.unmet && (
                <span className={own.unmet}>
                  <SeverityIcon severity="check" over="var(--surface)" /> belum ada yang baru
                </span>
              )}
            </span>
          </li>
        ))}
        {rest.documents.length + rest.fields.length > 0 && (
          <li>
            <span>{answers.length > 0 ? 'Juga baru' : 'Baru'}</span>
            <span>{news(rest)}</span>
          </li>
        )}
      </ul>
      {returned.note && <p className={css.note}>“{returned.note}”</p>}
    </section>
  )
}
