import { expect, test } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { applications } from '../../src/models/application/kept.ts'
import { consentsOf } from '../../src/models/consent/consents.ts'
import { checkDataVersion, DATA_VERSION, databaseFacts, upgradedTo } from '../../src/models/store/data-version.ts'
import { upgradeData } from '../../src/stores/upgrade.ts'
import { testDatabase, testSealer } from '../support/stores.ts'

const log = createLog('silent')

test('earlier data get the form of this version once, before anything reads them', async () => {
  const database = await testDatabase()
  const sealer = testSealer()
  await databaseFacts(database).create({ _id: 'data', version: 3 })
  const consent = { at: new Date(0), by: 'c', textVersion: 'id-1', evidence: sealer.seal('t1: kirim') }
  await applications(database).collection.insertOne({ _id: 'a', consent } as never)
  await checkDataVersion(database)
  expect(await upgradedTo(database)).toBe(0)
  await Promise.all([upgradeData({ database, sealer, log }), upgradeData({ database, sealer, log })])
  expect(await consentsOf(database, 'a')).toHaveLength(1)
  expect(await databaseFacts(database).findById('data').lean()).toEqual({
    _id: 'data',
    version: DATA_VERSION,
    upgraded: DATA_VERSION,
  })
  // from then on nothing is looked through again
  await applications(database).collection.insertOne({ _id: 'b', consent } as never)
  await upgradeData({ database, sealer, log })
  expect(await consentsOf(database, 'b')).toEqual([])
})
