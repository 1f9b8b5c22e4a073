import type { HistoryView } from '../../../contract/application.ts'
import { kindName } from '../../words/document.ts'
import { fieldName } from '../../words/history.ts'
import { birthDay } from '../../words/time.ts'
import css from './entry-detail.module.css'

type Change = NonNullable<HistoryView['changes']>[number]
type Place = { kind: Parameters<typeof kindName>[0]; page: number } | undefined

/** What a correction changed: each value as it was and as it is, each file where it lay and where it lies. */
export function EntryDetail({ entry: { changes = [], moved = [] } }: { entry: HistoryView }) {
  if (changes.length === 0 && moved.length === 0) return null
  return (
    <dl className={css.changes}>
      {changes.map((change) => (
        <div key={change.field}>
          <dt>{fieldName(change.field)}</dt>
          <dd>
            <del>{shownValue(change, change.before)}</del> <ins>{shownValue(change, change.after)}</ins>
          </dd>
        </div>
      ))}
      {moved.map(({ document, from, to }) => (
        <div key={document}>
          <dt>Berkas</dt>
          <dd>
            <del>{placeName(from)}</del> <ins>{placeName(to)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}

const shownValue = ({ field }: Change, value: string | undefined): string => {
  if (value === undefined) return 'kosong'
  return field === 'birthDate' ? birthDay(value) : value
}
const placeName = (place: Place): string => (place ? `${kindName(place.kind)} ${place.page}` : 'murid lain')
