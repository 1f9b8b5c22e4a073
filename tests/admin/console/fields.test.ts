import { expect, test } from 'vitest'
import { fieldsOf, textForSiak } from '../../../src/admin/console/case/side/fields.ts'
import { reasonLine } from '../../../src/admin/console/words/people.ts'

type Shown = Parameters<typeof fieldsOf>[0]

const shown = (pupil: object) =>
  ({
    reason: 'LOST',
    school: { npsn: '69900014', name: 'SDN Contoh 14' },
    pupil: { name: 'Chloe Contoh', nik: '6311065402160003', birthDate: '2016-02-14', masked: false, ...pupil },
  }) as unknown as Shown
const labels = (one: Shown) => fieldsOf(one).map(({ label }) => label)

test('a foreign child is told beside the reason, on the page, in a row and in what is copied for SIAK', () => {
  const foreign = shown({ citizenship: 'wna' })
  expect(fieldsOf(foreign).find(({ name }) => name === 'citizenship')?.shown).toContain('WNA')
  expect(textForSiak(foreign)).toBe('6311065402160003\nChloe Contoh\n14-02-2016\nHilang\nWNA')
  expect(reasonLine(foreign)).toBe('Hilang, anak WNA')
})

test('of every other child nothing is said of it', () => {
  expect(labels(shown({}))).not.toContain('Warga negara')
  expect(textForSiak(shown({}))).toBe('6311065402160003\nChloe Contoh\n14-02-2016\nHilang')
  expect(reasonLine(shown({}))).toBe('Hilang')
  // once purged there is no child to say it of
  expect(reasonLine({ reason: 'LOST', pupil: null })).toBe('Hilang')
})

test('what the school said of marriage is shown where it was asked', () => {
  expect(labels(shown({ unmarried: true }))).toContain('Status kawin')
  expect(labels(shown({}))).not.toContain('Status kawin')
})
