import { expect, test } from 'vitest'
import { loadOffice } from '../../../src/config/office.ts'
import { isProposed } from '../../../src/admin/console/case/side/findings.ts'

type Shown = Parameters<typeof isProposed>[1]
type Finding = Shown['findings'][number]

/** A case with a family card and these findings. */
const shown = (...findings: Partial<Finding>[]) =>
  ({
    findings: findings.map((one, i) => ({ id: `f${i}`, severity: 'check', ...one })),
    documents: [{ id: 'kk', kind: 'family_card', findings: [] }],
  }) as unknown as Shown
const cut = { findings: ['PAGE_CUT'], asks: ['family_card'] }

test('a reason is proposed by a finding that it names', () => {
  expect(isProposed(cut, shown({ code: 'PAGE_CUT', document: 'kk' }))).toBe(true)
  expect(isProposed(cut, shown({ code: 'PAGE_BLURRED', document: 'kk' }))).toBe(false)
  expect(isProposed({ findings: [], asks: [] }, shown({ code: 'PAGE_CUT' }))).toBe(false)
})

test('a finding on one kind of document does not speak for a reason that asks for another', () => {
  const certificate = { ...cut, asks: ['birth_certificate'] }
  expect(isProposed(certificate, shown({ code: 'PAGE_CUT', document: 'kk' }))).toBe(false)
  // a value that was read there is asked for as an answer
  const nik = { findings: ['NIK_READ_DIFFERS'], asks: ['nik'] }
  expect(isProposed(nik, shown({ code: 'NIK_READ_DIFFERS', document: 'kk' }))).toBe(true)
})

test('an unreadable family card proposes that it is, and not that the certificate is', () => {
  const { returnReasons } = loadOffice('office/balangan.yaml')
  const proposed = returnReasons.filter(({ asks, findings = [] }) =>
    isProposed({ asks, findings }, shown({ code: 'PAGE_BLURRED', document: 'kk' })),
  )
  expect(proposed.map(({ label }) => label)).toEqual(['KK tidak terbaca'])
})

test('what somebody has looked into proposes nothing', () => {
  const examined = { by: 'siti', at: '2026-11-24T01:00:00.000Z' }
  expect(isProposed(cut, shown({ code: 'PAGE_CUT', document: 'kk', examined }))).toBe(false)
})
