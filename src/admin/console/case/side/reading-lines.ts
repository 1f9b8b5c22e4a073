import type { PupilView, ReadValueView } from '../../../contract/application.ts'
import type { CaseDocument } from '../../client/case.ts'

export type ReadingLine = { value: ReadValueView; typed: string | undefined; agrees: boolean }

/** Values of one document that are about this pupil, beside what was typed; the pupil's row where there are several. */
export function readingLines({ look }: CaseDocument, pupil: PupilView): readonly ReadingLine[] {
  const values = look?.values ?? []
  const rows = new Set(values.flatMap(({ row }) => row ?? []))
  const own = [...rows].find((row) =>
    values.some((one) => one.row === row && (one.value === pupil.nik || sameName(one, pupil))),
  )
  const row = own ?? (rows.size === 1 ? [...rows][0] : undefined)
  return values
    .filter((one) => one.row === undefined || one.row === row)
    .map((value) => {
      const typed = value.field === 'akta' ? undefined : pupil[value.field]
      return { value, typed, agrees: typed === undefined || typed === value.value || sameName(value, pupil) }
    })
}

function sameName({ field, value }: ReadValueView, pupil: PupilView): boolean {
  const plain = (text: string) => text.toUpperCase().replaceAll(/[^A-Z]/g, '')
  return field === 'name' && plain(value) === plain(pupil.name)
}
