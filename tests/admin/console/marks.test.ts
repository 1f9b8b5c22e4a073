import { expect, test } from 'vitest'
import { marksOf } from '../../../src/admin/console/case/side/findings.ts'

const box = (y: number) => ({ x: 0.1, y, width: 0.3, height: 0.05 })
const value = (field: string, read: string, y: number, page = 1) => ({ field, value: read, box: box(y), page })
const finding = (id: string, field: string, read: string, more: object = {}) => ({
  id,
  code: `${field.toUpperCase()}_READ_DIFFERS`,
  severity: 'check',
  document: 'kk',
  field,
  detail: { read, typed: 'lain' },
  ...more,
})

/** A case with a family card on which a NIK and, on its second page, a name were read. */
function shown(...findings: object[]) {
  const look = { values: [value('nik', '63110641', 0.4), value('name', 'CITRA', 0.6, 2)] }
  const documents = [{ id: 'kk', kind: 'family_card', findings: [], look }]
  return { findings, documents } as unknown as Parameters<typeof marksOf>[0]
}

test('a finding marks the line that it was read from, numbered as the findings stand', () => {
  const marks = marksOf(shown(finding('f1', 'name', 'CITRA'), finding('f2', 'nik', '63110641', { severity: 'heavy' })))
  expect(marks).toEqual([
    { n: 1, finding: 'f2', severity: 'heavy', document: 'kk', page: 1, box: box(0.4) },
    { n: 2, finding: 'f1', severity: 'check', document: 'kk', page: 2, box: box(0.6) },
  ])
})

test('nothing is marked for what was not read there, and for what somebody has looked into', () => {
  expect(marksOf(shown(finding('f1', 'nik', '99999999')))).toEqual([])
  expect(marksOf(shown(finding('f1', 'nik', '63110641', { document: 'akta' })))).toEqual([])
  expect(marksOf(shown({ id: 'f1', code: 'PAGE_CUT', severity: 'check', document: 'kk' }))).toEqual([])
  expect(marksOf(shown(finding('f1', 'nik', '63110641', { examined: { by: 'siti', at: '' } })))).toEqual([])
})
