import { beforeEach, expect, test } from 'vitest'
import { chats } from '../../../src/models/chat/kept.ts'
import {
  chatId,
  findChat,
  setBlocked,
  setCoordinator,
  setNotices,
  setPhone,
  touchChat,
} from '../../../src/models/chat/chats.ts'
import type { ChatContext } from '../../../src/models/chat/chats.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

const inbound = { from: { channel: 'telegram' as const, id: '4242424242' }, account: '666' }
const start = new Date('2026-07-01T02:00:00Z')
let at: Date
let context: ChatContext

beforeEach(async () => {
  at = start
  context = { database: await testDatabase(), sealer: testSealer(), now: () => at }
})

test('first messages that come at once make one chat, with its address sealed', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, () => touchChat(context, inbound)))
  expect(new Set(ids)).toEqual(new Set([chatId(context.sealer, inbound)]))
  const raw = await chats(context.database).collection.find({}, { raw: true }).toArray()
  expect(raw).toHaveLength(1)
  expect(Buffer.from(raw[0] as unknown as Uint8Array).includes('4242424242')).toBe(false)
  expect(await findChat(context, ids[0] ?? '')).toEqual({
    id: ids[0],
    channel: 'telegram',
    account: '666',
    to: inbound.from,
    notices: true,
    lastInboundAt: start,
  })
})

test('the same person on another account of the office is another chat', () => {
  expect(chatId(context.sealer, { ...inbound, account: '667' })).not.toBe(chatId(context.sealer, inbound))
})

test('what is set on a chat survives the next message', async () => {
  const id = await touchChat(context, inbound)
  await setNotices(context, id, false)
  await setPhone(context, id, '6281200000000')
  await setCoordinator(context, id, 'c1')
  await touchChat(context, inbound)
  expect(await findChat(context, id)).toMatchObject({ notices: false, phone: '6281200000000', coordinator: 'c1' })
})

test('a block lasts until the person writes again', async () => {
  const id = await touchChat(context, inbound)
  at = new Date(start.getTime() + 1000)
  await setBlocked(context, id, at)
  expect(await findChat(context, id)).toMatchObject({ blockedAt: at })
  await touchChat(context, inbound)
  expect(await findChat(context, id)).not.toHaveProperty('blockedAt')
})

test('a block that was met before the latest message changes nothing', async () => {
  const id = await touchChat(context, inbound)
  const attempted = at
  at = new Date(start.getTime() + 1000)
  await touchChat(context, inbound)
  await setBlocked(context, id, attempted)
  expect(await findChat(context, id)).not.toHaveProperty('blockedAt')
})

test('nobody is found where nobody wrote', async () => {
  expect(await findChat(context, 'unknown')).toBeUndefined()
})
