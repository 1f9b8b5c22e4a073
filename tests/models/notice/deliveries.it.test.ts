import { beforeEach, describe, expect, test } from 'vitest'
import {
  chosenMessageId,
  createDelivery,
  deliveriesOf,
  noteReceipt,
  resumeNotices,
  sweepable,
} from '../../../src/models/notice/deliveries.ts'
import type { DeliveryContext, NewDelivery } from '../../../src/models/notice/deliveries.ts'
import { deliveries } from '../../../src/models/notice/kept.ts'
import {
  beginSending,
  failBlocked,
  markFailed,
  markSent,
  nextDeliveries,
  parkNotice,
} from '../../../src/models/notice/sending.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

const start = new Date('2026-07-01T02:00:00Z')
let at: Date
let context: DeliveryContext

beforeEach(async () => {
  at = start
  context = { database: await testDatabase(), sealer: testSealer(), now: () => at }
})

const draft = (key: string, more: Partial<NewDelivery> = {}): NewDelivery => ({
  key,
  chat: 'chat-1',
  text: `Teks ${key}`,
  subject: { turn: key },
  ...more,
})
const head = async (chat = 'chat-1') => (await nextDeliveries(context, chat)).due[0]
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000)
const lease = (token: string, seconds = 10) => ({ token, until: new Date(at.getTime() + seconds * 1000) })

async function take(key: string, token: string, state: 'queued' | 'sending' = 'queued'): Promise<boolean> {
  return beginSending(context, { key, state }, lease(token))
}

describe('creating', () => {
  test('the same key is one delivery, however often and at once it is created', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => createDelivery(context, draft('t1/0'))))
    expect(results.filter(Boolean)).toHaveLength(1)
    expect(await createDelivery(context, draft('t1/0', { text: 'lain' }))).toBe(false)
    expect((await head())?.content.text).toBe('Teks t1/0')
    expect(await deliveries(context.database).countDocuments()).toBe(1)
  })

  test('deliveries of one chat created at once get numbers without gap or double', async () => {
    const keys = Array.from({ length: 12 }, (_, i) => `t/${i}`)
    await Promise.all(keys.map((key) => createDelivery(context, draft(key))))
    const stored = await deliveries(context.database).find().sort({ n: 1 }).lean()
    expect(stored.map((delivery) => delivery.n)).toEqual(keys.map((_, i) => i + 1))
  })

  test('nothing of the text, the choices or the file names is readable in the store', async () => {
    await createDelivery(
      context,
      draft('t1/0', {
        text: 'Budi Rekaan',
        choices: [{ value: '1', label: 'Pilihan Rekaan' }],
        files: [{ name: 'Rekaan.pdf', mediaType: 'application/pdf', blob: 'b1' }],
      }),
    )
    const [stored] = await deliveries(context.database).collection.find({}, { raw: true }).toArray()
    const bytes = Buffer.from(stored as unknown as Uint8Array)
    expect(bytes.includes('t1/0')).toBe(true)
    expect(bytes.includes('Rekaan')).toBe(false)
    expect((await head())?.content).toEqual({
      key: 't1/0',
      id: expect.stringMatching(/^3EB0[0-9A-F]{18}$/) as string,
      text: 'Budi Rekaan',
      choices: [{ value: '1', label: 'Pilihan Rekaan' }],
      files: [{ name: 'Rekaan.pdf', mediaType: 'application/pdf', blob: 'b1' }],
    })
  })

  test('every attempt of one delivery would carry the same message id, and no other delivery has it', () => {
    expect(chosenMessageId('t1/0')).toMatch(/^3EB0[0-9A-F]{18}$/)
    expect(chosenMessageId('t1/0')).toBe(chosenMessageId('t1/0'))
    expect(chosenMessageId('t1/1')).not.toBe(chosenMessageId('t1/0'))
  })
})

describe('order', () => {
  test('a delivery planned for later does not hold back what comes after it', async () => {
    await createDelivery(context, draft('notice', { notBefore: later(3600), notice: true }))
    await createDelivery(context, draft('answer'))
    expect((await head())?.key).toBe('answer')
    at = later(3600)
    expect((await head())?.key).toBe('notice')
  })

  test('many that are planned for later hide neither the one that is due nor when the next one is', async () => {
    for (let i = 0; i < 60; i++) await createDelivery(context, draft(`n${i}`, { notBefore: later(600 - i) }))
    await createDelivery(context, draft('answer'))
    expect((await head())?.key).toBe('answer')
    await take('answer', 'one')
    await markSent(context, 'answer', 'one', { channel: 'telegram', id: '1' })
    expect(await nextDeliveries(context, 'chat-1')).toEqual({ due: [], again: later(541) })
  })

  test('processes that take turns in one chat give no number twice', async () => {
    const other = { ...context, database: context.database.useDb(context.database.name) }
    const keys = Array.from({ length: 9 }, (_, i) => `t/${i}`)
    for (const [i, key] of keys.entries()) await createDelivery(i % 3 === 1 ? other : context, draft(key))
    const stored = await deliveries(context.database).find().sort({ n: 1 }).lean()
    expect(stored.map((delivery) => [delivery._id, delivery.n])).toEqual(keys.map((key, i) => [key, i + 1]))
  })

  test('a failed attempt makes the chat wait, so that nothing overtakes it', async () => {
    await createDelivery(context, draft('a'))
    await createDelivery(context, draft('b'))
    await take('a', 'one')
    await markFailed(context, 'a', 'one', { failure: 'unreachable', retryAt: later(5) })
    expect(await head()).toMatchObject({ key: 'a', dueAt: later(5), attempts: 1 })
    expect(await take('a', 'two')).toBe(false)
    at = later(5)
    expect(await take('a', 'two')).toBe(true)
  })

  test('other chats are not held up', async () => {
    await createDelivery(context, draft('a'))
    await createDelivery(context, draft('b', { chat: 'chat-2' }))
    await take('a', 'one')
    expect((await head('chat-2'))?.key).toBe('b')
  })
})

describe('sending', () => {
  test('of several senders at once exactly one takes the delivery', async () => {
    await createDelivery(context, draft('a'))
    const taken = await Promise.all(Array.from({ length: 8 }, (_, i) => take('a', `s${i}`)))
    expect(taken.filter(Boolean)).toHaveLength(1)
  })

  test('an interrupted attempt is taken again after its lease, and counted', async () => {
    await createDelivery(context, draft('a'))
    await take('a', 'dead')
    expect(await take('a', 'early', 'sending')).toBe(false)
    at = later(10)
    expect(await take('a', 'next', 'sending')).toBe(true)
    expect(await markSent(context, 'a', 'dead', { channel: 'telegram', id: '1' })).toBe(false)
    expect(await markSent(context, 'a', 'next', { channel: 'telegram', id: '2' })).toBe(true)
    const stored = await deliveries(context.database).findById('a').lean()
    expect(stored).toMatchObject({ state: 'sent', attempts: 2, interrupted: 1, sentAt: at })
    expect(stored).not.toHaveProperty('lease')
    expect(await head()).toBeUndefined()
  })

  test('a final failure ends it and keeps its kind', async () => {
    await createDelivery(context, draft('a'))
    await take('a', 'one')
    await markFailed(context, 'a', 'one', { failure: 'rejected' })
    expect(await deliveries(context.database).findById('a').lean()).toMatchObject({
      state: 'failed',
      failure: 'rejected',
      failedAt: at,
    })
    expect(await nextDeliveries(context, 'chat-1')).toEqual({ due: [] })
  })

  test('a delivery to a chat that has blocked us fails without an attempt, unless one is under way', async () => {
    await createDelivery(context, draft('a'))
    await createDelivery(context, draft('b'))
    await take('b', 'one')
    expect(await failBlocked(context, 'a')).toBe(true)
    expect(await failBlocked(context, 'b')).toBe(false)
    expect(await deliveries(context.database).findById('a').lean()).toMatchObject({ failure: 'blocked', attempts: 0 })
  })
})

describe('notices', () => {
  test('a notice laid aside is found by no sweep until notices are on again', async () => {
    await createDelivery(context, draft('n', { notice: true }))
    await parkNotice(context, 'n')
    expect(await sweepable(context.database, later(3600))).toEqual([])
    expect(await resumeNotices(context, 'chat-1')).toBe(1)
    expect(await sweepable(context.database, at)).toEqual(['chat-1'])
    expect((await head())?.key).toBe('n')
  })

  test('an answer is never laid aside', async () => {
    await createDelivery(context, draft('a'))
    await parkNotice(context, 'a')
    expect((await head())?.key).toBe('a')
  })
})

describe('the sweeper', () => {
  test('finds each chat once in which something is due or interrupted', async () => {
    await createDelivery(context, draft('a'))
    await createDelivery(context, draft('b'))
    await createDelivery(context, draft('c', { chat: 'chat-2', notBefore: later(60) }))
    await createDelivery(context, draft('d', { chat: 'chat-3' }))
    await take('d', 'dead')
    expect(await sweepable(context.database, at)).toEqual(['chat-1'])
    expect((await sweepable(context.database, later(10))).toSorted()).toEqual(['chat-1', 'chat-3'])
    expect((await sweepable(context.database, later(60))).toSorted()).toEqual(['chat-1', 'chat-2', 'chat-3'])
  })
})

describe('receipts', () => {
  test('move a sent delivery forward and never back', async () => {
    await createDelivery(context, draft('a', { subject: { application: 'app-1', event: 'returned', seq: 4 } }))
    await take('a', 'one')
    await markSent(context, 'a', 'one', { channel: 'whatsapp', id: 'W1' })
    expect(await noteReceipt(context, 'whatsapp', { platformId: 'W1', state: 'read' })).toBe(true)
    expect(await noteReceipt(context, 'whatsapp', { platformId: 'W1', state: 'delivered' })).toBe(false)
    expect(await noteReceipt(context, 'telegram', { platformId: 'W1', state: 'read' })).toBe(false)
    expect(await deliveriesOf(context.database, 'app-1')).toMatchObject([{ state: 'read', readAt: at }])
  })
  test('one that is faster than the end of the call says when it was sent, and keeps an earlier moment', async () => {
    for (const key of ['fast', 'slow']) {
      await createDelivery(context, draft(key, { chat: key, subject: { application: key } }))
      const pending = { key, state: 'queued' as const, content: { key, id: `W-${key}`, text: '' } }
      await beginSending(context, pending, lease('one'), 'whatsapp')
    }
    await markSent(context, 'slow', 'one', { channel: 'whatsapp', id: 'W-slow' })
    at = later(3)
    await noteReceipt(context, 'whatsapp', { platformId: 'W-fast', state: 'delivered' })
    await noteReceipt(context, 'whatsapp', { platformId: 'W-slow', state: 'delivered' })
    at = later(4)
    expect(await markSent(context, 'fast', 'one', { channel: 'whatsapp', id: 'W-fast' })).toBe(true)
    const told = { state: 'delivered', deliveredAt: later(3) }
    expect(await deliveriesOf(context.database, 'fast')).toMatchObject([{ ...told, sentAt: later(3) }])
    expect(await deliveriesOf(context.database, 'slow')).toMatchObject([{ ...told, sentAt: start }])
  })
  test('one that comes after the attempt was given up saves another attempt', async () => {
    await createDelivery(context, draft('a', { subject: { application: 'app-1' } }))
    const pending = { key: 'a', state: 'queued' as const, content: { key: 'a', id: 'W1', text: '' } }
    await beginSending(context, pending, lease('one'), 'whatsapp')
    await markFailed(context, 'a', 'one', { failure: 'unreachable', retryAt: later(5) })
    expect(await noteReceipt(context, 'whatsapp', { platformId: 'W1', state: 'delivered' })).toBe(true)
    at = later(60)
    expect(await nextDeliveries(context, 'chat-1')).toEqual({ due: [] })
    const [record] = await deliveriesOf(context.database, 'app-1')
    expect(record).toMatchObject({ state: 'delivered', sentAt: start })
    expect(record).not.toHaveProperty('failure')
  })
})

test('the console sees what was said about an application, notices about several included', async () => {
  await createDelivery(
    context,
    draft('app-1/4/chat-1', { subject: { application: 'app-1', event: 'returned', seq: 4 } }),
  )
  at = later(1)
  await createDelivery(
    context,
    draft('group-1', {
      notice: true,
      subject: {
        application: 'app-2',
        event: 'ready',
        seq: 9,
        also: [{ application: 'app-1', event: 'handed_over', seq: 12 }],
      },
    }),
  )
  expect(await deliveriesOf(context.database, 'app-1')).toEqual([
    expect.objectContaining({ key: 'app-1/4/chat-1', event: 'returned', seq: 4, state: 'queued', attempts: 0 }),
    expect.objectContaining({ key: 'group-1', event: 'handed_over', seq: 12 }),
  ])
  expect(await deliveriesOf(context.database, 'app-2')).toHaveLength(1)
  expect(await deliveriesOf(context.database, 'app-3')).toEqual([])
})
