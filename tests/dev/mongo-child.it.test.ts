import { inject, expect, onTestFinished, test } from 'vitest'
import { mongo } from 'mongoose'
import { testDatabase } from '../support/stores.ts'

test('a command for sessions, which the engine has not, is refused and harms nobody', async () => {
  const database = await testDatabase()
  for (const name of ['startSession', 'endSessions', 'refreshSessions', 'killSessions', 'killAllSessions']) {
    await expect(database.db!.command({ [name]: 1 })).rejects.toMatchObject({ codeName: 'CommandNotFound' })
  }
  expect(await database.db!.command({ ping: 1 })).toMatchObject({ ok: 1 })
})

test('many connections are answered side by side, each in its own order', async () => {
  const client = await new mongo.MongoClient(inject('mongodbUri'), { maxPoolSize: 20 }).connect()
  onTestFinished(() => client.close())
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      client
        .db('admin')
        .aggregate([{ $documents: [{ n }] }])
        .toArray(),
    ),
  )
  expect(answers.map(([row]) => row?.['n'] as number)).toEqual(Array.from({ length: 200 }, (_, n) => n))
})
