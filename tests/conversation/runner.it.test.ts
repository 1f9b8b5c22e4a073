import { afterEach, expect, test } from 'vitest'
import { createRunner, namedFiles } from '../../src/conversation/runner.ts'
import type { Facts } from '../../src/conversation/facts.ts'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import type { Inbound, InboundBody } from '../../src/models/chat/message.ts'
import type { Database } from '../../src/models/store/connect.ts'
import { createInbox } from '../../src/models/chat/inbox.ts'
import { createSessions } from '../../src/models/chat/sessions.ts'
import { createTurns } from '../../src/models/chat/turns.ts'
import type { FileState, Turn } from '../../src/models/chat/turn.ts'
import type { Session } from '../../src/models/chat/session.ts'
import { createLog } from '../../src/config/log.ts'
import { BAG_TIMING } from '../../src/queue/bag.ts'
import { createMailbox } from '../../src/queue/mailbox.ts'
import { testDatabase, testSealer } from '../support/stores.ts'

afterEach(() => armFailpoints(undefined))

/** A chat whose conversation repeats what it hears and counts its turns in the session. */
async function echo(given?: Database) {
  const clock = { at: new Date('2026-12-07T01:00:00Z') }
  const now = () => clock.at
  const database = await testDatabase(given)
  const context = { database, sealer: testSealer(), now }
  const inbox = createInbox(context)
  const turns = createTurns(context)
  const sessions = createSessions(context)
  const said = new Map<string, string>()
  const decisions: string[] = []
  const states = new Map<string, FileState>()
  const rechecked: string[] = []
  const aside = new Set<string>()
  const heard = (turn: Turn): string =>
    turn.kind === 'text' ? turn.text : turn.kind === 'files' ? `${turn.files.length} files` : turn.kind
  const runTurn = createRunner({
    inbox,
    turns,
    sessions,
    filesOf: async (messages) =>
      messages.flatMap(namedFiles).map(({ id }) => ({ id, state: states.get(id) ?? 'waiting' })),
    facts: async () => ({}) as Facts,
    advance(session: Session | null, turn) {
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
    async perform(effect, { key }) {
      if (effect.kind === 'say' && !said.has(key)) said.set(key, effect.text)
    },
    takenOver: async (chat) => aside.has(chat),
    recheckFiles: async (files) => void rechecked.push(...files),
    downloadPatience: BAG_TIMING.downloads,
    now,
  })
  const mailbox = createMailbox({
    inbox,
    turns,
    runTurn,
    ordered: () => true,
    timing: BAG_TIMING,
    now,
    log: createLog('silent'),
  })
  let order = 0
  const inbound = (body: InboundBody, platformId = `m${++order}`): Inbound => ({
    platformId,
    from: { channel: 'telegram', id: '7' },
    account: 'bot',
    order,
    at: now(),
    body,
  })
  return { database, clock, inbox, turns, sessions, mailbox, said, decisions, states, rechecked, aside, inbound }
}
const text = (said: string): InboundBody => ({ kind: 'text', text: said })
const file: InboundBody = { kind: 'files', files: [{ kind: 'photo', ref: 'r' }] }

test('messages become turns in the channel order, whatever order they were stored in', async () => {
  const world = await echo()
  const [one, two] = [world.inbound(text('one')), world.inbound(text('two'))]
  await world.inbox.accept('chat', two)
  await world.inbox.accept('chat', one)
  await world.mailbox.run('chat')
  expect([...world.said.values()]).toEqual(['1: one', 'next', '2: two', 'next'])
})

test('the same message twice is one turn', async () => {
  const world = await echo()
  const message = world.inbound(text('one'))
  await world.inbox.accept('chat', message)
  await world.mailbox.run('chat')
  expect(await world.inbox.accept('chat', message)).toMatchObject({ fresh: false })
  await world.mailbox.run('chat')
  expect([...world.said.values()]).toEqual(['1: one', 'next'])
})

test('a placeholder is no turn until its content comes under the same id', async () => {
  const world = await echo()
  await world.inbox.accept('chat', world.inbound({ kind: 'placeholder' }, 'p1'))
  await world.mailbox.run('chat')
  expect(world.said.size).toBe(0)
  expect(await world.inbox.accept('chat', world.inbound(text('late'), 'p1'))).toMatchObject({ fresh: true })
  await world.mailbox.run('chat')
  expect([...world.said.values()]).toEqual(['1: late', 'next'])
})

test('files that arrive together are one turn, which waits at most ten seconds for downloads', async () => {
  const world = await echo()
  const stored = await world.inbox.accept('chat', world.inbound(file))
  const waiting = await world.inbox.accept('chat', world.inbound(file))
  world.states.set(`${stored.id}-0`, 'stored')
  expect(await world.mailbox.run('chat')).toEqual({ again: new Date('2026-12-07T01:00:02Z') })
  world.clock.at = new Date('2026-12-07T01:00:02Z')
  expect(await world.mailbox.run('chat')).toEqual({ again: new Date('2026-12-07T01:00:12Z') })
  expect(world.said.size).toBe(0)
  world.clock.at = new Date('2026-12-07T01:00:12Z')
  expect(await world.mailbox.run('chat')).toEqual({})
  expect([...world.said.values()]).toEqual(['1: 2 files', 'next'])
  expect(world.rechecked).toEqual([`${waiting.id}-0`])
  expect(await world.turns.awaitingFile(`${waiting.id}-0`)).toMatchObject({ chat: 'chat' })
})

test('while an operator answers, turns are recorded and not answered, and the conversation stays where it was', async () => {
  const world = await echo()
  await world.inbox.accept('chat', world.inbound(text('one')))
  await world.mailbox.run('chat')
  world.aside.add('chat')
  await world.inbox.accept('chat', world.inbound(text('for a person')))
  await world.inbox.accept('chat', world.inbound(file))
  await world.mailbox.run('chat')
  world.clock.at = new Date(world.clock.at.getTime() + 2000)
  expect(await world.mailbox.run('chat')).toEqual({})
  expect([...world.said.values()]).toEqual(['1: one', 'next'])
  expect((await world.sessions.load('chat'))?.answers).toEqual({ count: 1 })
  // what the service has to tell is told all the same
  await world.inbox.tell('chat', 'news', { event: 'approved' })
  await world.mailbox.run('chat')
  world.aside.clear()
  await world.inbox.accept('chat', world.inbound(text('two')))
  await world.mailbox.run('chat')
  expect([...world.said.values()].filter((t) => t !== 'next')).toEqual(['1: one', '2: system', '3: two'])
})

test('many runners of one chat at once decide each turn once', async () => {
  const world = await echo()
  for (let i = 0; i < 10; i++) await world.inbox.accept('chat', world.inbound(text(`m${i}`)))
  await Promise.all(Array.from({ length: 6 }, () => world.mailbox.run('chat')))
  expect([...world.said.values()].filter((t) => t !== 'next')).toEqual(
    Array.from({ length: 10 }, (_, i) => `${i + 1}: m${i}`),
  )
})

test('a crash before or after any write loses nothing and repeats nothing', async () => {
  const names = new Set<string>()
  let world: Awaited<ReturnType<typeof echo>> | undefined
  for (let stop = 1; ; stop++) {
    world = await echo(world?.database)
    await world.inbox.accept('chat', world.inbound(text('one')))
    await world.inbox.accept('chat', world.inbound(text('two')))
    let hits = 0
    armFailpoints((name, moment) => {
      names.add(`${name} ${moment}`)
      if (++hits === stop) throw new Error('stopped here')
    })
    await world.mailbox.run('chat').catch(() => undefined)
    armFailpoints(undefined)
    const finished = hits < stop
    world.clock.at = new Date(world.clock.at.getTime() + 60_000)
    await world.mailbox.run('chat')
    expect([...world.said.values()]).toEqual(['1: one', 'next', '2: two', 'next'])
    expect((await world.sessions.load('chat'))?.answers).toEqual({ count: 2 })
    expect(await world.inbox.waiting('chat')).toEqual([])
    if (finished) break
  }
  expect([...names].sort()).toEqual(
    ['turn.open', 'turn.decide', 'session.save', 'inbox.turned', 'turn.done']
      .flatMap((name) => [`${name} after`, `${name} before`])
      .sort(),
  )
})
