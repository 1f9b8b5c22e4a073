import type { Case } from '../../client/case.ts'
import { reasonName } from '../../words/people.ts'
import { age, birthDay } from '../../words/time.ts'

export type Field = { name: string; label: string; shown: string; copied: string; number?: boolean }

/** The pupil's fields; what is copied is what the other system wants: digits without gaps, dates as DD-MM-YYYY. */
export function fieldsOf(shown: Case): readonly Field[] {
  const { pupil, school, reason } = shown
  if (!pupil) return []
  const years = age(pupil.birthDate, new Date())
  const [year, month, day] = pupil.birthDate.split('-')
  const why = reasonName(reason)
  return [
    { name: 'nik', label: 'NIK', shown: pupil.nik, copied: pupil.nik, number: true },
    { name: 'name', label: 'Nama lengkap', shown: pupil.name, copied: pupil.name },
    {
      name: 'birthDate',
      label: 'Tanggal lahir',
      shown: birthDay(pupil.birthDate),
      copied: day === undefined ? pupil.birthDate : `${day}-${month}-${year}`,
    },
    ...(pupil.kk ? [{ name: 'kk', label: 'Nomor KK', shown: pupil.kk, copied: pupil.kk, number: true }] : []),
    ...(pupil.class ? [{ name: 'class', label: 'Kelas', shown: pupil.class, copied: pupil.class }] : []),
    { name: 'school', label: 'Sekolah', shown: school.name, copied: school.name },
    {
      name: 'reason',
      label: 'Alasan',
      shown: years === undefined ? why : `${why}, usia ${years} tahun`,
      copied: why,
    },
    // what every other child is, is not said
    ...(pupil.citizenship === 'wna'
      ? [{ name: 'citizenship', label: 'Warga negara', shown: 'WNA, KIA berlaku mengikuti ITAP', copied: 'WNA' }]
      : []),
    ...(pupil.unmarried
      ? [{ name: 'unmarried', label: 'Status kawin', shown: 'Belum, menurut sekolah', copied: 'Belum kawin' }]
      : []),
  ]
}

/** What SIAK asks for, in the order of its form; the rest of the biodata comes from there by the NIK. */
const FOR_SIAK = ['nik', 'kk', 'name', 'birthDate', 'reason', 'citizenship']

/** What goes into SIAK's form, a line for each field. */
export const textForSiak = (shown: Case): string => {
  const fields = fieldsOf(shown)
  return FOR_SIAK.flatMap((name) => fields.find((field) => field.name === name)?.copied ?? []).join('\n')
}
