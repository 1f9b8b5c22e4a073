import { schoolsByNpsn } from '../../models/school/schools.ts'
import { Refusal } from '../../models/store/errors.ts'
import { operatorNames } from '../../models/operator/operators.ts'
import type { TranscriptPlace } from '../../models/chat/transcripts.ts'
import { logAct } from '../../models/operator/acts.ts'
import { answers, emptyBody, signedIn } from '../server/answers.ts'
import {
  ConversationAnswerBody,
  ConversationAnswered,
  ConversationFileParams,
  ConversationFileQuery,
  ConversationPage,
  ConversationsBody,
  ConversationView,
  PictureKept,
  PresenceBody,
  PresenceView,
  SavedReplies,
  TakeBody,
  TranscriptFound,
  TranscriptPage,
  TranscriptQuery,
  TranscriptSearchBody,
} from '../contract/conversation.ts'
import { IdParams } from '../contract/id.ts'
import { conversationItems, isSupervisor, saidViews } from '../views/conversation-view.ts'
import { createConversations } from '../conversations.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import { nextPlace, placeOf } from '../views/place.ts'
import { ProblemError } from '../server/problems.ts'
import { logSeen } from '../reading-watch.ts'
import type { Operator } from '../../models/operator/operator.ts'

const SIZES = { thumb: 'thumbnail', full: 'page' } as const
/** What a phone makes at most; it goes out as a smaller JPEG. */
const PICTURE_BYTES = 15 * 1024 * 1024
const WHY = 'Percakapan ini bukan pekerjaan Anda sekarang. Tulis alasannya.'
const WHOSE = 'Percakapan ini tidak lagi Anda pegang. Yang Anda tulis tetap ada.'

/** Transcripts, and operators answering instead of the bot. What cannot be logged is not shown. */
export function conversationRoutes(app: App, deps: AdminDeps): void {
  const { database, now, office, media, presence, live } = deps
  const conversations = createConversations(deps)

  async function view(id: string, operator: Operator): Promise<ConversationView> {
    const about = await conversations.about(id)
    const [item] = await conversationItems(deps, [about], operator)
    const school = item?.school && (await schoolsByNpsn(database, [item.school.npsn])).get(item.school.npsn)
    return {
      ...item!,
      ...given({ phone: about.phone, kecamatan: school?.kecamatan, since: about.since?.toISOString() }),
      minutes: office.current().takeover.minutes,
      mayRead: isSupervisor(operator) || (await conversations.standing(id, operator.id)) !== 'closed',
      mayTakeOver: isSupervisor(operator) && about.takeover !== undefined && about.takeover.by !== operator.id,
      drafts: about.drafts.map(({ id: draft, name, step, until }) => ({
        id: draft,
        step,
        until: until.toISOString(),
        ...given({ name }),
      })),
      applications: [...about.applications],
    }
  }
  /**
   * Lets the reader in, reads, and writes it down before anything is shown. Throws `forbidden`, and reads nothing, where a
   * reason is needed and none is given.
   */
  async function look<T>(
    operator: Operator,
    { chat, reason }: { chat: string; reason: string | undefined },
    what: 'conversation' | 'conversation-search' | 'conversation-file',
    read: () => Promise<T>,
  ): Promise<T> {
    const standing = await conversations.standing(chat, operator.id)
    const open = isSupervisor(operator) || standing !== 'closed'
    if (!open && reason === undefined) throw new ProblemError('forbidden', { detail: WHY })
    const seen = await read()
    const outside = standing === 'holds' ? {} : { outside: true }
    const view = { chat, operator: operator.id, at: now(), what, how: 'view' as const, ...outside }
    await logSeen(deps, [open ? view : { ...view, ...given({ reason }) }])
    return seen
  }

  const replies = () => ({ items: office.current().savedReplies })
  app.get('/replies', { schema: { response: answers({ 200: SavedReplies }) } }, replies)

  app.post(
    '/conversations/find',
    { schema: { body: ConversationsBody, response: answers({ 200: ConversationPage }) }, preValidation: emptyBody },
    async (request) => {
      const { after, ...wish } = request.body
      const found = await conversations.find({ ...wish, after: placeOf(after) })
      const next = nextPlace(found, wish.limit, ({ lastAt: at, id }) => ({ at, id }))
      return { items: await conversationItems(deps, found, signedIn(request)), ...given({ next }) }
    },
  )

  app.get(
    '/conversations/:id',
    { schema: { params: IdParams, response: answers({ 200: ConversationView }) } },
    (request) => view(request.params.id, signedIn(request)),
  )

  app.get(
    '/conversations/:id/messages',
    { schema: { params: IdParams, querystring: TranscriptQuery, response: answers({ 200: TranscriptPage }) } },
    async (request) => {
      const operator = signedIn(request)
      const { before, limit, reason } = request.query
      const page = { limit, ...(before === undefined ? {} : { place: saidPlaceOf(before) }) }
      const chat = request.params.id
      const read = () => conversations.transcript(chat, page)
      const { said: all, earlier, turnovers } = await look(operator, { chat, reason }, 'conversation', read)
      const names = await operatorNames(
        deps,
        turnovers.map((one) => one.by),
      )
      return {
        items: await saidViews(deps, all, operator),
        ...(earlier && { earlier: saidPlaceText(earlier) }),
        turnovers: turnovers.map(({ id, by, at, end }) => ({
          id,
          by: { id: by, name: names.get(by) ?? by },
          at: at.toISOString(),
          ...(end && { end: { at: end.at.toISOString(), how: end.how } }),
        })),
      }
    },
  )

  app.post(
    '/conversations/:id/search',
    { schema: { params: IdParams, body: TranscriptSearchBody, response: answers({ 200: TranscriptFound }) } },
    async (request) => {
      const operator = signedIn(request)
      const { q, reason } = request.body
      const chat = request.params.id
      const read = () => conversations.search(chat, q)
      const found = await look(operator, { chat, reason }, 'conversation-search', read)
      return { items: await saidViews(deps, found, operator) }
    },
  )

  app.get(
    '/conversations/:id/files/:fileId',
    {
      schema: {
        params: ConversationFileParams,
        querystring: ConversationFileQuery,
        description: 'The picture or PDF itself',
      },
    },
    async (request, reply) => {
      const { id, fileId } = request.params
      const { reason, size } = request.query
      const file = await look(signedIn(request), { chat: id, reason }, 'conversation-file', async () => {
        await conversations.checkFile(id, fileId)
        return media.rendition(fileId, SIZES[size])
      })
      const opened = !file.asCame || file.mediaType === 'application/pdf'
      return reply
        .header('content-type', file.mediaType)
        .header('content-disposition', opened ? 'inline' : `attachment; filename="${fileId}"`)
        .send(file.bytes)
    },
  )

  app.post(
    '/conversations/:id/take',
    {
      schema: { params: IdParams, body: TakeBody, response: answers({ 200: ConversationView }) },
      preValidation: emptyBody,
    },
    async (request) => {
      const operator = signedIn(request)
      const { id } = request.params
      const { over, reason } = request.body
      if (over && !isSupervisor(operator)) throw new ProblemError('forbidden')
      await conversations.check(id)
      if ((await conversations.standing(id, operator.id)) === 'closed') {
        if (!isSupervisor(operator) && reason === undefined) throw new ProblemError('forbidden', { detail: WHY })
        const view = { chat: id, operator: operator.id, at: now(), how: 'view' as const, outside: true }
        await logSeen(deps, [{ ...view, what: 'conversation-take', ...given({ reason }) }])
      }
      await conversations.take(id, operator.id, { over })
      if (over) {
        await logAct(database, {
          at: now(),
          by: operator.id,
          act: 'conversation-take-over',
          subject: id,
        })
      }
      return view(id, operator)
    },
  )

  app.post(
    '/conversations/:id/hand-back',
    { schema: { params: IdParams, response: answers({ 200: ConversationView }) } },
    async (request) => {
      const operator = signedIn(request)
      await conversations.handBack(request.params.id, operator.id)
      return view(request.params.id, operator)
    },
  )

  app.post(
    '/conversations/:id/answers',
    { schema: { params: IdParams, body: ConversationAnswerBody, response: answers({ 200: ConversationAnswered }) } },
    async (request) => {
      const { text, pictures, transactionId } = request.body
      return stillMine(conversations.answer(request.params.id, signedIn(request).id, { text, pictures, transactionId }))
    },
  )

  void app.register(async (scope: App) => {
    const types = ['image/jpeg', 'image/png', 'image/webp']
    scope.addContentTypeParser(types, { parseAs: 'buffer', bodyLimit: PICTURE_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    scope.post(
      '/conversations/:id/pictures',
      { schema: { params: IdParams, response: answers({ 201: PictureKept }) } },
      async (request, reply) => {
        if (!Buffer.isBuffer(request.body)) throw new ProblemError('unsupported-media-type')
        const { id } = request.params
        const kept = await stillMine(conversations.keepPicture(id, signedIn(request).id, request.body))
        return reply.code(201).send(kept)
      },
    )
  })

  app.post(
    '/conversations/:id/presence',
    { schema: { params: IdParams, body: PresenceBody, response: answers({ 200: PresenceView }) } },
    async (request) => {
      const { id } = request.params
      const { others, changed } = await presence.say(`chat-${id}`, signedIn(request).id, request.body.what)
      if (changed) live.publish({ type: 'presence', room: `chat-${id}` })
      const names = await operatorNames(
        deps,
        others.map((one) => one.operator),
      )
      return {
        others: others.map(({ operator, typing }) => ({ id: operator, name: names.get(operator) ?? operator, typing })),
      }
    },
  )
}

/** A refusal for having lost the chat says so in words. */
async function stillMine<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'conflict') throw new ProblemError('conflict', { detail: WHOSE })
    throw error
  }
}

/** `ms.inboxId.n`; `-` and 0 where a side has given nothing yet. */
function saidPlaceText({ inbox, delivery }: TranscriptPlace): string {
  return `${inbox?.at.getTime() ?? 0}.${inbox?.id ?? '-'}.${delivery ?? 0}`
}
function saidPlaceOf(text: string): TranscriptPlace {
  const [ms = '0', id = '-', n = '0'] = text.split('.')
  return {
    ...(id === '-' ? {} : { inbox: { at: new Date(Number(ms)), id } }),
    ...(n === '0' ? {} : { delivery: Number(n) }),
  }
}
