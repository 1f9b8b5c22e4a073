import { z } from 'zod'
import { STAGES } from '../../models/application/application.ts'
import { Id, Moment, PageQuery, PlaceKey, TransactionId } from './id.ts'
import { SchoolRef } from './queue.ts'

const OperatorRef = z.object({ id: Id, name: z.string() })
const channel = z.enum(['telegram', 'whatsapp', 'webchat'])

/** One message of a transcript. `text` is as it was written; `*bold*` in the bot's. Files open at `…/files/:fileId`. */
export const SaidView = z.object({
  id: z.string(),
  at: Moment,
  from: z.enum(['person', 'bot', 'operator']),
  by: OperatorRef.optional(),
  text: z.string().optional(),
  /** What the person sent that the service does not read. */
  kind: z.enum(['phone', 'sticker', 'voice', 'video', 'location', 'contact', 'poll', 'other']).optional(),
  choices: z.array(z.string()).optional(),
  files: z.array(
    z.object({
      id: z.string(),
      name: z.string().optional(),
      mediaType: z.string().optional(),
      bytes: z.number().optional(),
      state: z.enum(['waiting', 'stored', 'failed']),
      failure: z.string().optional(),
    }),
  ),
  /** Of ours. */
  state: z.enum(['queued', 'sending', 'sent', 'delivered', 'read', 'failed']).optional(),
  failure: z.string().optional(),
  edited: z.boolean().optional(),
  deleted: z.boolean().optional(),
  /** The office's retention has let go of what was said. */
  purged: z.boolean().optional(),
})
export type SaidView = z.infer<typeof SaidView>

export const ConversationItem = z.object({
  id: Id,
  channel,
  coordinator: OperatorRef.optional(),
  school: SchoolRef.optional(),
  lastAt: Moment,
  last: z.object({ from: z.enum(['person', 'bot', 'operator']), at: Moment, text: z.string() }).optional(),
  /** Waits for a person since then; the number is what the coordinator was told. */
  asked: z.object({ since: Moment, number: z.string() }).optional(),
  /** An operator answers instead of the bot, which comes back at `until` unless an answer is given. */
  takeover: z.object({ by: OperatorRef, at: Moment, until: Moment }).optional(),
})
export type ConversationItem = z.infer<typeof ConversationItem>

/** `POST /api/conversations/find`: a body, so that names stand in no server's log of addresses. */
export const ConversationsBody = z.strictObject({
  list: z.enum(['asking', 'all']).default('asking'),
  /** A ticket, an NPSN, words of a school's or a coordinator's name. */
  q: z.string().trim().min(1).max(100).optional(),
  /** Something was written on that day. */
  day: z.iso.date().optional(),
  /** `next` of the page before. */
  after: PlaceKey.optional(),
  limit: z.number().int().min(1).max(100).default(50),
})
export type ConversationsBody = z.input<typeof ConversationsBody>
export const ConversationPage = z.object({
  items: z.array(ConversationItem),
  /** Where the next page begins; absent where this one was not full. */
  next: PlaceKey.optional(),
})
export type ConversationPage = z.infer<typeof ConversationPage>

/** `GET /api/conversations/:id` */
export const ConversationView = ConversationItem.extend({
  /** Masked. */
  phone: z.string().optional(),
  kecamatan: z.string().optional(),
  since: Moment.optional(),
  /** Minutes without an answer after which the bot comes back. */
  minutes: z.number().int(),
  /** What was said opens without a reason. False: `reason` has to be given, and is logged. */
  mayRead: z.boolean(),
  /** This operator may take the chat from the colleague who has it. */
  mayTakeOver: z.boolean(),
  drafts: z.array(z.object({ id: Id, name: z.string().optional(), step: z.string(), until: Moment })),
  applications: z.array(
    z.object({
      id: Id,
      ticket: z.string(),
      name: z.string().nullable(),
      stage: z.enum(STAGES),
      position: z.number().int().nullable(),
    }),
  ),
})
export type ConversationView = z.infer<typeof ConversationView>

/** Why a conversation that is not one's work is opened. */
const Reason = z.object({ reason: z.string().trim().min(3).max(300).optional() })

/**
 * `POST /api/conversations/:id/take`; `over`: a supervisor takes it from the colleague who has it. To take it is to open
 * it: `reason` as for reading.
 */
export const TakeBody = z.strictObject({ over: z.boolean().default(false), reason: Reason.shape.reason })

/** `GET /api/conversations/:id/messages`: the newest page, or the one before `before`. */
export const TranscriptQuery = PageQuery.pick({ limit: true }).extend({
  before: z
    .string()
    .regex(/^\d{1,15}\.[\w-]{1,64}\.\d{1,9}$/, 'must be `earlier` of a page')
    .optional(),
  reason: Reason.shape.reason,
})
export const TranscriptPage = z.object({
  /** Oldest first. */
  items: z.array(SaidView),
  /** Where the page before this one begins. */
  earlier: z.string().optional(),
  /** Operators taking the chat and giving it back, in the span of the page. */
  turnovers: z.array(
    z.object({
      id: Id,
      by: OperatorRef,
      at: Moment,
      end: z.object({ at: Moment, how: z.enum(['handed-back', 'expired', 'taken-over']) }).optional(),
    }),
  ),
})
export type TranscriptPage = z.infer<typeof TranscriptPage>

/** `POST /api/conversations/:id/search`: newest first; each message is opened for it, and that is logged. */
export const TranscriptSearchBody = z.strictObject({ q: z.string().trim().min(2).max(100), ...Reason.shape })
export const TranscriptFound = z.object({ items: z.array(SaidView) })
export type TranscriptFound = z.infer<typeof TranscriptFound>

export const ConversationFileParams = z.object({ id: Id, fileId: Id })
export const ConversationFileQuery = Reason.extend({ size: z.enum(['thumb', 'full']).default('full') })

/** `POST /api/conversations/:id/answers`; the same transactionId again is the same answer. */
export const ConversationAnswerBody = z
  .strictObject({
    text: z.string().trim().max(3000).default(''),
    pictures: z.array(Id).max(5).default([]),
    transactionId: TransactionId,
  })
  .refine(({ text, pictures }) => text !== '' || pictures.length > 0, 'a text or a picture')
export type ConversationAnswerBody = z.input<typeof ConversationAnswerBody>
export const ConversationAnswered = z.object({ id: z.string() })

/** `POST /api/conversations/:id/pictures`, the bytes of a JPEG, PNG or WEBP → 201; named by an answer then. */
export const PictureKept = z.object({ id: Id })
export type PictureKept = z.infer<typeof PictureKept>

/** `POST /api/conversations/:id/presence`, every ten seconds while it is open. */
export const PresenceBody = z.strictObject({ what: z.enum(['looking', 'typing', 'gone']) })
export const PresenceView = z.object({ others: z.array(OperatorRef.extend({ typing: z.boolean() })) })
export type PresenceView = z.infer<typeof PresenceView>

/** `GET /api/replies`: what the office answers again and again, from its file. */
export const SavedReplies = z.object({ items: z.array(z.object({ code: z.string(), text: z.string() })) })
export type SavedReplies = z.infer<typeof SavedReplies>
