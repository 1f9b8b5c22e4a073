import { z } from 'zod'
import { DOCUMENT_KINDS } from '../../models/application/application.ts'
import { Id, TransactionId } from './id.ts'

const token = z.string().min(1).max(100)
const kind = z.enum(DOCUMENT_KINDS)

/**
 * `POST /api/applications/:id/sort-files`: every present file once, with its kind; those of a kind are its pages in this
 * order. 409 where another file has come meanwhile.
 */
export const SortFilesBody = z.strictObject({
  token,
  documents: z
    .array(z.strictObject({ id: Id, kind }))
    .min(1)
    .max(200)
    .refine((list) => new Set(list.map((one) => one.id)).size === list.length, 'each file once'),
  transactionId: TransactionId,
})
export type SortFilesBody = z.infer<typeof SortFilesBody>

/** `POST /api/applications/:id/split-off`: a file that belongs to another pupil of the same school, `to`. */
export const SplitOffBody = z.strictObject({ token, document: Id, kind, to: Id, transactionId: TransactionId })
export type SplitOffBody = z.infer<typeof SplitOffBody>
