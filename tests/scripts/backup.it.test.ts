import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest'
import { connectDatabase } from '../../src/models/store/connect.ts'
import type { Database } from '../../src/models/store/connect.ts'
import { openKeyring } from '../../src/models/store/keyring.ts'
import { dropDatabase, freshDatabaseUri } from '../support/stores.ts'

const KEY = Buffer.alloc(32, 1)
const NEXT_KEY = Buffer.alloc(32, 2)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smart-kids-scripts-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
})

async function newDatabase(): Promise<{ uri: string; database: Database }> {
  const uri = freshDatabaseUri()
  const database = await connectDatabase(uri)
  onTestFinished(() => dropDatabase(database))
  return { uri, database }
}
async function command(name: string, args: string[], mongodbUri: string, more: Record<string, string> = {}) {
  const script = fileURLToPath(new URL(`../../scripts/${name}.ts`, import.meta.url))
  const stores = { MONGODB_URI: mongodbUri, REDIS_URL: inject('redisUrl'), DATA_DIR: join(folder, 'data') }
  const env = { PATH: process.env['PATH'] ?? '', DATA_KEY: KEY.toString('base64'), ...stores, ...more }
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await exited) as [number]
  return { code, output, errors }
}

describe('the commands', () => {
  test('backup and restore move a database, and say what they did', async () => {
    const [from, to] = [await newDatabase(), await newDatabase()]
    const sealer = await openKeyring(from.database, KEY)
    await from.database
      .collection<{ _id: string }>('chats')
      .insertOne({ _id: 'c', address: sealer.seal('rekaan') } as never)
    const backup = join(folder, 'backup')

    expect(await command('backup', [backup], from.uri)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^2 documents and 0 files in /) as string,
      errors: '',
    })
    expect(await command('restore', [backup], to.uri)).toMatchObject({ code: 0, errors: '' })
    expect(await to.database.collection('chats').countDocuments()).toBe(1)

    expect(await command('restore', [backup], to.uri)).toEqual({
      code: 1,
      output: '',
      errors: 'the database is not empty: give --force to replace all that is in it\n',
    })
    expect(await command('restore', ['--force', backup], to.uri)).toMatchObject({ code: 0, errors: '' })
  })

  test('rotate-key makes a new DATA_KEY the only one that opens the database', async () => {
    const { uri, database } = await newDatabase()
    const before = await openKeyring(database, KEY)
    const [next, previous] = [NEXT_KEY.toString('base64'), KEY.toString('base64')]
    expect((await command('rotate-key', [], uri, { DATA_KEY: next })).errors).toMatch(/^DATA_KEY_PREVIOUS is not set/)
    const rotated = await command('rotate-key', [], uri, { DATA_KEY: next, DATA_KEY_PREVIOUS: previous })
    expect(rotated).toMatchObject({ code: 0, errors: '' })
    expect((await openKeyring(database, NEXT_KEY)).identify('chat', 'a')).toBe(before.identify('chat', 'a'))
  })

  test('without a folder say how they are called', async () => {
    const { uri } = await newDatabase()
    expect(await command('backup', [], uri)).toMatchObject({ code: 2, errors: 'usage: npm run backup -- DIR\n' })
  })
})
