import { expect, test } from 'vitest'
import { doubtWords } from '../../../src/admin/console/words/doubt.ts'
import { findingEvidence } from '../../../src/admin/console/words/finding.ts'

const evidence = (code: string, detail: Record<string, number | string>) =>
  findingEvidence({ id: 'f', code, severity: 'heavy', detail }, null).map(({ label, value }) => `${label}: ${value}`)

test.each([
  ['PAGE_BLURRED', { page: 1, value: 0.044, limit: 0.085 }, 'Ketajaman huruf: kurang (52% dari yang diperlukan)'],
  ['PAGE_BLURRED', { page: 1, value: 0, limit: 0 }, 'Ketajaman huruf: tidak ada tulisan yang terbaca'],
  ['PAGE_SMALL', { page: 2, value: 9.4, limit: 14 }, 'Tinggi huruf: 9 piksel, perlu 14'],
  // more blur than is allowed, or less sharpness than is needed
  ['PORTRAIT_BLURRED', { value: 0.7, limit: 0.6 }, 'Ketajaman wajah: hampir cukup (86% dari yang diperlukan)'],
  ['PORTRAIT_BLURRED', { value: 0.2, limit: 0.6 }, 'Ketajaman wajah: jauh dari cukup (33% dari yang diperlukan)'],
  ['PORTRAIT_TURNED', { value: 0.5, limit: 0.4 }, 'Arah wajah: menoleh 1,3 kali dari yang diterima'],
])('a %s says in words what was measured, and whether it is enough', (code, detail, words) => {
  const lines = evidence(code, detail)
  expect(lines).toContain(words)
  expect(lines.join()).not.toMatch(/Terukur|Batas/)
})

test('what an approval would pass is said by what it is', () => {
  expect(doubtWords(['cancel', 'PAGE_CUT', 'PORTRAIT_DARK'])).toBe(
    'Sekolah meminta pembatalan. Temuan berat belum diperiksa: Lembar tampak terpotong; Pas foto terlalu gelap.',
  )
})
