import type { CurrentOffice } from '../config/office-settings.ts'
import { eachOf } from '../config/each-of.ts'
import type { Log } from '../config/log.ts'
import { Refusal } from '../models/store/errors.ts'
import { newId } from '../models/store/ids.ts'
import type { Outbound } from '../models/chat/message.ts'
import type { Database } from '../models/store/connect.ts'
import { createDelivery } from '../models/notice/deliveries.ts'
import { wroteSince } from '../models/chat/unanswered.ts'
import { closePlea, createPlea, pleasOfChat } from '../models/plea/pleas.ts'
import {
  beginTakeover,
  endTakeover,
  noteAnswer,
  overdueTakeovers,
  passTakeover,
  settleTakeover,
  takeoverOf,
  unsettledTakeovers,
} from '../models/chat/takeovers.ts'
import type { TakeoverDocument, TakeoverEnd } from '../models/chat/takeovers.ts'
import type { Sealer } from '../models/store/sealing.ts'
import { say } from './texts/texts.ts'

export type TakeoverDeps = {
  database: Database
  sealer: Sealer
  office: CurrentOffice
  now: () => Date
  log: Log
  /** A delivery waits for this chat. */
  send(chat: string): void
  /** Something that consoles show of this chat has changed. */
  publish(chat: string): void
  coordinatorOf(chat: string): Promise<{ id: string; npsn: string } | undefined>
}

export type Takeovers = ReturnType<typeof createTakeovers>

const BATCH = 100
const MINUTE_MS = 60_000

/**
 * Operators answering instead of the bot, on the office's one number. What a chat is in is one row that a conditional
 * write makes and one ends; what follows (telling the coordinator, closing the call for help) has natural keys and is
 * driven on by `sweep` where it was cut off.
 */
export function createTakeovers(deps: TakeoverDeps) {
  const { database, office, now, log } = deps
  const patience = (at: Date): Date => new Date(at.getTime() + office.current().takeover.minutes * MINUTE_MS)

  /**
   * Takes the chat. Again by the same operator: the same takeover. Refusal `conflict` names who has it; `over`: it
   * passes from them, of which the coordinator hears nothing.
   */
  async function take(chat: string, by: string, { over = false } = {}): Promise<TakeoverDocument> {
    for (const overdue of await overdueTakeovers(database, now(), BATCH))
      if (overdue.chat === chat) await expire(overdue)
    const at = now()
    const wanted = { chat, by, at, until: patience(at) }
    if (over && (await passTakeover(database, wanted))) deps.publish(chat)
    else await beginTakeover(database, { id: newId(at.getTime()), ...wanted })
    const held = await takeoverOf(database, chat, at)
    if (!held) throw new Refusal('conflict', 'the takeover has ended', { chat })
    if (held.by !== by) throw new Refusal('conflict', 'another operator answers', { by: held.by })
    if (held.unsettled === 'begin') await settle(held)
    return held
  }

  /**
   * One answer: one delivery under the operator's transaction id, whatever is sent twice. Refusal `conflict` where the
   * operator does not have the chat any more: nothing is sent then.
   */
  async function answer(
    chat: string,
    by: string,
    { text, files, transactionId }: { text: string; files: NonNullable<Outbound['files']>; transactionId: string },
  ): Promise<{ key: string }> {
    const at = now()
    const held = await noteAnswer(database, { chat, by, at, until: patience(at) })
    if (!held) throw new Refusal('conflict', 'this operator does not have the chat', { chat })
    const key = `${held._id}/${transactionId}`
    await createDelivery(deps, { key, chat, text, files, subject: { takeover: held._id, operator: by } })
    deps.send(chat)
    deps.publish(chat)
    return { key }
  }

  /** Gives the chat back to the bot. Refusal `conflict` where the operator does not have it. */
  async function handBack(chat: string, by: string): Promise<void> {
    for (;;) {
      const held = await takeoverOf(database, chat, now())
      if (!held || held.by !== by) throw new Refusal('conflict', 'this operator does not have the chat', { chat })
      // who hands back has said what there was to say, unless nothing was said at all
      if (await end(held, { at: now(), how: 'handed-back', answered: held.answers > 0 })) return
    }
  }

  async function expire(held: TakeoverDocument): Promise<void> {
    const waits = await wroteSince(database, held.chat, held.answeredAt ?? held.at)
    await end(held, { at: now(), how: 'expired', answered: held.answers > 0 && !waits })
  }

  async function end(held: TakeoverDocument, ending: TakeoverEnd): Promise<boolean> {
    if (!(await endTakeover(database, held, ending))) return false
    await settle({ ...held, end: ending, unsettled: 'end' })
    return true
  }

  /** Everything that follows from a beginning or an end; safe to repeat and to run twice at once. */
  async function settle({ _id: id, chat, by, end: ending }: TakeoverDocument): Promise<void> {
    await tell(chat, `${id}/begin`, say(office.current(), 'takeoverBegin'))
    if (ending) {
      await tell(chat, `${id}/end`, say(office.current(), ending.answered ? 'takeoverEnd' : 'takeoverUnanswered'))
      const asked = await pleasOfChat(database, chat)
      if (ending.answered) for (const plea of asked) await close(plea, by)
      else if (asked.length === 0) await backToTheList(id, chat)
    }
    await settleTakeover(database, id, ending ? 'end' : 'begin')
    deps.publish(chat)
  }
  async function tell(chat: string, key: string, text: string): Promise<void> {
    await createDelivery(deps, { key, chat, text, subject: { event: 'takeover' } })
    deps.send(chat)
  }
  async function close(plea: string, by: string): Promise<void> {
    try {
      await closePlea(deps, plea, { by, outcome: 'Dijawab dalam percakapan.' })
    } catch (error) {
      // somebody else has closed it
      if (!(error instanceof Refusal)) throw error
    }
  }
  /** Nobody had called, and nobody has answered: whoever wrote waits like those who call. */
  async function backToTheList(id: string, chat: string): Promise<void> {
    const speaker = await deps.coordinatorOf(chat)
    await createPlea(deps, {
      key: `takeover/${id}`,
      kind: 'help',
      chat,
      ...(speaker && { coordinator: speaker.id, npsn: speaker.npsn }),
    })
  }

  return {
    take,
    answer,
    handBack,
    /** Whether the bot stands aside. */
    has: async (chat: string): Promise<boolean> => (await takeoverOf(database, chat, now())) !== null,
    /** Ends what has gone unanswered and finishes what was cut off; in several processes at once too. */
    async sweep(): Promise<void> {
      const round = {
        log,
        what: 'a takeover could not be settled',
        ids: ({ _id }: TakeoverDocument) => ({ takeover: _id }),
      }
      await eachOf(await overdueTakeovers(database, now(), BATCH), round, expire)
      await eachOf(await unsettledTakeovers(database, BATCH), round, settle)
    },
  }
}
