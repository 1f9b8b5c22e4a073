import { Schema } from 'mongoose'
import type { mongo } from 'mongoose'
import { expect, test } from 'vitest'
import type { Database } from '../../../src/models/store/connect.ts'
import { connectDatabase } from '../../../src/models/store/connect.ts'
import { writeInGroup } from '../../../src/models/store/write-in-group.ts'
import { freshDatabaseUri, testDatabase } from '../../support/stores.ts'

type Row = { _id: string; n: number }

function rowsOf(database: Database) {
  const schema = new Schema<Row>({ _id: String, n: Number }, { collection: 'rows', versionKey: false })
  return database.model<Row>('Row', schema)
}
const insert = (_id: string, n: number): mongo.AnyBulkWriteOperation<Row> => ({ insertOne: { document: { _id, n } } })

test('writes that come at once go in one command, which waits for the majority, and each is stored', async () => {
  const database = await testDatabase()
  const model = rowsOf(database)
  const client = database.getClient() as unknown as mongo.MongoClient
  const watched = new (client.constructor as typeof mongo.MongoClient)(uriOf(client, database), {
    monitorCommands: true,
    writeConcern: { w: 'majority' },
  })
  const commands: mongo.Document[] = []
  watched.on('commandStarted', ({ commandName, command }) => {
    if (commandName === 'insert') commands.push(command)
  })
  const collection = watched.db(database.name).collection<Row>('rows')
  const seen = { collection } as unknown as typeof model
  const written = await Promise.all(Array.from({ length: 100 }, (_, n) => writeInGroup(seen, insert(`row-${n}`, n))))
  await watched.close()
  expect(written.every(Boolean)).toBe(true)
  expect(await model.countDocuments()).toBe(100)
  expect(commands).toHaveLength(1)
  expect(commands.map((command) => command['writeConcern'])).toEqual([{ w: 'majority' }])
})

test('a row that is there already is false for its own caller and for nobody else', async () => {
  const model = rowsOf(await testDatabase())
  await writeInGroup(model, insert('taken', 0))
  const written = await Promise.all(
    ['first', 'a', 'taken', 'b', 'a'].map((id, n) => writeInGroup(model, insert(id, n))),
  )
  expect(written).toEqual([true, true, false, true, false])
  expect((await model.find().lean()).map(({ _id, n }) => `${_id} ${n}`).toSorted()).toEqual([
    'a 1',
    'b 3',
    'first 0',
    'taken 0',
  ])
})

test('another failure reaches only the caller whose write it is', async () => {
  const model = rowsOf(await testDatabase())
  await writeInGroup(model, {
    updateOne: { filter: { _id: 'text' }, update: { $set: { n: 'x' as never } }, upsert: true },
  })
  const results = await Promise.allSettled([
    writeInGroup(model, insert('first', 1)),
    writeInGroup(model, { updateOne: { filter: { _id: 'text' }, update: { $inc: { n: 1 } } } }),
    writeInGroup(model, { updateOne: { filter: { _id: 'first' }, update: { $inc: { n: 1 } } } }),
  ])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('a lost connection fails every caller, and nobody is told that a write is stored', async () => {
  const database = await connectDatabase(freshDatabaseUri())
  const model = rowsOf(database)
  await database.close()
  const results = await Promise.allSettled(['a', 'b', 'c'].map((id, n) => writeInGroup(model, insert(id, n))))
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
})

function uriOf(client: mongo.MongoClient, database: Database): string {
  const [host] = client.options.hosts
  return `mongodb://${String(host)}/${database.name}?directConnection=true`
}
