import type { HistoryEntry } from '../../models/application/history.ts'
import { addCardUse } from '../../models/printing/card-uses.ts'
import type { CardUse } from '../../models/printing/card-uses.ts'
import type { Database } from '../../models/store/connect.ts'
import { MISPRINT_REASONS } from '../../models/printing/print-batch.ts'
import type { MisprintReason } from '../../models/printing/print-batch.ts'

/**
 * What this entry used up of the stock, where no print batch has counted it: a card that is ready is one blank, one that
 * came out wrong in printing, too; of one that was ready before, the blank was counted then.
 */
function used(entry: HistoryEntry): Pick<CardUse, 'blanks' | 'misprint'> | undefined {
  if (entry.batch !== undefined) return undefined
  if (entry.action === 'approve' && entry.from === 'printing' && entry.to === 'ready') return { blanks: 1 }
  if (entry.action !== 'misprint') return undefined
  return { blanks: entry.from === 'printing' ? 1 : 0, misprint: reasonOf(entry) }
}

/** Entries of before a reason was chosen have none. */
function reasonOf({ reasons: [code] = [] }: HistoryEntry): MisprintReason {
  return code !== undefined && Object.hasOwn(MISPRINT_REASONS, code) ? (code as MisprintReason) : 'OTHER'
}

/** Counts the cards of these entries, which are past their undo. Safe to repeat. */
export async function countCards(
  database: Database,
  application: string,
  entries: readonly HistoryEntry[],
): Promise<void> {
  for (const entry of entries) {
    const use = used(entry)
    if (use) await addCardUse(database, { _id: `${application}/${entry.seq}`, application, at: entry.at, ...use })
  }
}
