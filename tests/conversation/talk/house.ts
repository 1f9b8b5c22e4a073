import { onTestFinished } from 'vitest'
import { createLog } from '../../../src/config/log.ts'
import type { Facts } from '../../../src/conversation/facts.ts'
import { BAG_TIMING } from '../../../src/conversation/talk/bag.ts'
import { createTalk } from '../../../src/conversation/talk/talk.ts'
import { namedFiles } from '../../../src/conversation/talk/turn-input.ts'
import { createInbox } from '../../../src/models/chat/inbox.ts'
import type { Inbound, InboundBody } from '../../../src/models/chat/message.ts'
import type { Session } from '../../../src/models/chat/session.ts'
import type { FileState, Turn } from '../../../src/models/chat/turn.ts'
import { createTurns } from '../../../src/models/chat/turns.ts'
import { createDelivery, isQueuedIn } from '../../../src/models/notice/deliveries.ts'
import type { Ending } from '../../../src/models/notice/deliveries.ts'
import { deliveryRows } from '../../../src/models/notice/kept.ts'
import type { Database } from '../../../src/models/store/connect.ts'
import { ensureIndexes } from '../../../src/models/store/indexes.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

const log = createLog('silent')

/** A house in which chats are answered: its clock, its stores, and what the platform was given. */
export async function house(given?: Database) {
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
export const text = (said: string): InboundBody => ({ kind: 'text', text: said })
export const file: InboundBody = { kind: 'files', files: [{ kind: 'photo', ref: 'r' }] }
