import { expect, test } from 'vitest'
import { consentTexts, keepConsentTexts, textsOf } from '../../../src/models/consent/texts.ts'
import { testDatabase } from '../../support/stores.ts'

test('every text that was ever shown is kept, with the moment from which it was', async () => {
  const database = await testDatabase()
  const [first, later] = [new Date(1_000), new Date(2_000)]
  await keepConsentTexts(database, [{ version: 'id-1', text: 'Setuju?' }], first)
  const changed = [
    { version: 'id-1', text: 'Setuju?' },
    { version: 'id-2', text: 'Apakah setuju?' },
  ]
  // several processes start at once
  await Promise.all([keepConsentTexts(database, changed, later), keepConsentTexts(database, changed, later)])
  expect(await consentTexts(database).find().sort({ _id: 1 }).lean()).toEqual([
    { _id: 'id-1', text: 'Setuju?', from: first },
    { _id: 'id-2', text: 'Apakah setuju?', from: later },
  ])
  expect(await textsOf(database, ['id-2', 'card'])).toEqual(new Map([['id-2', 'Apakah setuju?']]))
})
