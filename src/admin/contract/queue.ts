import { z } from 'zod'
import { ATTENTIONS, CLAIM_STAGES, STAGES } from '../../models/application/application.ts'
import { SEVERITIES } from '../../models/application/findings.ts'
import { DECISIONS } from '../../models/application/transitions.ts'
import { Id, Moment, Npsn, PageQuery, PlaceKey, PlacedPageQuery, TransactionId } from './id.ts'

const FindingCode = z.object({ code: z.string(), severity: z.enum(SEVERITIES) })
export const SchoolRef = z.object({ npsn: Npsn, name: z.string() })
const OperatorRef = z.object({ id: Id, name: z.string() })

export const QueueQuery = PageQuery.extend({
  stage: z.enum(CLAIM_STAGES).optional(),
  npsn: Npsn.optional(),
  /** Only rows with findings. */
  findings: z.literal('some').optional(),
  /** Only rows that came back after a return. */
  corrected: z.literal('yes').optional(),
})
export type QueueQuery = z.infer<typeof QueueQuery>

/** One row of any list of applications. The NIK is masked (`631106******0001`). */
export const QueueItem = z.object({
  id: Id,
  ticket: z.string(),
  stage: z.enum(STAGES),
  state: z.enum(['unkeyed', 'queued', 'claimed', 'idle']),
  /** Queued rows only: 1 is next. */
  position: z.number().int().nullable(),
  /** The round ("putaran") of the fair queue that the row is served in. */
  round: z.number().int().nullable(),
  pupil: z.object({ name: z.string(), nik: z.string(), class: z.string().optional() }).nullable(),
  school: SchoolRef,
  submittedAt: Moment.nullable(),
  stageAt: Moment,
  findings: z.array(FindingCode),
  claimedBy: OperatorRef.optional(),
  /** It was returned, and the school has put it right. */
  corrected: z.boolean().optional(),
  /** A supervisor has moved it before all others. */
  forward: z.boolean().optional(),
  attention: z.enum(ATTENTIONS).optional(),
})
export type QueueItem = z.infer<typeof QueueItem>

/** `GET /api/queue`: queued and claimed rows, by stage, then in the order of service. `total` may be 2 s old. */
export const QueuePage = z.object({ total: z.number().int(), items: z.array(QueueItem) })
export type QueuePage = z.infer<typeof QueuePage>

/** `GET /api/queue/schools`: whose rows the list of a stage has, and how many, by name; `ready`: whose finished cards. */
export const QueueSchoolsQuery = z.object({ stage: z.enum([...CLAIM_STAGES, 'ready']) })
export const QueueSchools = z.object({ items: z.array(SchoolRef.extend({ rows: z.number().int() })) })
export type QueueSchools = z.infer<typeof QueueSchools>

/** `GET /api/attention`: what waits for a supervisor, the longest in its stage first. `total` stops at 10,000. */
export const AttentionQuery = PlacedPageQuery
export const PlacedPage = QueuePage.extend({
  /** Where the next page begins; absent where this one was not full. */
  next: PlaceKey.optional(),
})
export type PlacedPage = z.infer<typeof PlacedPage>

/** `GET /api/applications`: any stage, newest first. */
export const ApplicationsQuery = PlacedPageQuery.extend({
  /** Drafts are the coordinator's own and are not listed. */
  stage: z.enum(STAGES).exclude(['draft']).optional(),
  npsn: Npsn.optional(),
  /** As people type it: `b4176`, `B417-6`. */
  ticket: z.string().max(20).optional(),
})
export type ApplicationsQuery = z.infer<typeof ApplicationsQuery>

/** `GET /api/counts`: rows per stage, for the rail. Claimed rows are counted in `claimed` alone. */
export const Counts = z.object({
  /** Those that somebody in the office still has to do with. */
  stages: z.partialRecord(
    z.enum(STAGES),
    z.object({
      queued: z.number().int(),
      claimed: z.number().int(),
      idle: z.number().int(),
      /** Since when the oldest one has been in the stage. */
      oldestAt: Moment.optional(),
      /** When the last of those that wait now is likely to be ready; absent while the office's pace is not known. */
      doneBy: z.object({ from: Moment, to: Moment }).optional(),
    }),
  ),
  attention: z.number().int(),
  pendingCoordinators: z.number().int(),
  openPleas: z.number().int(),
  /** Chats that wait for an operator and are answered by nobody. */
  asking: z.number().int(),
  /** What the caller has decided today, taken back ones left out. */
  mine: z.object({
    done: z.number().int(),
    returned: z.number().int(),
    latest: z
      .object({ id: Id, ticket: z.string(), action: z.enum(DECISIONS), to: z.enum(STAGES), at: Moment })
      .optional(),
  }),
  /** "Sekarang dilayani putaran 12." Null before the first claim. */
  servedRound: z.number().int().nullable(),
})
export type Counts = z.infer<typeof Counts>

/** `POST /api/queue/claim`. Without `stages`: all that the operator's roles work. */
export const ClaimBody = z.strictObject({
  stages: z.array(z.enum(CLAIM_STAGES)).min(1).max(CLAIM_STAGES.length).optional(),
  /** A series; the answer is then {items}. */
  count: z.number().int().min(1).max(20).optional(),
  requestId: TransactionId.optional(),
  /** One beside the current one, under a short lease; 409 `claim-limit` where it is held already. */
  ahead: z.boolean().optional(),
})
export type ClaimBody = z.infer<typeof ClaimBody>
