import { afterEach, expect, onTestFinished, test } from 'vitest'
import { createLog } from '../../../src/config/log.ts'
import type { Facts } from '../../../src/conversation/facts.ts'
import { BAG_TIMING } from '../../../src/conversation/talk/bag.ts'
import { createTalk } from '../../../src/conversation/talk/talk.ts'
import { namedFiles } from '../../../src/conversation/talk/turn-input.ts'
import { createInbox, inboxModel } from '../../../src/models/chat/inbox.ts'
import type { Inbound, InboundBody } from '../../../src/models/chat/message.ts'
import type { Session } from '../../../src/models/chat/session.ts'
import type { FileState, Turn } from '../../../src/models/chat/turn.ts'
import { createTurns, turnModel } from '../../../src/models/chat/turns.ts'
import { createDelivery, isQueuedIn } from '../../../src/models/notice/deliveries.ts'
import type { Ending } from '../../../src/models/notice/deliveries.ts'
import { deliveryRows } from '../../../src/models/notice/kept.ts'
import type { Database } from '../../../src/models/store/connect.ts'
import { armFailpoints } from '../../../src/models/store/failpoint.ts'
import { ensureIndexes } from '../../../src/models/store/indexes.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

afterEach(() => armFailpoints(undefined))

const log = createLog('silent')

/** A house in which chats are answered: its clock, its stores, and what the platform was given. */
async function house(given?: Database) {
  const clock = { at: new Date('2026-12-07T01:00:00Z') }
  const now = () => clock.at
  const database = await testDatabase(given)
  await ensureIndexes(database)
  const context = { database, sealer: testSealer(), now, log }
  const inbox = createInbox(context)
  /** What went out, in its order; `refuse` says how the next attempts end instead. */
  const sent: string[] = []
  const refuse: (Ending | undefined)[] = []
  const dead = new Set<string>()
  const states = new Map<string, FileState>()
  const rechecked: string[] = []
  const aside = new Set<string>()
  const hinted: string[] = []

  /** A process that answers with a count of turns and what it heard, and says one thing more. */
  function process(name: string, { broken = { advance: false, keep: false } } = {}) {
    const turns = createTurns(context)
    const own = createInbox(context)
    const decisions: string[] = []
    const heard = (turn: Turn): string =>
      turn.kind === 'text' ? turn.text : turn.kind === 'files' ? `${turn.files.length} files` : turn.kind
    const talk = createTalk({
      inbox: own,
      turns,
      life: { self: name, isAlive: async (other) => !dead.has(other) },
      filesOf: async (messages) =>
        messages.flatMap(namedFiles).map(({ id }) => ({ id, state: states.get(id) ?? 'waiting' })),
      facts: async () => ({}) as Facts,
      advance(session: Session | null, turn) {
        if (broken.advance) throw new Error('this text cannot be answered')
        decisions.push(turn.id)
        const count = Number(session?.answers['count'] ?? 0) + 1
        return {
          session: {
            flow: 'echo',
            version: 1,
            step: 'any',
            answers: { count },
            memory: {},
            waitingSince: turn.closedAt,
            rev: count,
          },
          effects: [
            { kind: 'say', text: `${count}: ${heard(turn)}` },
            { kind: 'say', text: 'next' },
          ],
        }
      },
      async perform(effect, { key, turn }) {
        if (effect.kind === 'say') await talk.say({ key, chat: turn.chat, text: effect.text, subject: {} })
      },
      takenOver: async (chat) => aside.has(chat),
      isQueuedIn: (chat) => isQueuedIn(context, chat),
      async sayNow({ text, key }) {
        if (dead.has(name)) return undefined
        const ending = refuse.shift()
        if (ending) return ending
        sent.push(text)
        return { state: 'sent', platform: { channel: 'telegram', id: key } }
      },
      async keepSaid(message, ending) {
        if (broken.keep) throw new Error('the store is away')
        return createDelivery(context, message, ending)
      },
      hintSend: (chat) => void hinted.push(chat),
      recheckFiles: async (files) => void rechecked.push(...files),
      timing: BAG_TIMING,
      now,
      log,
    })
    onTestFinished(() => talk.stop())
    return { talk, turns, decisions, inbox: own }
  }
  let order = 0
  const inbound = (body: InboundBody, platformId = `m${++order}`): Inbound => ({
    platformId,
    from: { channel: 'telegram', id: '7' },
    account: 'bot',
    order,
    at: now(),
    body,
  })
  /** Texts of the chat's rows in their order, each with how it stands. */
  async function said(): Promise<string[]> {
    const rows = await deliveryRows(database).find({ chat: 'chat' }).sort({ n: 1 }).toArray()
    const text = (sealed: unknown): string =>
      context.sealer.openText(Buffer.from((sealed as { buffer: Buffer }).buffer))
    return rows.map(({ text: sealed, state, interrupted }) => `${text(sealed)} ${interrupted ? 'interrupted' : state}`)
  }
  const answers = async (): Promise<string[]> =>
    (await said()).filter((one) => !one.startsWith('next')).map((one) => one.replace(/ \w+$/, ''))
  const count = async () => (await process('reader').turns.latest('chat')).session?.answers['count']
  return {
    database,
    context,
    clock,
    inbox,
    process,
    sent,
    refuse,
    dead,
    states,
    rechecked,
    aside,
    hinted,
    inbound,
    said,
    answers,
    count,
  }
}
const text = (said: string): InboundBody => ({ kind: 'text', text: said })
const file: InboundBody = { kind: 'files', files: [{ kind: 'photo', ref: 'r' }] }

test('messages become turns in the channel order, whatever order they were stored in, and answers go out at once', async () => {
  const world = await house()
  const { talk } = world.process('a')
  const [one, two] = [world.inbound(text('one')), world.inbound(text('two'))]
  await world.inbox.accept('chat', two)
  await world.inbox.accept('chat', one)
  await talk.wake('chat')
  expect(world.sent).toEqual(['1: one', 'next', '2: two', 'next'])
  expect(await world.said()).toEqual(['1: one sent', 'next sent', '2: two sent', 'next sent'])
})

test('the same message twice is one turn, whoever hands it over again', async () => {
  const world = await house()
  const { talk } = world.process('a')
  const message = world.inbound(text('one'))
  const { fresh } = await world.inbox.accept('chat', message)
  await talk.take('chat', [fresh!])
  expect((await world.inbox.accept('chat', message)).fresh).toBeUndefined()
  await talk.wake('chat')
  await talk.take('chat', [fresh!])
  await world.process('b').talk.take('chat', [fresh!])
  expect(world.sent).toEqual(['1: one', 'next'])
})

test('a placeholder is no turn until its content comes under the same id', async () => {
  const world = await house()
  const { talk } = world.process('a')
  await world.inbox.accept('chat', world.inbound({ kind: 'placeholder' }, 'p1'))
  await talk.wake('chat')
  expect(world.sent).toEqual([])
  const { fresh } = await world.inbox.accept('chat', world.inbound(text('late'), 'p1'))
  await talk.take('chat', [fresh!])
  expect(world.sent).toEqual(['1: late', 'next'])
})

test('files that arrive together are one turn, which waits at most ten seconds for downloads', async () => {
  const world = await house()
  const { talk, turns } = world.process('a')
  const stored = await world.inbox.accept('chat', world.inbound(file))
  const waiting = await world.inbox.accept('chat', world.inbound(file))
  world.states.set(`${stored.id}-0`, 'stored')
  await talk.wake('chat')
  world.clock.at = new Date('2026-12-07T01:00:02Z')
  await talk.wake('chat')
  // its messages are fixed now: what comes later is another turn
  expect(await turnModel(world.database).findById('chat.1').lean()).toMatchObject({
    state: 'open',
    messages: [stored.id, waiting.id],
  })
  await world.inbox.accept('chat', world.inbound(text('behind')))
  await talk.wake('chat')
  expect(world.sent).toEqual([])
  world.clock.at = new Date('2026-12-07T01:00:12Z')
  await talk.wake('chat')
  expect(world.sent).toEqual(['1: 2 files', 'next', '2: behind', 'next'])
  expect(world.rechecked).toEqual([`${waiting.id}-0`])
  expect(await turns.awaitingFile(`${waiting.id}-0`)).toMatchObject({ chat: 'chat' })
})

test('a bag whose files are all there is one write, and one that a killed process had open is closed by the next', async () => {
  const world = await house()
  const { id } = await world.inbox.accept('chat', world.inbound(file))
  world.clock.at = new Date('2026-12-07T01:00:02Z')
  await world.process('a').talk.wake('chat')
  expect(await turnModel(world.database).findById('chat.1').lean()).toMatchObject({ state: 'open' })
  world.dead.add('a')
  world.states.set(`${id}-0`, 'stored')
  await world.process('b').talk.resume('chat')
  expect(world.sent).toEqual(['1: 1 files', 'next'])
  const { id: second } = await world.inbox.accept('chat', world.inbound(file))
  world.states.set(`${second}-0`, 'stored')
  world.clock.at = new Date('2026-12-07T01:00:10Z')
  const inserted: string[] = []
  armFailpoints((name, moment) => void (moment === 'after' && inserted.push(name)))
  await world.process('b').talk.wake('chat')
  expect(inserted.filter((name) => name.startsWith('turn.'))).toEqual(['turn.insert'])
})

test('while an operator answers, turns are recorded and not answered, and the conversation stays where it was', async () => {
  const world = await house()
  const { talk } = world.process('a')
  await world.inbox.accept('chat', world.inbound(text('one')))
  await talk.wake('chat')
  world.aside.add('chat')
  await world.inbox.accept('chat', world.inbound(text('for a person')))
  await world.inbox.accept('chat', world.inbound(file))
  await talk.wake('chat')
  world.clock.at = new Date(world.clock.at.getTime() + 2000)
  await talk.wake('chat')
  expect(world.sent).toEqual(['1: one', 'next'])
  expect(await world.count()).toBe(1)
  // what the service has to tell is told all the same
  await world.inbox.tell('chat', 'news', { event: 'approved' })
  await talk.wake('chat')
  world.aside.clear()
  await world.inbox.accept('chat', world.inbound(text('two')))
  await talk.wake('chat')
  expect(await world.answers()).toEqual(['1: one', '2: system', '3: two'])
})

test('many processes in one chat at once decide each message once, and their answers stand in its order', async () => {
  const world = await house()
  const everybody = Array.from({ length: 5 }, (_, i) => world.process(`p${i}`).talk)
  for (let i = 0; i < 10; i++) {
    const { fresh } = await world.inbox.accept('chat', world.inbound(text(`m${i}`)))
    await Promise.all([everybody[i % 5]!.take('chat', [fresh!]), ...everybody.map((talk) => talk.wake('chat'))])
  }
  // whoever found another at work comes back in a moment
  await expect.poll(() => world.answers()).toEqual(Array.from({ length: 10 }, (_, i) => `${i + 1}: m${i}`))
  expect(world.sent).toHaveLength(20)
  const turns = await turnModel(world.database).find({ chat: 'chat' }).sort({ n: 1 }).lean()
  expect(turns.map(({ n }) => n)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1))
  expect(new Set(turns.flatMap(({ messages }) => messages)).size).toBe(10)
})

test('what does not go out is queued as it ended, and holds back what is behind it', async () => {
  const world = await house()
  const { talk } = world.process('a')
  const retryAt = new Date(world.clock.at.getTime() + 5_000)
  world.refuse.push({ state: 'queued', failure: 'throttled', retryAt })
  await world.inbox.accept('chat', world.inbound(text('one')))
  await world.inbox.accept('chat', world.inbound(text('two')))
  await talk.wake('chat')
  expect(world.sent).toEqual([])
  expect(await world.said()).toEqual(['1: one queued', 'next queued', '2: two queued', 'next queued'])
  expect(world.hinted).toEqual(['chat', 'chat'])
})

test('nothing is said directly past what stands in the queue, nor by a process whose sign of life is over', async () => {
  const world = await house()
  const { talk } = world.process('a')
  await createDelivery(world.context, { key: 'notice', chat: 'chat', text: 'a notice', subject: {} })
  await world.inbox.accept('chat', world.inbound(text('one')))
  await talk.wake('chat')
  expect(await world.said()).toEqual(['a notice queued', '1: one queued', 'next queued'])
  await deliveryRows(world.database).updateMany({}, { $set: { state: 'sent' }, $unset: { nextAttemptAt: 1 } })
  world.dead.add('a')
  await world.inbox.accept('chat', world.inbound(text('two')))
  await talk.wake('chat')
  expect(world.sent).toEqual([])
  expect((await world.said()).slice(3)).toEqual(['2: two queued', 'next queued'])
})

test('what a killed process had begun to say is left to it while its sign holds, and counted as interrupted after', async () => {
  const world = await house()
  armFailpoints((name, moment) => {
    if (name === 'delivery.create' && moment === 'before') throw new Error('killed here')
  })
  await world.inbox.accept('chat', world.inbound(text('one')))
  await world.process('a').talk.wake('chat')
  armFailpoints(undefined)
  expect(world.sent).toEqual(['1: one'])
  const { talk } = world.process('b')
  await talk.wake('chat')
  expect(await world.said()).toEqual([])
  world.dead.add('a')
  world.clock.at = new Date(world.clock.at.getTime() + 60_000)
  await talk.resume('chat')
  expect(await world.said()).toEqual(['1: one interrupted', 'next interrupted'])
})

test('what cannot be decided comes again later each time, and nothing behind it goes first', async () => {
  const world = await house()
  const broken = { advance: true, keep: false }
  const { talk } = world.process('a', { broken })
  await world.inbox.accept('chat', world.inbound(text('one')))
  await talk.wake('chat')
  await world.inbox.accept('chat', world.inbound(text('two')))
  broken.advance = false
  await talk.wake('chat')
  expect(world.sent).toEqual([])
  expect(await world.inbox.forgottenChats(new Date(world.clock.at.getTime() + 1), 10)).toEqual(['chat'])
  world.clock.at = new Date(world.clock.at.getTime() + 500)
  await talk.wake('chat')
  expect(world.sent).toEqual(['1: one', 'next', '2: two', 'next'])
})

test('a bag that cannot be decided comes again later each time, too, and so does a turn that cannot be performed', async () => {
  const world = await house()
  const broken = { advance: true, keep: false }
  const { talk, turns } = world.process('a', { broken })
  const { id } = await world.inbox.accept('chat', world.inbound(file))
  world.clock.at = new Date(world.clock.at.getTime() + 2_000)
  await talk.wake('chat')
  world.states.set(`${id}-0`, 'stored')
  const attempts = async () => (await turnModel(world.database).findById('chat.1').lean())?.attempts
  await talk.wake('chat')
  expect(await attempts()).toBe(1)
  // its time has not come: whoever wakes it does nothing
  await talk.wake('chat')
  expect(await attempts()).toBe(1)
  world.clock.at = new Date(world.clock.at.getTime() + 60_000)
  Object.assign(broken, { advance: false, keep: true })
  expect(await turns.overdue(10)).toMatchObject([{ _id: 'chat.1', latest: true }])
  await talk.resume('chat')
  expect([await attempts(), await world.said()]).toEqual([2, []])
  broken.keep = false
  await talk.wake('chat')
  expect(await world.said()).toEqual([])
  world.clock.at = new Date(world.clock.at.getTime() + 60_000)
  await talk.resume('chat')
  expect(await world.said()).toEqual(['1: 1 files interrupted', 'next interrupted'])
})

test('while effects of a turn have failed no other turn is built on it, though something has come meanwhile', async () => {
  const world = await house()
  const broken = { advance: false, keep: true }
  const { talk, turns } = world.process('a', { broken })
  await world.inbox.accept('chat', world.inbound(text('one')))
  // a file of an earlier turn settles: its event stands before all that waits, and the chat is to be looked at soon
  let told: Promise<unknown> | undefined
  armFailpoints((name, moment) => {
    if (told || name !== 'turn.insert' || moment !== 'after') return
    told = world.inbox.tell('chat', 'news', { event: 'approved' })
    void talk.wake('chat', 1)
  })
  await talk.wake('chat')
  await told
  broken.keep = false
  await talk.wake('chat')
  world.clock.at = new Date(world.clock.at.getTime() + 60_000)
  await talk.wake('chat')
  expect(await world.answers()).toEqual(['1: one', '2: system'])
  await turns.flush()
  expect(await turns.overdue(10)).toEqual([])
})

test('a message whose mark was lost is marked when its chat is looked at again, and is answered no second time', async () => {
  const world = await house()
  const { id } = await world.inbox.accept('chat', world.inbound(text('one')))
  const killed = world.process('killed')
  await killed.talk.wake('chat')
  await killed.talk.stop()
  await inboxModel(world.database).updateOne({ _id: id }, { $set: { state: 'new' } })
  const next = world.process('next')
  await next.talk.wake('chat')
  await next.talk.stop()
  expect(world.sent).toEqual(['1: one', 'next'])
  expect((await inboxModel(world.database).findById(id).lean())?.state).toBe('turned')
})

test('of a great many messages none is answered before those that stand before it', async () => {
  const world = await house()
  const { talk } = world.process('a')
  for (let i = 0; i < 230; i++) await world.inbox.accept('chat', world.inbound(text(`w${i}`)))
  const { fresh } = await world.inbox.accept('chat', world.inbound(text('latest')))
  await talk.take('chat', [fresh!])
  const answers = world.sent.filter((one) => one !== 'next')
  expect(answers).toHaveLength(231)
  expect(answers.map((one) => one.replace(/^\d+: /, ''))).toEqual([
    ...Array.from({ length: 230 }, (_, i) => `w${i}`),
    'latest',
  ])
})

test('a crash before or after any write loses nothing, repeats nothing that is not counted, and keeps the order', async () => {
  const names = new Set<string>()
  let world: Awaited<ReturnType<typeof house>> | undefined
  for (let stop = 1; ; stop++) {
    world = await house(world?.database)
    const [one, two] = [world.inbound(text('one')), world.inbound(text('two'))]
    for (const message of [one, two]) await world.inbox.accept('chat', message)
    let hits = 0
    armFailpoints((name, moment) => {
      names.add(`${name} ${moment}`)
      if (++hits >= stop) throw new Error('stopped here')
    })
    const killed = world.process('killed')
    await killed.talk.wake('chat')
    await killed.talk.stop()
    armFailpoints(undefined)
    const finished = hits < stop
    world.dead.add('killed')
    world.clock.at = new Date(world.clock.at.getTime() + 60_000)
    const next = world.process('next')
    await next.talk.wake('chat')
    for (const { _id, latest } of await next.turns.overdue(10)) {
      if (latest) await next.talk.resume('chat')
      else next.turns.done(_id)
    }
    await next.talk.stop()
    expect(await world.answers()).toEqual(['1: one', '2: two'])
    expect((await world.said()).map((one) => one.replace(/ \w+$/, ''))).toEqual(['1: one', 'next', '2: two', 'next'])
    // what is queued goes out yet: where it has gone out already it is counted as interrupted
    const queued = (await world.said())
      .filter((one) => one.endsWith(' queued'))
      .map((one) => one.replace(' queued', ''))
    expect(world.sent.filter((one) => one !== 'next' && queued.includes(one))).toEqual([])
    expect(await world.count()).toBe(2)
    expect(await world.inbox.waiting('chat')).toEqual({ messages: [], cut: false })
    expect(await turnModel(world.database).countDocuments({ state: { $ne: 'done' } })).toBe(0)
    if (finished) break
  }
  expect([...names].sort()).toEqual(
    ['turn.insert', 'delivery.create', 'inbox.turned', 'turn.done']
      .flatMap((name) => [`${name} after`, `${name} before`])
      .sort(),
  )
})
