import { afterEach, beforeEach, expect, test } from 'vitest'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import type { FailpointMoment } from '../../src/models/store/failpoint.ts'
import { appraisalModel, createAppraisals } from '../../src/models/application/appraisals.ts'
import { chats } from '../../src/models/chat/kept.ts'
import { deliveries } from '../../src/models/notice/kept.ts'
import { inboxModel } from '../../src/models/chat/inbox.ts'
import { noticeGroups } from '../../src/models/notice/groups.ts'
import { pleas } from '../../src/models/plea/pleas.ts'
import { formerSessions } from '../../src/models/chat/former-sessions.ts'
import { views } from '../../src/models/operator/views.ts'
import { turnModel } from '../../src/models/chat/turns.ts'
import { webchatMessagesModel } from '../../src/models/chat/webchat.ts'
import { shareOf } from '../support/share.ts'
import { PERSON, purgeWorld, START } from './purge-world.ts'
import type { World } from './purge-world.ts'

let world: World
beforeEach(async () => {
  world = await purgeWorld()
})
afterEach(() => armFailpoints(undefined))

/** One of everything that a purge after 100 days has to do. */
async function fill(): Promise<void> {
  const shared = await world.storeFile('file-shared')
  await world.apply('ended', 'received', { files: [await world.storeFile('file-ended'), shared] })
  await world.apply('ended-too', 'rejected', { files: [shared] })
  await world.apply('waiting', 'returned', { files: [await world.storeFile('file-waiting')] })
  await world.draft('draft', [await world.storeFile('file-draft')])
  await world.storeFile('file-unmatched')
  await say('old')
}

async function say(name: string): Promise<void> {
  const sealed = () => world.sealer.sealJson({ text: `Anak ${PERSON}` })
  const { database } = world
  const at = world.now()
  const inbox = { chat: 'c', channel: 'webchat', kind: 'text', order: 1, at, receivedAt: at, files: 0 } as const
  await inboxModel(database).create({ ...inbox, _id: `${name}-message`, state: 'turned', body: sealed() })
  const turn = { messages: [], openedAt: at, closedAt: at, attempts: 0, nextAttemptAt: at, state: 'done' as const }
  const content = () => ({ decided: sealed(), session: sealed() })
  await turnModel(database).insertMany([
    { ...turn, ...content(), _id: `${name}.1`, chat: name, n: 1 },
    { ...turn, ...content(), _id: `${name}.2`, chat: name, n: 2 },
    // a bag that waits for its files: where the chat is stands in the turn before it
    { ...turn, ...content(), _id: `${name}-bag.1`, chat: `${name}-bag`, n: 1 },
    { ...turn, _id: `${name}-bag.2`, chat: `${name}-bag`, n: 2, state: 'open' },
  ])
  await formerSessions(database).create({ _id: name, session: sealed(), updatedAt: at })
  const delivery = {
    subject: {},
    notice: false,
    notBefore: at,
    attempts: 1,
    interrupted: 0,
    chosenId: 'x',
    createdAt: at,
  }
  const off = { failure: 'misconfigured', nextAttemptAt: at } as const
  const lease = { token: 't', until: at }
  await deliveries(database).insertMany([
    { ...delivery, _id: `${name}/sent`, chat: name, n: 1, state: 'read', text: sealed(), choices: sealed() } as const,
    { ...delivery, _id: `${name}/parked`, chat: name, n: 2, state: 'queued', parked: true, text: sealed() } as const,
    // its channel is off for good; the other was cut off while it was sent, and then the channel was switched off
    { ...delivery, _id: `${name}/off`, chat: name, n: 3, state: 'queued', ...off, text: sealed() } as const,
    { ...delivery, _id: `${name}/cut`, chat: name, n: 4, state: 'sending', lease, ...off, text: sealed() } as const,
  ])
  const { address, text, outcome } = { address: sealed(), text: sealed(), outcome: sealed() }
  const chat = { channel: 'webchat' as const, account: 'a', address, notices: true, lastInboundAt: at, createdAt: at }
  await chats(database).insertMany([
    { ...chat, _id: `${name}-stranger` },
    { ...chat, _id: `${name}-coordinator`, coordinator: 'coordinator-a', address: world.sealer.seal('kept') },
  ])
  const plea = { kind: 'complaint' as const, chat: name, files: [], at, text }
  await pleas(database).create({ ...plea, _id: `${name}-plea`, number: name, state: 'closed', closedAt: at, outcome })
  const group = { chat: name, npsn: '69900001', closesAt: at, keys: [name], members: [] }
  await noticeGroups(database).create({ ...group, _id: `${name}-group`, state: 'done', doneAt: at })
  const ref = `webchat-${name}`
  await world.blobs.put(ref, Buffer.from('upload'))
  const row = { chat: name, seq: 1, from: 'person' as const, at, body: sealed(), refs: [ref] }
  await webchatMessagesModel(database).create({ ...row, _id: `${name}-webchat` })
}

test('what was said is emptied after 30 days; rows stay, so that a message is still known', async () => {
  await say('old')
  world.goTo(20)
  await say('new')
  const { database } = world
  world.goTo(29)
  await world.purge().run()
  expect((await inboxModel(database).findById('old-message').lean())?.body).toBeDefined()
  world.goTo(30)
  expect(await world.purge().run()).toMatchObject({ messages: 12, failed: 0 })
  expect(await inboxModel(database).findById('old-message').lean()).toMatchObject({ state: 'turned', chat: 'c' })
  expect(await inboxModel(database).findById('old-message').lean()).not.toHaveProperty('body')
  expect(await turnModel(database).findById('old.1').lean()).toMatchObject({ n: 1, state: 'done' })
  expect(await turnModel(database).findById('old.1').lean()).not.toHaveProperty('decided')
  expect(await deliveries(database).findById('old/sent').lean()).toMatchObject({ n: 1, state: 'read' })
  for (const id of ['old/parked', 'old/off', 'old/cut']) {
    expect(await deliveries(database).findById(id).lean()).toMatchObject({ state: 'failed', reason: 'given-up' })
  }
  for (const id of ['old/sent', 'old/parked', 'old/off', 'old/cut']) {
    expect(await deliveries(database).findById(id).lean()).not.toHaveProperty('text')
  }
  expect(await deliveries(database).findById('new/off').lean()).toMatchObject({ state: 'queued' })
  expect(await pleas(database).findById('old-plea').lean()).toMatchObject({ number: 'old', state: 'closed' })
  expect(await pleas(database).findById('old-plea').lean()).not.toHaveProperty('outcome')
  expect(await noticeGroups(database).distinct('_id')).toEqual(['new-group'])
  expect((await chats(database).distinct('_id')).toSorted()).toEqual([
    'new-coordinator',
    'new-stranger',
    'old-coordinator',
  ])
  expect(await webchatMessagesModel(database).find().distinct('_id')).toEqual(['new-webchat'])
  expect(await world.kept()).toEqual(['webchat-new'])
  expect((await inboxModel(database).findById('new-message').lean())?.body).toBeDefined()
  expect((await deliveries(database).findById('new/parked').lean())?.text).toBeDefined()
})

test('where a chat was goes with its next turn, where it is lives as long as a draft', async () => {
  await say('old')
  const { database } = world
  const known = async () => turnModel(database).distinct('_id', { session: { $type: 'binData' } })
  await world.purge().run()
  expect(await known()).toEqual(['old-bag.1', 'old.2'])
  world.goTo(13)
  await world.purge().run()
  expect(await known()).toEqual(['old-bag.1', 'old.2'])
  expect((await formerSessions(database).findById('old').lean())?.session).toBeDefined()
  world.goTo(14)
  await world.purge().run()
  expect(await known()).toEqual([])
  expect(await turnModel(database).findById('old.2').lean()).toMatchObject({ n: 2, state: 'done', session: null })
  expect(await formerSessions(database).findById('old').lean()).toEqual({ _id: 'old', updatedAt: START })
})

test('messages that are still being worked on keep their content', async () => {
  await say('old')
  const { database } = world
  await inboxModel(database).updateMany({}, { $set: { state: 'new' } })
  await turnModel(database).updateMany({}, { $set: { state: 'decided' } })
  await deliveries(database).updateMany({}, { $set: { state: 'queued' }, $unset: { parked: 1, failure: 1 } })
  world.goTo(200)
  await world.purge().run()
  expect((await inboxModel(database).findById('old-message').lean())?.body).toBeDefined()
  expect((await turnModel(database).findById('old.1').lean())?.decided).toBeDefined()
  expect((await deliveries(database).findById('old/sent').lean())?.text).toBeDefined()
})

/** The same days in the same order; what is left of everybody after each, as text without the times of writing. */
const DAYS = [100, 104, 140, 170, 200] as const
async function* days(run: () => Promise<unknown>): AsyncGenerator<string> {
  for (const day of DAYS) {
    world.goTo(day)
    await run()
    const reminded = new Set(world.reminders.map(({ key }) => key))
    yield [await world.everything(), ...(await world.kept()), ...reminded].join('\n')
  }
}

test('killed before or after any write, the next runs end where an undisturbed one does', async () => {
  const seen = new Set<string>()
  await fill()
  armFailpoints((name) => void seen.add(name))
  const undisturbed = await Array.fromAsync(days(() => world.purge().run()))
  armFailpoints(undefined)
  expect(undisturbed.at(-1)).not.toContain(PERSON)
  expect(await world.kept()).toEqual([])
  expect(world.reminders).toHaveLength(3)
  expect(seen.size).toBeGreaterThan(10)

  for (const [failpoint, moment] of shareOf(killsAt(seen), 0)) {
    world = await purgeWorld(world)
    await fill()
    let died = false
    let daysSince = 0
    const left: string[] = []
    for await (const day of days(async () => {
      died ||= await killedAt(failpoint, moment)
      await world.purge().run()
    })) {
      left.push(day)
      // what is the same on that day and the next goes the same way from there on
      if (died && (daysSince += 1) === 2) break
    }
    expect(died, `${moment} ${failpoint}`).toBe(true)
    expect(left, `${moment} ${failpoint}`).toEqual(undisturbed.slice(0, left.length))
  }
}, 240_000)

/** Before and after each of them. */
const killsAt = (failpoints: ReadonlySet<string>) =>
  [...failpoints].flatMap((failpoint) => (['before', 'after'] as const).map((moment) => [failpoint, moment] as const))

test('killed over an application without documents, the next run finishes what lies about it elsewhere', async () => {
  const seen = new Set<string>()
  async function bare(): Promise<void> {
    await world.apply('bare', 'cancelled')
    await createAppraisals(world).mark('bare')
    const view = { application: 'bare', operator: 'operator-a', at: START, what: 'nik', how: 'view' } as const
    await views(world.database).create({ ...view, _id: 'view-bare', reason: world.sealer.seal(`wali ${PERSON}`) })
    world.goTo(30)
  }
  await bare()
  armFailpoints((name) => void seen.add(name))
  await world.purge().run()
  armFailpoints(undefined)
  const undisturbed = await world.everything()
  expect(undisturbed).not.toContain(PERSON)
  expect(await appraisalModel(world.database).countDocuments()).toBe(0)

  for (const [failpoint, moment] of killsAt(seen)) {
    world = await purgeWorld(world)
    await bare()
    expect(await killedAt(failpoint, moment), `${moment} ${failpoint}`).toBe(true)
    await world.purge().run()
    expect(await world.everything(), `${moment} ${failpoint}`).toBe(undisturbed)
  }
})

/** A run that does nothing more from the failpoint on; true when it came there. */
async function killedAt(failpoint: string, moment: FailpointMoment): Promise<boolean> {
  let dead = false
  armFailpoints((name, at) => {
    if (name === failpoint && at === moment) dead = true
    if (dead) throw new Error('killed')
  })
  await world.purge().run()
  armFailpoints(undefined)
  return dead
}

test('several processes at once do it once', async () => {
  await fill()
  const left = await Array.fromAsync(
    days(() => Promise.all([world.purge().run(), world.purge().run(), world.purge().run()])),
  )
  expect(left.at(-1)).not.toContain(PERSON)
  expect(await world.kept()).toEqual([])
  const waiting = await world.found('waiting')
  expect(waiting?.history.map((entry) => entry.action)).toEqual([
    'submit',
    'return',
    'remind',
    'remind',
    'cancel',
    'purge',
  ])
  expect(new Set(world.reminders.map((reminder) => reminder.key)).size).toBe(3)
})

test('a second run on the same day changes nothing', async () => {
  await fill()
  world.goTo(100)
  await world.purge().run()
  const once = await world.everything()
  expect(await world.purge().run()).toMatchObject({ reminded: 0, applications: 0, files: 0, messages: 0, failed: 0 })
  expect(await world.everything()).toBe(once)
})
