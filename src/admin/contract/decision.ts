import { z } from 'zod'
import { STAGES } from '../../models/application/application.ts'
import { FreeText, Id, Moment, TransactionId } from './id.ts'
import { MISPRINT_CODES } from './reason.ts'

const token = z.string().min(1).max(100)
const reasonCode = z.string().regex(/^[A-Z][A-Z0-9_]{2,40}$/, 'must be a reason code')

/** `POST /api/applications/:id/renew` */
export const RenewBody = z.strictObject({ token })
export type RenewBody = z.infer<typeof RenewBody>
export const Renewed = z.object({ claim: z.object({ token: z.string(), leaseUntil: Moment }) })
export type Renewed = z.infer<typeof Renewed>
/** `POST /api/applications/:id/release`; `reason` is a code of `GET /api/reasons`, `release`. */
export const ReleaseBody = z.strictObject({ token, reason: z.string().min(1).max(100) })
export type ReleaseBody = z.infer<typeof ReleaseBody>

/** Which doubts the operator has seen: what passes another one is refused, `unconfirmed`. */
export const Despite = z.array(z.string().min(1).max(60)).max(40)

/** `POST /api/applications/:id/decisions`. `reject` by others than supervisors is a proposal. */
export const DecisionBody = z.strictObject({
  token,
  action: z.enum(['approve', 'return', 'reject']),
  skip: z
    .array(z.enum(['photo']))
    .max(1)
    .optional(),
  reasons: z.array(z.string().min(1).max(60)).max(20).optional(),
  note: FreeText.optional(),
  despite: Despite.optional(),
  transactionId: TransactionId,
})
export type DecisionBody = z.infer<typeof DecisionBody>

/** `POST /api/applications/:id/return-text`: what the school will read of such a return, word for word. */
export const ReturnTextBody = z.strictObject({
  event: z.enum(['returned', 'rejected']).default('returned'),
  reasons: z.array(z.string().min(1).max(60)).max(20),
  note: FreeText.optional(),
})
export type ReturnTextBody = z.input<typeof ReturnTextBody>
export const ReturnText = z.object({ text: z.string() })
export type ReturnText = z.infer<typeof ReturnText>

/** `POST /api/applications/:id/undo`: of one's own latest act on it, by the act's transaction id. */
export const UndoBody = z.strictObject({ transactionId: TransactionId })
export type UndoBody = z.infer<typeof UndoBody>

/** `POST /api/applications/:id/put-back`: a supervisor puts an idle one back into the queue with its key. */
export const PutBackBody = z.strictObject({ note: FreeText.optional(), transactionId: TransactionId })
export type PutBackBody = z.infer<typeof PutBackBody>

/** `POST /api/applications/:id/reject`: a supervisor rejects one that is not claimed (a proposal on their list). */
export const RejectBody = z.strictObject({
  reasons: z.array(reasonCode).max(20).optional(),
  note: FreeText,
  transactionId: TransactionId,
})
export type RejectBody = z.infer<typeof RejectBody>

/** `POST /api/applications/:id/take-back`: a supervisor ends somebody's claim; the key stays. */
export const TakeBackBody = z.strictObject({ reason: FreeText, transactionId: TransactionId })
export type TakeBackBody = z.infer<typeof TakeBackBody>

/** `POST /api/applications/:id/reassign`: a supervisor gives somebody's claim to a colleague. */
export const ReassignBody = z.strictObject({ to: Id, reason: FreeText, transactionId: TransactionId })
export type ReassignBody = z.infer<typeof ReassignBody>

/** `POST /api/applications/:id/move-front`: a supervisor, with a written reason in the history. */
export const MoveFrontBody = z.strictObject({ reason: FreeText, transactionId: TransactionId })
export type MoveFrontBody = z.infer<typeof MoveFrontBody>

/** `POST /api/applications/:id/misprint` */
export const MisprintBody = z.strictObject({
  /** Where somebody holds it in `printing`. */
  token: token.optional(),
  /** One of `GET /api/reasons`, `misprint`; OTHER where it is not given. */
  code: z.enum(MISPRINT_CODES).optional(),
  /** In words; needed with OTHER. */
  reason: FreeText.optional(),
  transactionId: TransactionId,
})
export type MisprintBody = z.infer<typeof MisprintBody>

/** `POST /api/applications/:id/correct`: the claim's holder puts a value right; the school hears of it. */
export const CorrectBody = z.strictObject({
  token,
  changes: z
    .strictObject({
      name: z.string().trim().min(1).max(60),
      nik: z.string().regex(/^\d{16}$/, 'must be 16 digits'),
      birthDate: z.iso.date(),
      class: z.string().trim().min(1).max(40),
      kk: z.string().regex(/^\d{16}$/, 'must be 16 digits'),
    })
    .partial()
    .refine((changes) => Object.keys(changes).length > 0, 'at least one value'),
  note: FreeText.optional(),
  transactionId: TransactionId,
})
export type CorrectBody = z.infer<typeof CorrectBody>

/** `POST /api/applications/:id/cancel`: on the school's request, shown in the case. Token where it is claimed. */
export const CancelBody = z.strictObject({
  token: token.optional(),
  note: FreeText.optional(),
  transactionId: TransactionId,
})
export type CancelBody = z.infer<typeof CancelBody>

/** `POST /api/handovers`: finished cards to a school. Each row is written on its own. */
export const HandOverBody = z.strictObject({
  applications: z.array(Id).min(1).max(200),
  /** Who of the school took them. */
  receivedBy: z.string().trim().min(1).max(100),
  transactionId: TransactionId,
})
export type HandOverBody = z.infer<typeof HandOverBody>
/** `stage`: where a refused one stands. */
export const HandOverResult = z.object({
  items: z.array(z.object({ id: Id, done: z.boolean(), stage: z.enum(STAGES).nullable() })),
})
export type HandOverResult = z.infer<typeof HandOverResult>

/** `POST /api/handovers/undo`: the cards of one's own hand-over are ready again; `stage`: where one stands that is not. */
export const UndoHandOverBody = HandOverBody.omit({ receivedBy: true })
export type UndoHandOverBody = z.infer<typeof UndoHandOverBody>

/** `POST /api/applications/:id/receive`: the loket records that pupil or parent has the card. */
export const ReceiveBody = z.strictObject({ transactionId: TransactionId })
export type ReceiveBody = z.infer<typeof ReceiveBody>
