import { formatDate } from '../../../models/identity/date.ts'
import type { Person } from './person.ts'

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

/** Something made up to say at one tap. `files` are names of drawn pictures. */
export type Sample = { label: string; text: string; files?: readonly string[] }

type Suggestion = { when?: RegExp; sample: Sample }

/**
 * What may be said at one tap: what answers the bot's last text, and everything else in the order of a first
 * submission. The words looked for are those of the prompts.
 */
export function samples(person: Person, asked: string): { likely: readonly Sample[]; others: readonly Sample[] } {
  const pupil = samplePupil(person.pupil)
  const list: Suggestion[] = [
    { when: /^$/, sample: { label: 'Salam', text: 'Assalamualaikum' } },
    { when: /kode undangan/i, sample: { label: 'Belum punya kode', text: 'BELUM' } },
    { when: /\*SETUJU\*/, sample: { label: 'Setuju', text: 'SETUJU' } },
    { when: /ketik NPSN|belum terdaftar/i, sample: { label: `NPSN ${person.npsn}`, text: person.npsn } },
    { when: /murid lain\?/i, sample: { label: 'Murid lain', text: 'YA' } },
    { when: /\*YA\*/, sample: { label: 'YA', text: 'YA' } },
    { when: /nama lengkap Bapak\/Ibu/i, sample: { label: 'Nama koordinator', text: `${person.name}, operator` } },
    { when: /apa alasan pengajuan/i, sample: { label: 'Alasan: Baru', text: '1' } },
    { when: /nama lengkap murid/i, sample: { label: `Nama: ${pupil.name}`, text: pupil.name } },
    {
      when: /nama lengkap murid/i,
      sample: {
        label: 'Semua data murid sekaligus',
        text: `${pupil.name}\n${pupil.nik}\n${pupil.birthDate}\nkelas ${pupil.class}`,
      },
    },
    { when: /ketik (?:ulang|\*?NIK)/i, sample: { label: `NIK: ${pupil.nik}`, text: pupil.nik } },
    { when: /ketik tanggal lahir/i, sample: { label: `Lahir: ${pupil.birthDate}`, text: pupil.birthDate } },
    { when: /kelas berapa/i, sample: { label: `Kelas ${pupil.class}`, text: pupil.class } },
    {
      when: /sekarang berkas|masih kurang|kirim (?:foto|pas foto|\*)/i,
      sample: { label: 'Kirim contoh berkas', text: '', files: sampleFiles(pupil) },
    },
    { when: /\*KIRIM\*/, sample: { label: 'KIRIM', text: 'KIRIM' } },
    { sample: { label: 'Status', text: 'STATUS' } },
  ]
  const fits = list.filter(({ when }) => when?.test(asked))
  const rest = list.filter((one) => !fits.includes(one))
  return { likely: fits.map(({ sample }) => sample), others: rest.map(({ sample }) => sample) }
}
