import { z } from 'zod'
import { FreeText, TransactionId } from './id.ts'

const token = z.string().min(1).max(100)

/** `POST /api/applications/:id/findings`: the holder has looked into one; `again`: it is open again. */
export const ExamineBody = z.strictObject({
  token,
  /** The `id` of a finding of the case. */
  finding: z.string().min(1).max(60),
  again: z.boolean().default(false),
  transactionId: TransactionId,
})
export type ExamineBody = z.input<typeof ExamineBody>

/** `POST /api/applications/:id/notes`: for whoever works the case next. The school hears nothing of it. */
export const NoteBody = z.strictObject({
  /** The holder's; without it by somebody whose stage it is. */
  token: token.optional(),
  note: FreeText,
  transactionId: TransactionId,
})
export type NoteBody = z.infer<typeof NoteBody>
