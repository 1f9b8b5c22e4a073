import { z } from 'zod'
import { ACTIONS } from '../../models/application/transitions.ts'
import { Id, Moment, PlaceKey } from './id.ts'

const OperatorRef = z.object({ id: Id, name: z.string() })

/**
 * `GET /api/reading-alarms`: operators who looked at many cases that they did not hold, as far as no supervisor has
 * looked into it; pages by `PlacedPageQuery`, the latest first.
 */
export const AlarmList = z.object({
  total: z.number().int(),
  items: z.array(
    z.object({
      id: Id,
      operator: OperatorRef,
      at: Moment,
      count: z.number().int(),
      minutes: z.number().int(),
    }),
  ),
  next: PlaceKey.optional(),
})
export type AlarmList = z.infer<typeof AlarmList>

const AUDIT_KINDS = ['act', 'view', 'office'] as const
/** `GET /api/audit`: what was done and looked at, newest first, page by page; a span of at most 31 days. */
export const AuditQuery = z
  .object({
    from: Moment,
    to: Moment,
    kind: z.enum(AUDIT_KINDS).optional(),
    operator: Id.optional(),
    action: z.enum(ACTIONS).optional(),
    ticket: z.string().max(20).optional(),
    /** `next` of the page before. */
    after: z
      .string()
      .regex(/^\d{1,15}-\d{1,6}$/)
      .optional(),
  })
  .refine(({ from, to }) => from < to, 'must end after it begins')
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= 31 * 86_400_000, 'at most 31 days')
export type AuditQuery = z.infer<typeof AuditQuery>
export const AuditList = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(AUDIT_KINDS),
      at: Moment,
      by: z.object({ kind: z.enum(['operator', 'coordinator', 'system']), id: Id, name: z.string().optional() }),
      /** An action of a history, what was looked at, or an act on the office itself. */
      what: z.string(),
      reasons: z.array(z.string()).optional(),
      /** The written reason of an act. */
      note: z.string().optional(),
      application: z.object({ id: Id, ticket: z.string().optional() }).optional(),
      /** Of an act by which a case was moved forward: it is still in work before all others, as the wall counts it. */
      forward: z.literal(true).optional(),
      /** Of an act on the office: the name of the person, the setting. */
      subject: z.string().optional(),
      /** Of a view `outside`; of an act on the office the other person, or what a setting changed. */
      detail: z.string().optional(),
    }),
  ),
  /** Where the next page begins; absent on the last. */
  next: z.string().optional(),
})
export type AuditList = z.infer<typeof AuditList>

/** `GET /api/keys`: how far the rotation of DATA_KEY has come, by a sample of cases. */
export const KeyState = z.object({ looked: z.number().int(), stale: z.number().int(), since: Moment.nullable() })
export type KeyState = z.infer<typeof KeyState>
