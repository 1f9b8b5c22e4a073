import { number } from './time.ts'

type Measure = (value: number, limit: number) => { label: string; value: string }

const percent = (share: number) => `${Math.round(100 * share)}%`
/** How much is there of what is needed. */
const part = (share: number) =>
  `${share >= 0.85 ? 'hampir cukup' : share >= 0.5 ? 'kurang' : 'jauh dari cukup'} (${percent(share)} dari yang diperlukan)`
const pixels: (label: string) => Measure = (label) => (value, limit) => ({
  label,
  value: `${number(Math.round(value))} piksel, perlu ${number(Math.round(limit))}`,
})
const lacking: (label: string) => Measure = (label) => (value, limit) => ({ label, value: part(value / limit) })

/** What a finding measured and whether that is enough, by its code: the numbers alone say nothing to an operator. */
const measures: Readonly<Record<string, Measure>> = {
  PAGE_BLURRED: (value, limit) => ({
    label: 'Ketajaman huruf',
    value: limit === 0 ? 'tidak ada tulisan yang terbaca' : part(value / limit),
  }),
  PAGE_SMALL: pixels('Tinggi huruf'),
  FILE_LONG: (value, limit) => ({ label: 'Halaman', value: `${value}, yang ditampilkan ${limit}` }),
  PORTRAIT_NO_FACE: (value) => ({
    label: 'Wajah',
    value: value > 0 ? 'ada yang mungkin wajah, model ragu' : 'tidak ada',
  }),
  PORTRAIT_MANY_FACES: (value) => ({ label: 'Wajah lain', value: `${percent(value)} dari lebar wajah terbesar` }),
  PORTRAIT_FACE_SMALL: pixels('Tinggi kepala'),
  PORTRAIT_LOW_RES: pixels('Tinggi kepala'),
  PORTRAIT_TOO_CLOSE: (value, limit) => ({
    label: 'Di luar foto',
    value: `${percent(value)} dari potongan, boleh ${percent(limit)}`,
  }),
  PORTRAIT_TURNED: (value, limit) => ({
    label: 'Arah wajah',
    value: `menoleh ${number(value / limit, 1)} kali dari yang diterima`,
  }),
  PORTRAIT_EYES_CLOSED: lacking('Mata terbuka'),
  // two measures have one sentence: the blur that is too much, or the sharpness that is too little
  PORTRAIT_BLURRED: (value, limit) => ({
    label: 'Ketajaman wajah',
    value: part(value >= limit ? limit / value : value / limit),
  }),
  PORTRAIT_DARK: lacking('Terang wajah'),
  PORTRAIT_BRIGHT: (value, limit) => ({
    label: 'Terang wajah',
    value: `terlalu terang (${percent(value / limit)} dari yang diterima)`,
  }),
  PORTRAIT_BACKGROUND: (value) => ({ label: 'Warna itu', value: `pada ${percent(value)} dari latar` }),
}

/** The line of evidence that stands for `value` and `limit`; undefined where the finding measured nothing. */
export function measureWords(
  code: string,
  detail: Readonly<Record<string, string | number>> = {},
): { label: string; value: string } | undefined {
  const { value, limit } = detail
  return typeof value === 'number' && typeof limit === 'number' ? measures[code]?.(value, limit) : undefined
}
