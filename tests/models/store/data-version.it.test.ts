import { describe, expect, test } from 'vitest'
import {
  checkDataVersion,
  clearRestored,
  databaseFacts,
  DATA_VERSION,
  HalfRestored,
  markRestored,
  markRestoring,
  NewerData,
  restoredAt,
} from '../../../src/models/store/data-version.ts'
import { testDatabase } from '../../support/stores.ts'

describe('the data version', () => {
  test('marks an empty database, and lets the same program start again', async () => {
    const database = await testDatabase()
    await Promise.all([checkDataVersion(database), checkDataVersion(database)])
    await checkDataVersion(database)
    expect(await databaseFacts(database).findById('data').lean()).toEqual({ _id: 'data', version: DATA_VERSION })
  })
  test('of earlier data is raised, so that the program of their time starts no more', async () => {
    const database = await testDatabase()
    await databaseFacts(database).create({ _id: 'data', version: DATA_VERSION - 1 })
    await checkDataVersion(database)
    expect((await databaseFacts(database).findById('data').lean())?.version).toBe(DATA_VERSION)
  })
  test('of newer data refuses an older program with a sentence, and changes nothing', async () => {
    const database = await testDatabase()
    await databaseFacts(database).create({ _id: 'data', version: DATA_VERSION + 1 })
    await expect(checkDataVersion(database)).rejects.toThrow(NewerData)
    await expect(checkDataVersion(database)).rejects.toThrow('start the newer program')
    expect((await databaseFacts(database).findById('data').lean())?.version).toBe(DATA_VERSION + 1)
  })

  test('of a backup that was put in only in part refuses every start until it is whole', async () => {
    const database = await testDatabase()
    await markRestoring(database, new Date())
    await expect(checkDataVersion(database)).rejects.toThrow(HalfRestored)
    await markRestored(database, new Date())
    await checkDataVersion(database)
  })
})

describe('a restored backup', () => {
  test('is noted until the purge that follows it, and a later one stays noted', async () => {
    const database = await testDatabase()
    expect(await restoredAt(database)).toBeUndefined()
    const [first, second] = [new Date(1_000), new Date(2_000)]
    await markRestored(database, first)
    expect(await restoredAt(database)).toEqual(first)
    await markRestored(database, second)
    await clearRestored(database, first)
    expect(await restoredAt(database)).toEqual(second)
    await clearRestored(database, second)
    expect(await restoredAt(database)).toBeUndefined()
  })
})
