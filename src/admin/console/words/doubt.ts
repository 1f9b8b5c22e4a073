import { findingWords } from './finding.ts'

const OWN: Readonly<Record<string, string>> = {
  cancel: 'Sekolah meminta pembatalan.',
  papers: 'Tidak ada satu berkas pun.',
  background: 'Latar pas foto tidak sesuai aturan kantor.',
}

/** What an approval would pass, as sentences: what the school asked for first, findings by their titles. */
export function doubtWords(doubts: readonly string[]): string {
  const own = doubts.flatMap((doubt) => OWN[doubt] ?? [])
  const found = doubts.filter((doubt) => OWN[doubt] === undefined).map((code) => findingWords({ code }).title)
  return [...own, ...(found.length > 0 ? [`Temuan berat belum diperiksa: ${found.join('; ')}.`] : [])].join(' ')
}
