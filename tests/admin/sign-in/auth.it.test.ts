import { expect, test } from 'vitest'
import { createAuth } from '../../../src/admin/sign-in/auth.ts'
import { hashPassword } from '../../../src/admin/sign-in/passwords.ts'
import type { Database } from '../../../src/models/store/connect.ts'
import { operatorSessions } from '../../../src/models/operator/sessions.ts'
import { addOperator, changeOperator, findOperator } from '../../../src/models/operator/operators.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

const PASSWORD = 'kata-sandi-rekaan'
const ADDRESS = '192.0.2.7'
const MINUTE = 60_000

async function setUp() {
  const database = await testDatabase()
  const sealer = testSealer()
  const clock = { at: new Date('2026-11-24T01:00:00Z') }
  const auth = createAuth({ database, sealer, now: () => clock.at })
  const { id } = await addOperator(database, {
    username: 'Rekaan',
    name: sealer.seal('Petugas Rekaan'),
    roles: ['verifikator'],
    mustChangePassword: false,
    passwordHash: await hashPassword(PASSWORD),
    now: clock.at,
  })
  const operator = (await findOperator({ database, sealer }, id))!
  const signIn = (password = PASSWORD, address = ADDRESS) => auth.signIn({ username: 'rekaan', password, address })
  const enter = async () => {
    const outcome = await signIn()
    if (outcome.kind !== 'signed-in') throw new Error(outcome.kind)
    return outcome.cookie
  }
  const later = (ms: number) => {
    clock.at = new Date(clock.at.getTime() + ms)
  }
  return { database, sealer, auth, operator, signIn, enter, later }
}

test('a right password opens a session, and the database holds only the hash of its cookie', async () => {
  const { database, auth, operator, enter } = await setUp()
  const cookie = await enter()
  expect(await auth.operatorOf(cookie)).toEqual(operator)
  expect(await auth.operatorOf(`${cookie}x`)).toBeUndefined()
  expect(JSON.stringify(await operatorSessions(database).find().lean())).not.toContain(cookie)
})

test('an unknown name and a wrong password are answered alike', async () => {
  const { auth, signIn } = await setUp()
  expect(await signIn('salah')).toEqual({ kind: 'refused' })
  expect(await auth.signIn({ username: 'tidak-ada', password: 'x', address: ADDRESS })).toEqual({ kind: 'refused' })
})

test('the fifth failure locks the account for that address, for longer each time, and open sessions go on', async () => {
  const { auth, signIn, enter, later } = await setUp()
  const cookie = await enter()
  for (let i = 0; i < 5; i++) expect(await signIn('salah')).toEqual({ kind: 'refused' })
  expect(await signIn()).toEqual({ kind: 'locked', retryAfterSeconds: 60 })
  expect(await auth.operatorOf(cookie)).toBeDefined()
  expect((await signIn(PASSWORD, '192.0.2.8')).kind).toBe('signed-in')

  later(MINUTE + 1)
  for (let i = 0; i < 5; i++) expect(await signIn('salah')).toEqual({ kind: 'refused' })
  expect(await signIn()).toEqual({ kind: 'locked', retryAfterSeconds: 120 })
  later(2 * MINUTE + 1)
  expect((await signIn()).kind).toBe('signed-in')
})

test('a hundred guesses sent at once are counted before the next is tried', async () => {
  const { signIn } = await setUp()
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => signIn('salah')))
  expect(outcomes.filter((one) => one.kind === 'refused')).toHaveLength(5)
  expect(outcomes.filter((one) => one.kind === 'locked')).toHaveLength(15)
})

test('many right sign-ins at once all succeed', async () => {
  const { signIn } = await setUp()
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => signIn()))
  expect(new Set(outcomes.map((one) => one.kind))).toEqual(new Set(['signed-in']))
})

test('a session lives while it is used, ends after a night, and never outlives a week', async () => {
  const { auth, enter, later } = await setUp()
  const used = await enter()
  const unused = await enter()
  later(6 * 60 * MINUTE)
  expect(await auth.operatorOf(used)).toBeDefined()
  later(6 * 60 * MINUTE)
  expect(await auth.operatorOf(used)).toBeDefined()
  expect(await auth.operatorOf(unused)).toBeUndefined()
  for (let hours = 12; hours < 7 * 24; hours += 6) {
    await auth.operatorOf(used)
    later(6 * 60 * MINUTE)
  }
  expect(await auth.operatorOf(used)).toBeUndefined()
})

test('an operator who is no longer active is out at once and cannot come in again', async () => {
  const { database, sealer, auth, operator, signIn, enter } = await setUp()
  const cookie = await enter()
  await changeOperator({ database, sealer }, operator.id, { active: false })
  expect(await auth.operatorOf(cookie)).toBeUndefined()
  expect(await signIn()).toEqual({ kind: 'refused' })
})

test('a changed password ends the other sessions, and the old one opens nothing', async () => {
  const { auth, operator, signIn, enter } = await setUp()
  const [mine, other] = [await enter(), await enter()]
  const given = { next: 'kata-sandi-baru', cookie: mine, address: ADDRESS }
  expect(await auth.changePassword(operator, { ...given, current: 'salah' })).toBe(false)
  expect(await auth.changePassword(operator, { ...given, current: PASSWORD })).toBe(true)
  expect(await auth.operatorOf(mine)).toBeDefined()
  expect(await auth.operatorOf(other)).toBeUndefined()
  expect(await signIn()).toEqual({ kind: 'refused' })
  expect((await signIn('kata-sandi-baru')).kind).toBe('signed-in')
})

test('the store keeps failures over a restart', async () => {
  const database: Database = await testDatabase()
  const sealer = testSealer()
  const now = () => new Date('2026-11-24T01:00:00Z')
  const guess = () =>
    createAuth({ database, sealer, now }).signIn({ username: 'rekaan', password: 'salah', address: ADDRESS })
  for (let i = 0; i < 5; i++) expect((await guess()).kind).toBe('refused')
  expect((await guess()).kind).toBe('locked')
})
