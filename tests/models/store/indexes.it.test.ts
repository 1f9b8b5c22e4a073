import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { applications } from '../../../src/models/application/kept.ts'
import { ensureIndexes, registerModels } from '../../../src/models/store/indexes.ts'
import { createTurns, turnModel } from '../../../src/models/chat/turns.ts'
import { freshDatabase, testSealer } from '../../support/stores.ts'
import { createLog } from '../../../src/config/log.ts'

const SOURCES = new URL('../../../src/models/', import.meta.url)

describe('indexes', () => {
  test('of every model that the sources name are made', async () => {
    const files = (await readdir(SOURCES, { recursive: true })).filter((name) => name.endsWith('.ts'))
    const texts = await Promise.all(files.map((name) => readFile(new URL(name, SOURCES), 'utf8')))
    const named = texts.flatMap((text) => [...text.matchAll(/modelOf\(\s*'(\w+)'/g)].map((found) => found[1] ?? ''))
    expect(named).toContain('Application')

    const database = await freshDatabase()
    registerModels(database)
    expect(new Set(Object.keys(database.models))).toEqual(new Set(named))
  })

  test('are there after a start, by name and with their conditions, and a second start changes nothing', async () => {
    const database = await freshDatabase()
    await Promise.all([ensureIndexes(database), ensureIndexes(database)])
    await ensureIndexes(database)
    const made = await applications(database).collection.indexes()
    expect(made.find((index) => index.name === 'claim')).toMatchObject({
      key: { stage: 1, key: 1 },
      partialFilterExpression: { state: 'queued' },
    })
    expect(made.find((index) => index.name === 'one-open')).toMatchObject({ unique: true })
  })

  test('are made anew when their definition changed', async () => {
    const database = await freshDatabase()
    await applications(database).collection.createIndex({ stage: 1, seq: 1 }, { name: 'claim' })
    await ensureIndexes(database)
    const made = await applications(database).collection.indexes()
    expect(made.filter((index) => index.name === 'claim')).toMatchObject([{ key: { stage: 1, key: 1 } }])
  })

  test('find the turns that wait for files without reading all others', async () => {
    const database = await freshDatabase()
    await ensureIndexes(database)
    const turns = createTurns({ database, sealer: testSealer(), now: () => new Date(), log: createLog('silent') })
    await turns.insert(
      { _id: 'chat.1', chat: 'chat', n: 1, messages: ['m1'], closedAt: new Date() },
      { decided: { session: null, effects: [] }, by: 'p', awaiting: ['f1', 'f2'] },
    )
    expect(await turns.awaitedFiles(10)).toEqual(['f1', 'f2'])
    expect(await turns.awaitingFile('f2')).toEqual({ turn: 'chat.1', chat: 'chat' })
    const used = await turnModel(database)
      .collection.aggregate([{ $indexStats: {} }])
      .toArray()
    expect(used.find(({ name }) => name === 'awaiting')).toMatchObject({ accesses: { ops: 2 } })
  })

  test('hold: a second open application of the same pupil is refused', async () => {
    const database = await freshDatabase()
    await ensureIndexes(database)
    const rows = database.collection<{ _id: string; openKey?: string }>('applications')
    await rows.insertMany([{ _id: 'draft-1' }, { _id: 'draft-2' }, { _id: 'a', openKey: '69900001/x/NEW' }])
    await expect(rows.insertOne({ _id: 'b', openKey: '69900001/x/NEW' })).rejects.toMatchObject({ code: 11000 })
  })
})
