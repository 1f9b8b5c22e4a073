import { formatDate } from '../../../models/identity/date.ts'

/** A made-up pupil whose NIK fits the birth date, so that the bot has nothing to object to. */
export type SamplePupil = {
  name: string
  nik: string
  /** As a teacher types it: "1 Juli 2015". */
  birthDate: string
  class: string
  /** Odd birth years take a red portrait background, even ones a blue one. */
  background: 'merah' | 'biru'
}

const BOYS = ['Ahmad', 'Budi', 'Damar', 'Fajar', 'Gilang', 'Iqbal'] as const
const GIRLS = ['Aisyah', 'Citra', 'Hana', 'Nadia', 'Siti', 'Wulan'] as const
const LAST = ['Rekaan', 'Contoh', 'Percontohan', 'Rekaan Putra', 'Contoh Lestari', 'Rekaan Utama'] as const

const two = (n: number) => String(n).padStart(2, '0')
const pick = <T>(list: readonly [T, ...T[]], n: number): T => list[n % list.length] ?? list[0]

/**
 * The pupil number `n` (a whole number ≥ 0). Born 2014 to 2019, so that a portrait is due. The last four digits of the
 * NIK follow `n`, therefore neighbours never share a NIK.
 */
export function samplePupil(n: number): SamplePupil {
  const girl = n % 2 === 1
  const year = 2014 + (n % 6)
  const month = 1 + ((n * 5) % 12)
  const day = 1 + ((n * 7) % 28)
  const first = girl ? pick(GIRLS, n >> 1) : pick(BOYS, n >> 1)
  return {
    name: `${first} ${pick(LAST, Math.floor(n / 12))}`,
    nik: `631106${two(girl ? day + 40 : day)}${two(month)}${two(year % 100)}${String(1 + (n % 9000)).padStart(4, '0')}`,
    birthDate: formatDate(`${year}-${two(month)}-${two(day)}`),
    class: `${Math.max(1, 2020 - year)}A`,
    background: year % 2 === 1 ? 'merah' : 'biru',
  }
}

/** Names of the drawn sample pictures under `/samples/`, in the order that the bot asks for them. */
export function sampleFiles(pupil: SamplePupil): readonly string[] {
  return ['akta.jpg', 'kk.jpg', 'ktp-ayah.jpg', 'ktp-ibu.jpg', `foto-${pupil.background}.jpg`]
}
