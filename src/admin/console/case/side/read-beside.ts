import type { PupilView, ReadValueView } from '../../../contract/application.ts'
import type { Case, CaseDocument } from '../../client/case.ts'
import { lettersApart } from './difference.ts'

/** A value that stands on a paper of the pupil, and whether it is what was typed; `agrees` where nothing was typed, too. */
export type ReadBeside = { document: CaseDocument; value: ReadValueView; agrees: boolean }

/** Papers that name the pupil. A KTP-el is a parent's: nothing of it was typed. */
const OF_PUPIL: readonly CaseDocument['kind'][] = ['birth_certificate', 'family_card', 'child_card']
/** Names differ by at most this share of their letters where they may be one person's; numbers by so many digits. */
const SAME_NAME = 0.25
const SAME_NUMBER = 2

/** What was read of this pupil on the documents that count, by field. */
export function readBeside(shown: Pick<Case, 'documents' | 'pupil'>): ReadonlyMap<string, readonly ReadBeside[]> {
  const { documents, pupil } = shown
  if (!pupil) return new Map()
  const lines = documents
    .filter(({ kind, supersededAt }) => supersededAt === undefined && OF_PUPIL.includes(kind))
    // what is taken for another paper was read as that one
    .filter(({ findings }) => !findings.some(({ code }) => code === 'KIND_DIFFERS'))
    .flatMap((document) =>
      ownValues(document, pupil).map((value) => ({ document, value, agrees: agrees(value, pupil) })),
    )
  return Map.groupBy(lines, ({ value }) => value.field)
}

/** The values of one paper that are about this pupil: of a row of several only the one that is most likely theirs. */
function ownValues({ look }: CaseDocument, pupil: PupilView): readonly ReadValueView[] {
  const values = look?.values ?? []
  const rows = [...new Set(values.flatMap(({ row }) => row ?? []))]
  const likely = (row: number) =>
    values.filter((one) => one.row === row).reduce((sum, value) => sum + likeness(value, pupil), 0)
  const [best] = rows.toSorted((a, b) => likely(b) - likely(a))
  const own = rows.length === 1 || (best !== undefined && likely(best) > 0) ? best : undefined
  return values.filter((one) => one.row === undefined || one.row === own)
}

function likeness({ field, value }: ReadValueView, pupil: PupilView): number {
  const typed = field === 'nik' || field === 'name' ? pupil[field] : undefined
  if (typed === undefined) return 0
  const apart = field === 'nik' ? digitsApart(value, typed) : lettersApart(value, typed)
  const most = field === 'nik' ? SAME_NUMBER : Math.floor(SAME_NAME * Math.max(value.length, typed.length))
  return apart > most ? 0 : 1 / (1 + apart)
}

const digitsApart = (one: string, other: string): number =>
  one.length === other.length ? one.split('').filter((digit, i) => digit !== other[i]).length : other.length

function agrees({ field, value }: ReadValueView, pupil: PupilView): boolean {
  const typed = field === 'akta' ? undefined : pupil[field]
  if (typed === undefined || typed === value) return true
  return field === 'name' && lettersApart(value, typed) === 0
}
