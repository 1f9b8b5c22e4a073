import { z } from 'zod'
import { HINDRANCES } from '../../models/printing/print-batch.ts'
import { ATTENTIONS, CITIZENSHIPS, DOCUMENT_KINDS, REASONS, STAGES } from '../../models/application/application.ts'
import { SEVERITIES } from '../../models/application/findings.ts'
import { ACTIONS, CORRECTION_SUBJECTS } from '../../models/application/transitions.ts'
import { READ_FIELDS } from '../../models/file/look.ts'
import { Id, Moment } from './id.ts'
import { SchoolRef } from './queue.ts'

/** A warning with its evidence. `code` has a sentence in the console; `id` names it within its case. */
export const FindingView = z.object({
  id: z.string(),
  code: z.string(),
  severity: z.enum(SEVERITIES),
  field: z.string().optional(),
  document: z.string().optional(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** The operator who has looked into it. */
  examined: z.object({ by: Id, name: z.string().optional(), at: Moment }).optional(),
})
export type FindingView = z.infer<typeof FindingView>

/** What was read at one place of a document; values of one `row` stand beside each other. */
const ReadValueView = z.object({
  field: z.enum(READ_FIELDS),
  value: z.string(),
  page: z.number().int(),
  /** In shares of the page, from its upper left. */
  box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  row: z.number().int().optional(),
})
export type ReadValueView = z.infer<typeof ReadValueView>

/** One entry for each file received. Its picture is `GET /api/applications/:id/documents/:documentId`. */
export const DocumentView = z.object({
  id: Id,
  kind: z.enum(DOCUMENT_KINDS),
  page: z.number().int(),
  mediaType: z.string(),
  at: Moment,
  findings: z.array(FindingView),
  derivedFrom: Id.optional(),
  /** The office has cut and lit this portrait: `GET …/portrait/result` is what counts from then on. */
  edited: z.boolean().optional(),
  /** A correction has replaced it. */
  supersededAt: Moment.optional(),
  /** The sender has edited or deleted the message that it came with; what was accepted stays. */
  senderChange: z.object({ kind: z.enum(['edited', 'deleted']), at: Moment }).optional(),
  /** What looking at it came to: pages that are drawn, whether a portrait is proposed (`?proposal=1`), what was read. */
  look: z.object({ pages: z.number().int(), proposal: z.boolean(), values: z.array(ReadValueView) }).optional(),
})
export type DocumentView = z.infer<typeof DocumentView>

/** What the coordinator asked for while somebody held the application. `note` is their own text. */
const RequestView = z.object({
  id: Id,
  kind: z.enum(['cancel', 'file', 'note']),
  at: Moment,
  files: z.array(Id).optional(),
  /** Ticket of the application that an operator moved the file from; otherwise the school sent it. */
  from: z.string().optional(),
  note: z.string().optional(),
})

const ActorView = z.object({
  kind: z.enum(['operator', 'coordinator', 'system']),
  id: z.string(),
  name: z.string().optional(),
})

const DocumentPlace = z.object({ kind: z.enum(DOCUMENT_KINDS), page: z.number().int() })

export const HistoryView = z.object({
  seq: z.number().int(),
  at: Moment,
  by: ActorView,
  action: z.enum(ACTIONS),
  from: z.enum(STAGES),
  to: z.enum(STAGES),
  reasons: z.array(z.string()).optional(),
  note: z.string().optional(),
  /** To whom a supervisor gave the claim. */
  holder: z.object({ id: Id, name: z.string().optional() }).optional(),
  /** What a `correct` was about; absent: the pupil's data. */
  subject: z.enum(CORRECTION_SUBJECTS).optional(),
  /** Old and new values; numbers masked for who sees them so in the pupil. */
  changes: z
    .array(z.object({ field: z.string(), before: z.string().optional(), after: z.string().optional() }))
    .optional(),
  /** Files that were put elsewhere; `other` is the application that a file came from or went to. */
  moved: z
    .array(
      z.object({
        document: Id,
        from: DocumentPlace.optional(),
        to: DocumentPlace.optional(),
        other: Id.optional(),
      }),
    )
    .optional(),
  /** The finding that was looked into; `again`: it was opened again. */
  examined: z.object({ code: z.string(), field: z.string().optional(), again: z.boolean() }).optional(),
  /** Doubts that an approval passed, confirmed by whoever approved. */
  despite: z.array(z.string()).optional(),
  transactionId: z.string().optional(),
})
export type HistoryView = z.infer<typeof HistoryView>

const ClaimView = z.object({
  by: Id,
  name: z.string().optional(),
  leaseUntil: Moment,
  /** The holder's alone. */
  token: z.string().optional(),
  /** Claimed ahead under a short lease; becomes the current one when it is renewed. */
  prefetch: z.boolean().optional(),
})

/** Personal values. `masked` says that NIK and KK are masked for this reader. */
export const PupilView = z.object({
  name: z.string(),
  nik: z.string(),
  birthDate: z.string(),
  class: z.string().optional(),
  kk: z.string().optional(),
  origin: z.enum(['domestic', 'abroad']).optional(),
  /** Missing: WNI. */
  citizenship: z.enum(CITIZENSHIPS).optional(),
  /** The school has said so. */
  unmarried: z.literal(true).optional(),
  masked: z.boolean(),
})
export type PupilView = z.infer<typeof PupilView>

/** One case: `GET /api/applications/:id` and the answer of every action on it. */
export const ApplicationView = z.object({
  id: Id,
  ticket: z.string().nullable(),
  rev: z.number().int(),
  stage: z.enum(STAGES),
  state: z.enum(['unkeyed', 'queued', 'claimed', 'idle']),
  /** Putaran of the fair queue; null where it has no place in it, or was moved to the front. */
  round: z.number().int().nullable(),
  reason: z.enum(REASONS),
  /** Null once purged, and for drafts without a name yet. */
  pupil: PupilView.nullable(),
  school: SchoolRef.extend({ kecamatan: z.string().optional() }),
  coordinator: z.object({ id: z.string(), name: z.string().optional() }),
  documents: z.array(DocumentView),
  findings: z.array(FindingView),
  /**
   * What an approval passes only with its `despite`: `cancel`, `papers`, or the code of a heavy finding that is open. At
   * the photo station the background counts besides, as it is when it is approved (`background`).
   */
  doubts: z.array(z.string()),
  /** What the school wrote to the files; empty for who may not open them. */
  messages: z.array(z.object({ at: Moment, text: z.string() })),
  requests: z.array(RequestView),
  history: z.array(HistoryView),
  claim: ClaimView.optional(),
  attention: z.enum(ATTENTIONS).optional(),
  /** Why no card of it can be printed today, where it waits for that. */
  hindrance: z.enum(HINDRANCES).optional(),
  returnReasons: z.array(z.string()).optional(),
  returnNote: z.string().optional(),
  /** What this operator may do here by role and stage; the claim is not looked at. */
  allowed: z.array(z.enum(ACTIONS)),
  /** Documents open without a reason. False: `?reason=` has to be given. */
  mayRead: z.boolean(),
  submittedAt: Moment.optional(),
  completeAt: Moment.optional(),
  readyAt: Moment.optional(),
  handedOverAt: Moment.optional(),
  stageAt: Moment,
})
export type ApplicationView = z.infer<typeof ApplicationView>

/** Several cases: a series of claims, and `GET /api/claims` (mine, with tokens). */
export const ApplicationList = z.object({ items: z.array(ApplicationView) })
export type ApplicationList = z.infer<typeof ApplicationList>

/** `GET /api/applications/:id?reason=`: who may not read the full NIK otherwise gives a reason, which is logged. */
export const CaseQuery = z.object({ reason: z.string().trim().min(3).max(300).optional() })
