import type { Person } from './person.ts'
import { sampleFiles, samplePupil } from './sample-pupil.ts'

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
