import { expect, test } from 'vitest'
import { createLog } from '../../../src/config/log.ts'
import { formerSessions } from '../../../src/models/chat/former-sessions.ts'
import type { Session } from '../../../src/models/chat/session.ts'
import { createTurns, turnModel } from '../../../src/models/chat/turns.ts'
import type { Decision } from '../../../src/models/chat/turns.ts'
import { ensureIndexes } from '../../../src/models/store/indexes.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

const at = new Date('2026-12-07T01:00:00Z')
const session = (step: string): Session => ({
  flow: 'submit',
  version: 1,
  step,
  answers: {},
  memory: {},
  waitingSince: at,
  rev: 1,
})
const decision = (step: string): Decision => ({
  decided: { session: session(step), effects: [{ kind: 'say', text: step }] },
  by: 'p',
  awaiting: [],
})
const turn = (n: number, messages = [`m${n}`]) => ({ _id: `chat.${n}`, chat: 'chat', n, messages, closedAt: at })

async function world() {
  const database = await testDatabase()
  await ensureIndexes(database)
  const sealer = testSealer()
  return { database, sealer, turns: createTurns({ database, sealer, now: () => at, log: createLog('silent') }) }
}

test('a number and a message are each in one turn', async () => {
  const { turns } = await world()
  expect(await turns.insert(turn(1, ['a', 'b']), decision('one'))).toBe(true)
  expect(await turns.insert(turn(1, ['c']), decision('other'))).toBe(false)
  expect(await turns.insert(turn(2, ['b']), decision('other'))).toBe(false)
  expect(await turns.insert(turn(2, ['c']), decision('two'))).toBe(true)
  expect(await turns.ofMessages(['a', 'b', 'c', 'd'])).toEqual(new Set(['a', 'b', 'c']))
})

test('a chat is where its latest turn left it, and while that one is open where the one before did', async () => {
  const { turns } = await world()
  expect(await turns.latest('chat')).toEqual({ turn: undefined, session: null })
  await turns.insert(turn(1), decision('one'))
  expect(await turns.latest('chat')).toMatchObject({ turn: { n: 1 }, session: { step: 'one', waitingSince: at } })
  await turns.insert(turn(2))
  expect(await turns.latest('chat')).toMatchObject({ turn: { n: 2, state: 'open' }, session: { step: 'one' } })
  expect(await turns.decide(turn(2), decision('two'))).toBe(true)
  expect(await turns.decide(turn(2), decision('late'))).toBe(false)
  const { turn: latest, session: after } = await turns.latest('chat')
  expect(after?.step).toBe('two')
  expect(turns.effectsOf(latest!)).toEqual([{ kind: 'say', text: 'two' }])
})

test('what a program of data version 2 left is gone on with, from wherever it was', async () => {
  const { database, sealer, turns } = await world()
  const former = { openedAt: at, attempts: 0, nextAttemptAt: at }
  await formerSessions(database).create({ _id: 'chat', session: sealer.sealJson(session('former')), updatedAt: at })
  await turnModel(database).collection.insertOne({ ...turn(1), ...former, state: 'done' } as never)
  expect(await turns.latest('chat')).toMatchObject({ turn: { n: 1 }, session: { step: 'former' } })
  // decided and not performed: its session had not been saved yet
  const decided = sealer.sealJson({ session: session('decided'), effects: [{ kind: 'say', text: 'x' }] })
  await turnModel(database).collection.insertOne({ ...turn(2), ...former, state: 'decided', decided } as never)
  const { turn: latest, session: after } = await turns.latest('chat')
  expect(after?.step).toBe('decided')
  expect(turns.effectsOf(latest!)).toEqual([{ kind: 'say', text: 'x' }])
  // whoever performs it keeps that first
  await turns.keepSession('chat.2', after)
  await turns.keepSession('chat.2', session('late'))
  await turnModel(database).updateOne({ _id: 'chat.2' }, { $set: { state: 'done' } })
  await turnModel(database).collection.insertOne({ ...turn(3), ...former, state: 'open' } as never)
  expect(await turns.latest('chat')).toMatchObject({ turn: { state: 'open' }, session: { step: 'decided' } })
})
