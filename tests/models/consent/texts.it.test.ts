import { expect, test } from 'vitest'
import { consentTexts, keepConsentTexts, textsOf } from '../../../src/models/consent/texts.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

test('every text that was ever shown is kept, with the moment from which it was', async () => {
  const database = await testDatabase()
  const context = { database, sealer: testSealer() }
  const [first, later] = [new Date(1_000), new Date(2_000)]
  await keepConsentTexts(context, [{ version: 'id-1', text: 'Setuju?' }], first)
  const changed = [
    { version: 'id-1', text: 'Setuju?' },
    { version: 'id-2', text: 'Apakah setuju?' },
  ]
  // several processes start at once
  await Promise.all([keepConsentTexts(context, changed, later), keepConsentTexts(context, changed, later)])
  expect(await consentTexts(database).find({}, { from: 1 }).sort({ _id: 1 }).lean()).toEqual([
    { _id: 'id-1', from: first },
    { _id: 'id-2', from: later },
  ])
  expect(await textsOf(context, ['id-1', 'id-2', 'card'])).toEqual(
    new Map([
      ['id-1', 'Setuju?'],
      ['id-2', 'Apakah setuju?'],
    ]),
  )
})
