import type { ConversationRow, Conversations } from '../admin/conversations.ts'
import { maskPhone } from '../admin/views/masking.ts'
import { createTakeovers } from '../conversation/takeover.ts'
import type { Takeovers, TakeoverDeps } from '../conversation/takeover.ts'
import type { Blobs } from '../media/blobs.ts'
import { createOutgoing } from '../media/outgoing.ts'
import type { Coordinator } from '../models/coordinator/coordinator.ts'
import { Refusal } from '../models/store/errors.ts'
import { startOfDay } from '../models/identity/date.ts'
import { applications } from '../models/application/kept.ts'
import { toBuffer } from '../models/store/binary.ts'
import { chats } from '../models/chat/kept.ts'
import type { ChatDocument } from '../models/chat/kept.ts'
import { findChat } from '../models/chat/chats.ts'
import { askingChats, chatsOfSpan, countAsking, recentChats } from '../models/chat/lists.ts'
import { coordinators } from '../models/coordinator/kept.ts'
import { coordinatorOfChat } from '../models/coordinator/coordinators.ts'
import { createFiles } from '../models/file/files.ts'
import { listSchools } from '../models/school/schools.ts'
import { heldSince, openTakeovers, takeoverOf, turnoversOf } from '../models/chat/takeovers.ts'
import { fileOfChat, lastSaid, searchTranscript, transcriptOf } from '../models/chat/transcripts.ts'
import { parseTicket } from '../models/application/ticket.ts'
import { foldedWords, hasWords } from '../models/identity/words.ts'
import type { TicketQueue } from '../queue/ticket-queue.ts'

export type ConversationsDeps = Omit<TakeoverDeps, 'coordinatorOf'> & {
  blobs: Pick<Blobs, 'put'>
  queue: Pick<TicketQueue, 'drafts' | 'cases'>
}

const MOST_FOUND = 500
/** Coordinators of a district are hundreds: their sealed names are opened to be compared. */
const MOST_NAMES = 5_000
/** So far back is searched inside one conversation, each message being opened. */
const MOST_SEARCHED = 4_000
const TURNOVERS = 200
const DAY_MS = 86_400_000
const SHOWN_APPLICATIONS = 30

/** What the console asks of conversations, answered by the models. */
export function createConversations(deps: ConversationsDeps): Conversations & Pick<Takeovers, 'sweep'> {
  const { database, sealer, office, now } = deps
  const takeovers = createTakeovers({ ...deps, coordinatorOf: (chat) => coordinatorOfChat(deps, chat) })
  const keep = createOutgoing({ ...deps, files: createFiles(deps) })

  async function rows(found: readonly ChatDocument[]): Promise<ConversationRow[]> {
    const ids = found.map((chat) => chat._id)
    const [asked, taken] = await Promise.all([askingChats(database, ids), openTakeovers(database, ids)])
    return Promise.all(
      found.map(async ({ _id: id, channel, lastInboundAt }) => {
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
  async function known(chat: string): Promise<ChatDocument> {
    const found = await chats(database).findById(chat).lean<ChatDocument>()
    if (!found) throw new Refusal('not-found', 'no such chat', { chat })
    return found
  }

  /** Chats that the typed text may mean: of a ticket, of schools, of coordinators. */
  async function meant(q: string): Promise<string[]> {
    const ticket = parseTicket(q)
    if (ticket !== undefined) {
      const one = await applications(database).findOne({ ticket }, { chat: 1 }).lean()
      return one ? [one.chat] : []
    }
    const words = foldedWords(q)
    const schools = await listSchools(database, { q, limit: 50 })
    const [ofSchools, all] = await Promise.all([
      coordinators(database)
        .find({ npsn: { $in: schools.map((school) => school.npsn) } }, { chats: 1 })
        .limit(MOST_FOUND)
        .lean(),
      coordinators(database).find({}, { chats: 1, name: 1 }).limit(MOST_NAMES).lean(),
    ])
    const named = all.filter(({ name }) => hasWords(sealer.openText(toBuffer(name)), words))
    return [...ofSchools, ...named].flatMap((one) => one.chats).slice(0, MOST_FOUND)
  }

  return {
    sweep: () => takeovers.sweep(),
    countAsking: () => countAsking(database),

    async find({ list, q, day, after, limit }) {
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
        const from = startOfDay(day, office.hours.timeZone)
        narrow(await chatsOfSpan(database, from, new Date(from.getTime() + DAY_MS)))
      }
      if (among?.length === 0) return []
      return rows(await recentChats(database, { among, after, limit }))
    },

    async about(chat) {
      const found = await known(chat)
      const [[row], opened, coordinator] = await Promise.all([
        rows([found]),
        findChat(deps, chat),
        coordinatorOfChat(deps, chat),
      ])
      const phone =
        opened?.phone ?? (found.channel === 'whatsapp' ? opened?.to.id.match(/^\d+(?=@s\.)/)?.[0] : undefined)
      const about = coordinator ? await ofCoordinator(coordinator) : { drafts: [], applications: [] }
      return { ...row!, ...(phone !== undefined && { phone: maskPhone(phone) }), ...about }
    },

    async transcript(chat, page) {
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

    async search(chat, q) {
      await known(chat)
      const words = foldedWords(q)
      return searchTranscript(deps, chat, (text) => hasWords(text, words), { most: MOST_SEARCHED, limit: 100 })
    },

    async checkFile(chat, file) {
      if (!(await fileOfChat(database, chat, file))) throw new Refusal('not-found', 'no such file', { file })
    },

    async take(chat, by, how) {
      await known(chat)
      await takeovers.take(chat, by, how)
    },
    async standing(chat, operator) {
      const held = await takeoverOf(database, chat, now())
      if (held?.by === operator) return 'holds'
      const [asked, lately, mine] = await Promise.all([
        askingChats(database, [chat]),
        turnoversOf(database, chat, { limit: TURNOVERS }),
        applications(database).exists({ state: 'claimed', 'claim.by': operator, chat }),
      ])
      const since = now().getTime() - DAY_MS
      const answered = lately.some((one) => one.by === operator && (one.end?.at ?? now()).getTime() > since)
      return asked.length > 0 || answered || mine ? 'open' : 'closed'
    },
    handBack: (chat, by) => takeovers.handBack(chat, by),

    async answer(chat, by, { text, pictures, transactionId }) {
      for (const picture of pictures) await this.checkFile(chat, picture)
      const files = pictures.map((blob, i) => ({ name: `foto-${i + 1}.jpg`, mediaType: 'image/jpeg', blob }))
      const { key } = await takeovers.answer(chat, by, { text, files, transactionId })
      return { id: key }
    },

    async keepPicture(chat, by, bytes) {
      const { channel } = await known(chat)
      const held = await takeoverOf(database, chat, now())
      if (held?.by !== by) throw new Refusal('conflict', 'this operator does not have the chat', { chat })
      return keep({ chat, channel }, bytes)
    },
  }

  async function ofCoordinator(coordinator: Coordinator) {
    const [stored, drafts, status] = await Promise.all([
      coordinators(database).findById(coordinator.id, { createdAt: 1 }).lean(),
      deps.queue.drafts.of(coordinator.id),
      deps.queue.cases.ofCoordinator(coordinator.id),
    ])
    return {
      ...(stored && { since: stored.createdAt }),
      drafts: drafts.map(({ id, step, updatedAt, answers }) => ({
        id,
        step,
        updatedAt,
        until: new Date(updatedAt.getTime() + office.retention.drafts * DAY_MS),
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
