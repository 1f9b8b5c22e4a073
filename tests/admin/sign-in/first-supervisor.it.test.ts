import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { firstSupervisor } from '../../../src/admin/sign-in/first-supervisor.ts'
import { checkPassword } from '../../../src/admin/sign-in/passwords.ts'
import { changeOperator, findCredentials, findOperator, operators } from '../../../src/models/operator/operators.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

async function setUp() {
  const database = await testDatabase()
  const sealer = testSealer()
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-supervisor-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const start = (more: { username?: string; password?: string; production?: boolean } = {}) =>
    firstSupervisor({ database, sealer, dataDir, production: false, now: () => new Date(), ...more })
  return { database, sealer, start }
}

test('without a name and a password one is made once, kept for the owner alone, and told at every start', async () => {
  const { database, sealer, start } = await setUp()
  const [first, second] = await Promise.all([start(), start()])
  if (first.kind !== 'made') throw new Error(first.kind)
  expect(second).toEqual(first)
  expect(await start()).toEqual(first)
  expect(await readFile(first.file, 'utf8')).toBe(`${first.password}\n`)
  expect((await stat(first.file)).mode & 0o777).toBe(0o600)
  expect(await operators(database).countDocuments()).toBe(1)
  const known = await findCredentials({ database, sealer }, { username: 'supervisor' })
  expect(known?.operator).toMatchObject({ roles: ['supervisor'], mustChangePassword: true })
  expect(await checkPassword(first.password, known?.passwordHash)).toBe(true)
})

test('once the password was changed it is told no more', async () => {
  const { database, sealer, start } = await setUp()
  await start()
  const known = await findCredentials({ database, sealer }, { username: 'supervisor' })
  await changeOperator({ database, sealer }, known!.operator.id, { mustChangePassword: false })
  expect(await start()).toEqual({ kind: 'known' })
})

test('the given name and password are used, and a later start does not set the password back', async () => {
  const { database, sealer, start } = await setUp()
  expect(await start({ username: 'kepala', password: 'satu-rekaan' })).toEqual({ kind: 'given', username: 'kepala' })
  await start({ username: 'kepala', password: 'dua-rekaan' })
  const known = await findCredentials({ database, sealer }, { username: 'kepala' })
  expect(await checkPassword('satu-rekaan', known?.passwordHash)).toBe(true)
})

test('production makes nobody up', async () => {
  const { database, start } = await setUp()
  expect(await start({ production: true })).toEqual({ kind: 'missing' })
  expect(await operators(database).countDocuments()).toBe(0)
})

test('names that an earlier program stored as they are are sealed at the next start', async () => {
  const { database, sealer, start } = await setUp()
  await start({ username: 'kepala', password: 'satu-rekaan' })
  const [one] = await operators(database).find().lean()
  await database.collection('operators').updateOne({}, { $set: { name: 'Kepala Rekaan' } })
  await start({ username: 'kepala', password: 'satu-rekaan' })
  expect(await findOperator({ database, sealer }, one!._id)).toMatchObject({ name: 'Kepala Rekaan' })
  const [raw] = await operators(database).collection.find({}, { raw: true }).toArray()
  expect(Buffer.from(raw as unknown as Uint8Array).includes('Rekaan')).toBe(false)
})
