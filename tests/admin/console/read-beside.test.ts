import { expect, test } from 'vitest'
import { lettersApart, strangers } from '../../../src/admin/console/case/side/difference.ts'
import { readBeside } from '../../../src/admin/console/case/side/read-beside.ts'

const box = { x: 0.1, y: 0.1, width: 0.3, height: 0.05 }
const value = (field: string, read: string, row: number) => ({ field, value: read, box, page: 1, row })
const paper = (kind: string, values: object[], findings: object[] = []) => ({
  id: kind,
  kind,
  findings,
  look: { values },
})
const pupil = { name: 'Citro Rekaan', nik: '6311064107150003', birthDate: '2015-07-01', masked: false }
const beside = (...documents: object[]) => {
  const shown = { pupil, documents } as unknown as Parameters<typeof readBeside>[0]
  return [...readBeside(shown)].flatMap(([field, lines]) =>
    lines.map(({ document, value: { value: read }, agrees }) => [document.kind, field, read, agrees]),
  )
}

test('one letter is a difference, and marked; capitals, blanks and marks are none', () => {
  expect(
    strangers('CITRA REKAAN', 'Citro Rekaan')
      .map((strange, i) => (strange ? i : []))
      .flat(),
  ).toEqual([4])
  expect(lettersApart('CITRA REKAAN', 'Citro Rekaan')).toBe(1)
  expect(lettersApart("NUR'AINI, S", 'Nur aini s')).toBe(0)
  expect(lettersApart('SITI AMINAH', 'SITI AMNAH')).toBe(1)
})

test('of a family card only the pupil’s row is held against what was typed, also where nothing in it is quite the same', () => {
  const rows = [
    value('name', 'CONTOH IBU REKAAN', 1),
    value('nik', '6311066309880002', 1),
    value('name', 'CITRA REKAAN', 2),
    value('nik', '6311064107150004', 2),
  ]
  expect(beside(paper('family_card', rows))).toEqual([
    ['family_card', 'name', 'CITRA REKAAN', false],
    ['family_card', 'nik', '6311064107150004', false],
  ])
})

test('a parent’s card, and what was read as another paper, are not held against the child', () => {
  const mother = [value('name', 'CONTOH IBU REKAAN', 0), value('nik', '6311066309880002', 0)]
  expect(beside(paper('eid_card', mother))).toEqual([])
  expect(beside(paper('birth_certificate', mother, [{ code: 'KIND_DIFFERS' }]))).toEqual([])
})
