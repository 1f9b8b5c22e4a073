import { expect, test } from 'vitest'
import { answersTo, filesOf, renewalOf } from '../../../src/admin/console/case/side/renewal.ts'

type Shown = Parameters<typeof renewalOf>[0]
const at = (hour: number) => `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`
const history = [
  { seq: 1, action: 'submit', at: at(1) },
  { seq: 2, action: 'return', at: at(3), reasons: ['BLURRED', 'NAME', 'CUT'] },
  { seq: 3, action: 'resubmit', at: at(6), changes: [{ field: 'name', before: 'Citro', after: 'Citra' }] },
]
const documents = [
  { id: 'kk', kind: 'family_card', at: at(0) },
  { id: 'old', kind: 'portrait', at: at(0), supersededAt: at(6) },
  { id: 'new', kind: 'portrait', at: at(5) },
]
const shown = (more: object = {}) => ({ stage: 'verification', history, documents, ...more }) as unknown as Shown
const reasons = [
  { code: 'BLURRED', asks: ['portrait'] },
  { code: 'NAME', asks: ['name'] },
  { code: 'CUT', asks: ['family_card'] },
] as unknown as Parameters<typeof answersTo>[1]

test('of a corrected case each reason is told with what has come of it, and what has not', () => {
  const renewal = renewalOf(shown())
  expect(renewal && answersTo(renewal, reasons)).toMatchObject([
    { code: 'BLURRED', documents: [{ id: 'new' }], fields: [], unmet: false },
    { code: 'NAME', documents: [], fields: ['name'], unmet: false },
    { code: 'CUT', documents: [], fields: [], unmet: true },
  ])
  expect(filesOf(shown(), shown().history[2]!).map(({ id }) => id)).toEqual(['new'])
})

test('nothing is new in a case that was never returned, or is verified already', () => {
  expect(renewalOf(shown({ history: history.slice(0, 1) }))).toBeUndefined()
  expect(renewalOf(shown({ stage: 'photo' }))).toBeUndefined()
})
