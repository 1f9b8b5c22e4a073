import { askingChats, chatsOfSpan, recentChats } from '../models/chat/lists.ts'
import { findChat } from '../models/chat/chats.ts'
import type { Chat } from '../models/chat/chats.ts'
import type { ChannelName } from '../models/chat/message.ts'
import { heldSince, openTakeovers, takeoverOf, turnoversOf } from '../models/chat/takeovers.ts'
import type { Turnover } from '../models/chat/takeovers.ts'
import { fileOfChat, lastSaid, searchTranscript, transcriptOf } from '../models/chat/transcripts.ts'
import type { Said, TranscriptPlace } from '../models/chat/transcripts.ts'
import type { Stage } from '../models/application/application.ts'
import { holdsFrom } from '../models/application/claims.ts'
import { chatOfTicket } from '../models/application/search.ts'
import { parseTicket } from '../models/application/ticket.ts'
import type { Coordinator } from '../models/coordinator/coordinator.ts'
import {
  chatsOfSchools,
  coordinatorOfChat,
  coordinatorsNamed,
  registeredAt,
} from '../models/coordinator/coordinators.ts'
import { startOfDay } from '../models/identity/date.ts'
import { foldedWords, hasWords } from '../models/identity/words.ts'
import { listSchools } from '../models/school/schools.ts'
import type { Place } from '../models/store/behind.ts'
import { Refusal } from '../models/store/errors.ts'
import type { AdminDeps } from './deps.ts'
import { maskPhone } from './views/masking.ts'

/** One chat as the list shows it. */
export type ConversationRow = {
  id: string
  channel: ChannelName
  coordinator?: { id: string; name: string }
  npsn?: string
  lastAt: Date
  last?: Said
  /** Waits for a person since then. */
  asked?: { since: Date; number: string }
  takeover?: { by: string; at: Date; until: Date }
}

/** What the column beside a conversation tells of its coordinator. */
export type ConversationAbout = ConversationRow & {
  /** Masked. */
  phone?: string
  since?: Date
  drafts: readonly { id: string; name?: string; step: string; updatedAt: Date; until: Date }[]
  applications: readonly { id: string; ticket: string; stage: Stage; position: number | null; name: string | null }[]
}

const MOST_FOUND = 500
/** So far back is searched inside one conversation, each message being opened. */
const MOST_SEARCHED = 4_000
const TURNOVERS = 200
const DAY_MS = 86_400_000
const SHOWN_APPLICATIONS = 30

type Needs = Pick<AdminDeps, 'database' | 'sealer' | 'office' | 'now' | 'queue' | 'takeovers' | 'keepPicture'>

/**
 * Conversations as the console shows them. Refusals: not-found for a chat that does not exist, conflict where the
 * operator does not have the chat.
 */
export function createConversations(deps: Needs) {
  const { database, office, now, queue, takeovers } = deps

  async function rows(found: readonly Pick<Chat, 'id' | 'channel' | 'lastInboundAt'>[]): Promise<ConversationRow[]> {
    const ids = found.map((chat) => chat.id)
    const [asked, taken] = await Promise.all([askingChats(database, ids), openTakeovers(database, ids)])
    return Promise.all(
      found.map(async ({ id, channel, lastInboundAt }) => {
        const [coordinator, last] = await Promise.all([coordinatorOfChat(deps, id), lastSaid(deps, id)])
        const call = asked.find((one) => one.chat === id)
        const held = taken.find((one) => one.chat === id && one.until > now())
        return {
          id,
          channel,
          lastAt: lastInboundAt,
          ...(coordinator && { coordinator: { id: coordinator.id, name: coordinator.name }, npsn: coordinator.npsn }),
          ...(last && { last }),
          ...(call && { asked: { since: call.since, number: call.number } }),
          ...(held && { takeover: { by: held.by, at: heldSince(held), until: held.until } }),
        }
      }),
    )
  }
  async function known(chat: string): Promise<Chat> {
    const found = await findChat(deps, chat)
    if (!found) throw new Refusal('not-found', 'no such chat', { chat })
    return found
  }

  /** Refusal not-found where the file is not of this chat. */
  async function checkFile(chat: string, file: string): Promise<void> {
    if (!(await fileOfChat(database, chat, file))) throw new Refusal('not-found', 'no such file', { file })
  }

  /** Chats that the typed text may mean: of a ticket, of schools, of coordinators. */
  async function meant(q: string): Promise<string[]> {
    const ticket = parseTicket(q)
    if (ticket !== undefined) {
      const chat = await chatOfTicket(database, ticket)
      return chat === undefined ? [] : [chat]
    }
    const schools = await listSchools(database, { q, limit: 50 })
    const npsns = schools.map((school) => school.npsn)
    const [ofSchools, named] = await Promise.all([
      chatsOfSchools(database, npsns, MOST_FOUND),
      coordinatorsNamed(deps, foldedWords(q)),
    ])
    return [...ofSchools, ...named.flatMap((one) => one.chats)].slice(0, MOST_FOUND)
  }

  return {
    async find({
      list,
      q,
      day,
      after,
      limit,
    }: {
      list: 'asking' | 'all'
      /** A ticket, an NPSN, words of a school's or a coordinator's name. */
      q?: string | undefined
      /** Something was written on that day of the office, `YYYY-MM-DD`. */
      day?: string | undefined
      after?: Place<Date> | undefined
      limit: number
    }): Promise<readonly ConversationRow[]> {
      let among: string[] | undefined
      const narrow = (ids: readonly string[]): void => {
        const allowed = new Set(ids)
        among = among ? among.filter((id) => allowed.has(id)) : [...allowed]
      }
      if (list === 'asking') {
        const [asking, taken] = await Promise.all([askingChats(database), openTakeovers(database)])
        narrow([...asking, ...taken].map((one) => one.chat))
      }
      if (q !== undefined) narrow(await meant(q))
      if (day !== undefined) {
        const from = startOfDay(day, office.current().hours.timeZone)
        narrow(await chatsOfSpan(database, from, new Date(from.getTime() + DAY_MS)))
      }
      if (among?.length === 0) return []
      const recent = await recentChats(database, { among, after, limit })
      return rows(recent.map(({ _id: id, ...chat }) => ({ id, ...chat })))
    },

    async about(chat: string): Promise<ConversationAbout> {
      const found = await known(chat)
      const [[row], coordinator] = await Promise.all([rows([found]), coordinatorOfChat(deps, chat)])
      const phone = found.phone ?? (found.channel === 'whatsapp' ? found.to.id.match(/^\d+(?=@s\.)/)?.[0] : undefined)
      const about = coordinator ? await ofCoordinator(coordinator) : { drafts: [], applications: [] }
      return { ...row!, ...(phone !== undefined && { phone: maskPhone(phone) }), ...about }
    },

    async transcript(
      chat: string,
      page: { place?: TranscriptPlace; limit: number },
    ): Promise<{ said: readonly Said[]; earlier?: TranscriptPlace; turnovers: readonly Turnover[] }> {
      await known(chat)
      const { said, earlier } = await transcriptOf(deps, chat, page)
      const oldest = earlier ? said[0]?.at : undefined
      const until = page.place ? (said.at(-1)?.at ?? new Date(0)) : undefined
      const turnovers = await turnoversOf(database, chat, { before: until, limit: TURNOVERS })
      return {
        said,
        ...(earlier && { earlier }),
        turnovers: turnovers.filter((one) => oldest === undefined || (one.end?.at ?? now()) >= oldest),
      }
    },

    async search(chat: string, q: string): Promise<readonly Said[]> {
      await known(chat)
      const words = foldedWords(q)
      return searchTranscript(deps, chat, (text) => hasWords(text, words), { most: MOST_SEARCHED, limit: 100 })
    },

    checkFile,

    /** That there is such a chat. */
    check: async (chat: string): Promise<void> => void (await known(chat)),
    /** `over`: from a colleague who has it. */
    take: async (chat: string, by: string, how?: { over: boolean }): Promise<void> =>
      void (await takeovers.take(chat, by, how)),
    /**
     * Whether the chat is this operator's work: they answer it (`holds`), or it waits for a person, or they have answered
     * it within a day, or hold an application that came from it (`open`); else `closed`.
     */
    async standing(chat: string, operator: string): Promise<'holds' | 'open' | 'closed'> {
      const held = await takeoverOf(database, chat, now())
      if (held?.by === operator) return 'holds'
      const [asked, lately, mine] = await Promise.all([
        askingChats(database, [chat]),
        turnoversOf(database, chat, { limit: TURNOVERS }),
        holdsFrom(database, operator, chat),
      ])
      const since = now().getTime() - DAY_MS
      const answered = lately.some((one) => one.by === operator && (one.end?.at ?? now()).getTime() > since)
      return asked.length > 0 || answered || mine ? 'open' : 'closed'
    },
    handBack: (chat: string, by: string): Promise<void> => takeovers.handBack(chat, by),

    async answer(
      chat: string,
      by: string,
      { text, pictures, transactionId }: { text: string; pictures: readonly string[]; transactionId: string },
    ): Promise<{ id: string }> {
      for (const picture of pictures) await checkFile(chat, picture)
      const files = pictures.map((blob, i) => ({ name: `foto-${i + 1}.jpg`, mediaType: 'image/jpeg', blob }))
      const { key } = await takeovers.answer(chat, by, { text, files, transactionId })
      return { id: key }
    },

    async keepPicture(chat: string, by: string, bytes: Buffer): Promise<{ id: string }> {
      const { channel } = await known(chat)
      const held = await takeoverOf(database, chat, now())
      if (held?.by !== by) throw new Refusal('conflict', 'this operator does not have the chat', { chat })
      return deps.keepPicture({ chat, channel }, bytes)
    },
  }

  async function ofCoordinator(coordinator: Coordinator) {
    const [since, drafts, status] = await Promise.all([
      registeredAt(database, coordinator.id),
      queue.drafts.of(coordinator.id),
      queue.cases.ofCoordinator(coordinator.id),
    ])
    return {
      ...(since && { since }),
      drafts: drafts.map(({ id, step, updatedAt, answers }) => ({
        id,
        step,
        updatedAt,
        until: new Date(updatedAt.getTime() + office.current().retention.drafts * DAY_MS),
        ...(typeof answers['name'] === 'string' && { name: answers['name'] }),
      })),
      applications: status.slice(0, SHOWN_APPLICATIONS).map(({ id, ticket, stage, position, pupil }) => ({
        id,
        ticket,
        stage,
        position,
        name: pupil?.name ?? null,
      })),
    }
  }
}
