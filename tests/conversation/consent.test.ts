import { expect, test } from 'vitest'
import { agreedTo, consentOf, consentTextsOf } from '../../src/conversation/consent.ts'
import { OFFICE } from './world.ts'

const [shown, later] = [new Date('2026-12-07T01:10:00Z'), new Date('2026-12-11T01:10:00Z')]
const said = { text: 'iya kirim', turn: 't1' }

test('what waits for approval keeps the words that were shown, however the office words it by then', () => {
  const agreement = agreedTo('Apakah disetujui?', said, shown)
  const asked = { agreement, text: 'Apakah disetujui?', now: shown }
  const given = consentOf('c1', asked)
  expect(given).toMatchObject({ at: shown, by: 'c1', evidence: 't1: iya kirim' })
  expect(consentOf('c1', { ...asked, text: 'Setuju?', now: later })).toEqual(given)
  // an answer that an earlier program kept names no words: those of now
  const { textVersion: _, ...earlier } = agreement
  expect(consentOf('c1', { ...asked, agreement: earlier, now: later })).toEqual(given)
})

test('an office that asks in its own words has versions of its own', () => {
  const own = { ...OFFICE, texts: { ...OFFICE.texts, consent: 'Balas SETUJU.' } }
  const [registering, sending] = consentTextsOf(own)
  expect(registering).toMatchObject({ text: 'Balas SETUJU.' })
  expect(consentTextsOf(OFFICE).map(({ version }) => version)).toEqual([expect.any(String), sending!.version])
  expect(registering!.version).not.toBe(consentTextsOf(OFFICE)[0]!.version)
})
