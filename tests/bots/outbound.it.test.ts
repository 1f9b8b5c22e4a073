import { beforeEach, describe, expect, test } from 'vitest'
import { ChannelError } from '../../src/bots/channel.ts'
import type { Channel } from '../../src/bots/channel.ts'
import { backoff, createSender } from '../../src/bots/outbound.ts'
import type { SenderOptions } from '../../src/bots/outbound.ts'
import { createWebchat, WEBCHAT_ACCOUNT } from '../../src/bots/webchat/webchat.ts'
import { createLog } from '../../src/config/log.ts'
import type { ChannelName, Outbound } from '../../src/models/chat/message.ts'
import { findChat, setNotices, touchChat } from '../../src/models/chat/chats.ts'
import { createDelivery, resumeNotices, sweepable } from '../../src/models/notice/deliveries.ts'
import type { NewDelivery } from '../../src/models/notice/deliveries.ts'
import { deliveries } from '../../src/models/notice/kept.ts'
import { beginSending } from '../../src/models/notice/sending.ts'
import { createWebchatMessages } from '../../src/models/chat/webchat.ts'
import { testDatabase, testSealer } from '../support/stores.ts'
import { memoryHolding, silent } from './webchat/webchat-platform.ts'
import { eventually } from '../support/eventually.ts'

const start = new Date('2026-07-01T02:00:00Z')
let at: Date
let base: Omit<SenderOptions, 'channels'>
let webchat: Channel
let chat: string
/** What the next sends do instead of going through: throw this. */
let failures: unknown[]
/** Held open while it is set, so that a send is under way. */
let gate: Promise<void> | undefined
let sends: number

beforeEach(async () => {
  at = start
  failures = []
  gate = undefined
  sends = 0
  const database = await testDatabase()
  const now = () => at
  const sealer = testSealer()
  base = { database, sealer, now, random: () => 0, rates: {}, log: silent }
  webchat = createWebchat({ database, sealer, holding: memoryHolding(), now, log: silent })
  chat = await touchChat(base, { from: { channel: 'webchat', id: 'ani' }, account: WEBCHAT_ACCOUNT })
})

/** The real webchat, except that its sends fail as the test says. */
function channels(): ReadonlyMap<ChannelName, Channel> {
  const send = async (message: Outbound) => {
    sends += 1
    await gate
    if (failures.length > 0) throw failures.shift()
    return webchat.send(message)
  }
  return new Map([['webchat', { ...webchat, send }]])
}
const sender = (more: Partial<SenderOptions> = {}) => createSender({ ...base, channels: channels(), ...more })
const queue = (key: string, more: Partial<NewDelivery> = {}) =>
  createDelivery(base, { key, chat, text: key, subject: {}, ...more })
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000)
const heard = async () => (await createWebchatMessages(base).after('ani')).map((message) => message.text)
const stored = (key: string) => deliveries(base.database).findById(key).lean()

describe('in order', () => {
  test('everything that is due goes out in the order in which it was queued', async () => {
    for (const key of ['a', 'b', 'c']) await queue(key)
    expect(await sender().run(chat)).toEqual({})
    expect(await heard()).toEqual(['a', 'b', 'c'])
    expect(await stored('b')).toMatchObject({ state: 'sent', attempts: 1, interrupted: 0 })
  })

  test('several senders at once send each once and keep the order', async () => {
    const keys = Array.from({ length: 12 }, (_, i) => `d${i}`)
    for (const key of keys) await queue(key)
    const senders = [sender(), sender(), sender()]
    await eventually(async () => {
      await Promise.all(senders.map((one) => one.run(chat)))
      expect(await heard()).toHaveLength(12)
    })
    expect(await heard()).toEqual(keys)
    expect(sends).toBe(12)
  })

  test('what is planned for later is announced and holds nothing back', async () => {
    await queue('later', { notBefore: later(60) })
    await queue('now')
    expect(await sender().run(chat)).toEqual({ again: later(60) })
    expect(await heard()).toEqual(['now'])
    at = later(60)
    expect(await sender().run(chat)).toEqual({})
    expect(await heard()).toEqual(['now', 'later'])
  })

  test('a chat that nobody knows sends nothing', async () => {
    expect(await sender().run('unknown')).toEqual({})
  })

  test('what belongs to a channel that is switched off stays queued', async () => {
    await queue('a')
    const { again } = await sender({ channels: new Map() }).run(chat)
    expect(again?.getTime()).toBeGreaterThan(at.getTime())
    // it says why, and leaves the sweeper to what can be sent
    expect(await stored('a')).toMatchObject({ state: 'queued', attempts: 0, failure: 'misconfigured' })
    expect(await sweepable(base.database, at)).toEqual([])
    at = again!
    expect(await sender().run(chat)).toEqual({})
    expect(await heard()).toEqual(['a'])
    expect(await stored('a')).not.toHaveProperty('failure')
  })

  test('what belongs to a channel that is away waits without an attempt, and goes once when it is back', async () => {
    await queue('a')
    let away = true
    const isAway = () => away
    const standing = sender({ channels: new Map([['webchat', { ...webchat, isAway }]]) })
    const { again } = await standing.run(chat)
    expect(again?.getTime()).toBeGreaterThan(at.getTime())
    expect(await stored('a')).toMatchObject({ state: 'queued', attempts: 0 })
    away = false
    await standing.run(chat)
    expect(await heard()).toEqual(['a'])
  })
})

describe('failures', () => {
  test('a platform that is away is tried again later and longer, and nothing overtakes', async () => {
    await queue('a')
    await queue('b')
    failures = [new ChannelError('unreachable'), new ChannelError('unreachable')]
    expect(await sender().run(chat)).toEqual({ again: later(0.5) })
    expect(await sender().run(chat)).toEqual({ again: later(0.5) })
    expect(sends).toBe(1)
    at = later(0.5)
    expect(await sender().run(chat)).toEqual({ again: later(1.5) })
    at = later(1.5)
    expect(await sender().run(chat)).toEqual({})
    expect(await heard()).toEqual(['a', 'b'])
    expect(await stored('a')).toMatchObject({ attempts: 3, interrupted: 0 })
    expect(await stored('a')).not.toHaveProperty('failure')
  })

  test('what the platform asks to wait is waited', async () => {
    await queue('a')
    failures = [new ChannelError('throttled', { retryAfterMs: 7_000 })]
    expect(await sender().run(chat)).toEqual({ again: later(7) })
    at = later(6.9)
    await sender().run(chat)
    expect(sends).toBe(1)
    at = later(7)
    await sender().run(chat)
    expect(await heard()).toEqual(['a'])
  })

  test('a refused message fails for good, with the reason where there is one, and the next one goes on', async () => {
    await queue('a')
    await queue('b')
    failures = [new ChannelError('rejected', { reason: 'never-wrote' })]
    expect(await sender().run(chat)).toEqual({})
    expect(await stored('a')).toMatchObject({ state: 'failed', failure: 'rejected', reason: 'never-wrote' })
    expect(await heard()).toEqual(['b'])
  })

  test('a person who blocked us is sent nothing more until they write again', async () => {
    await queue('a')
    await queue('b')
    failures = [new ChannelError('blocked')]
    expect(await sender().run(chat)).toEqual({})
    expect(await findChat(base, chat)).toHaveProperty('blockedAt', at)
    expect(await stored('a')).toMatchObject({ state: 'failed', failure: 'blocked', attempts: 1 })
    expect(await stored('b')).toMatchObject({ state: 'failed', failure: 'blocked', attempts: 0 })
    expect(sends).toBe(1)
    at = later(5)
    await touchChat(base, { from: { channel: 'webchat', id: 'ani' }, account: WEBCHAT_ACCOUNT })
    await queue('c')
    await sender().run(chat)
    expect(await heard()).toEqual(['c'])
  })

  test('a fault of ours is tried eight times and does not hold up the chat for ever', async () => {
    await queue('a')
    await queue('b')
    failures = Array.from({ length: 20 }, () => new TypeError('a fault'))
    for (let i = 0; i < 8; i++) {
      const { again } = await sender().run(chat)
      if (again) at = again
      if (i === 7) break
      expect(await stored('a')).toMatchObject({ state: 'queued', attempts: i + 1 })
    }
    expect(await stored('a')).toMatchObject({ state: 'failed', failure: 'rejected', attempts: 8 })
  })

  test('nothing of a text reaches the log when a send fails', async () => {
    const lines: string[] = []
    await queue('a', { text: 'Budi Rekaan' })
    failures = [new ChannelError('rejected', { cause: new Error('cannot send "Budi Rekaan" to ani') })]
    await sender({ log: createLog('debug', { write: (line) => void lines.push(line) }) }).run(chat)
    expect(lines.join('')).toContain('rejected')
    expect(lines.join('')).not.toContain('Rekaan')
  })
})

describe('interrupted attempts', () => {
  test('are tried again after their lease, and counted', async () => {
    await queue('a')
    await beginSending(base, { key: 'a', state: 'queued' }, { token: 'dead', until: later(15) })
    expect(await sender().run(chat)).toEqual({ again: later(15) })
    expect(sends).toBe(0)
    at = later(15)
    expect(await sender().run(chat)).toEqual({})
    expect(await stored('a')).toMatchObject({ state: 'sent', attempts: 2, interrupted: 1 })
  })

  test('a send that takes long keeps its lease', async () => {
    await queue('a')
    let open: () => void = () => undefined
    gate = new Promise((resolve) => {
      open = resolve
    })
    const running = sender({ leaseMs: 60 }).run(chat)
    await eventually(() => expect(sends).toBe(1))
    at = later(1)
    await eventually(async () => expect((await stored('a'))?.lease?.until).toEqual(later(1.06)))
    expect(await sender().run(chat)).toEqual({ again: later(1.06) })
    open()
    expect(await running).toEqual({})
    expect(sends).toBe(1)
    expect(await stored('a')).toMatchObject({ state: 'sent', attempts: 1 })
  })
})

describe('notices', () => {
  test('wait while they are off, and answers do not', async () => {
    await setNotices(base, chat, false)
    await queue('notice', { notice: true })
    await queue('answer')
    expect(await sender().run(chat)).toEqual({})
    expect(await heard()).toEqual(['answer'])
    await setNotices(base, chat, true)
    await resumeNotices(base, chat)
    await sender().run(chat)
    expect(await heard()).toEqual(['answer', 'notice'])
  })

  test('whose time has passed in quiet hours wait for the morning, and answers do not', async () => {
    const loud = (when: Date) => (when >= later(10) && when < later(100) ? later(100) : when)
    const quiet = sender({ loud })
    await queue('late', { notice: true })
    await queue('interrupted', { notice: true })
    await beginSending(base, { key: 'interrupted', state: 'queued' }, { token: 'dead', until: later(15) })
    failures = [new ChannelError('unreachable')]
    await quiet.run(chat)
    await queue('answer')
    at = later(20)
    expect(await quiet.run(chat)).toEqual({ again: later(100) })
    expect(await heard()).toEqual(['answer'])
    at = later(100)
    await quiet.run(chat)
    expect(await heard()).toEqual(['answer', 'late', 'interrupted'])
    expect(await stored('interrupted')).toMatchObject({ interrupted: 1 })
  })
})

describe('pace', () => {
  test('a chat that has had its burst is looked at again when its rate allows', async () => {
    const rates = { webchat: { overall: { perSecond: 30, burst: 30 }, chat: { perSecond: 1, burst: 2 } } }
    for (const key of ['a', 'b', 'c']) await queue(key)
    const one = sender({ rates })
    const { again } = await one.run(chat)
    expect(await heard()).toEqual(['a', 'b'])
    expect(again).toEqual(later(1))
    at = later(1)
    expect(await one.run(chat)).toEqual({})
    expect(await heard()).toEqual(['a', 'b', 'c'])
  })
})

test('the wait after a failure grows, is bounded, and never falls below what the platform asks', () => {
  for (const random of [() => 0, () => 0.999]) {
    for (let attempts = 0; attempts < 40; attempts++) {
      const wait = backoff(new ChannelError('unreachable'), attempts, random)
      expect(wait).toBeGreaterThanOrEqual(500)
      expect(wait).toBeLessThanOrEqual(60_000)
      expect(backoff(new ChannelError('throttled', { retryAfterMs: 3000 }), attempts, random)).toBeGreaterThanOrEqual(
        3000,
      )
    }
  }
  expect(backoff(new ChannelError('misconfigured'), 0, () => 0)).toBe(15_000)
  expect(backoff(new ChannelError('blocked'), 0, () => 0)).toBeUndefined()
  expect(backoff(new ChannelError('rejected'), 0, () => 0)).toBeUndefined()
})
