import { cardUsesSince, countCardUses } from '../../models/printing/card-uses.ts'
import { countUses, usesSince } from '../../models/printing/print-batches.ts'
import { addStock, stockKnown, stockSums } from '../../models/printing/stock.ts'
import type { MisprintReason, StockKind } from '../../models/printing/print-batch.ts'
import type { QueueContext } from '../context.ts'
import { forecast } from './stock-forecast.ts'
import type { Forecast } from './stock-forecast.ts'

/** `onHand` and the forecast are in cards for `blank`, in prints for `ribbon`. */
export type StockOf = { onHand: number; reorderAt: number; forecast: Forecast }
export type StockState = Record<StockKind, StockOf> & {
  /** Cards that came out today. */
  printedToday: number
  /** Since the first of the month: all cards used, and those that came out wrong, by reason. */
  month: { used: number; misprints: Partial<Record<MisprintReason, number>> }
}

type StockEntry = {
  kind: StockKind
  source: 'in' | 'count'
  amount: number
  by: string
  transactionId: string
}

const DAY = 86_400_000
/** Ten working days, with holidays between them, and the month. */
const LOOKED_BACK_DAYS = 45

/** What is on hand is what came in less the cards that were used: there is no number that could be taken off twice. */
export function createStock({ database, office, calendar, now }: QueueContext) {
  async function onHand(): Promise<Record<StockKind, number>> {
    const counts = [countUses(database), countCardUses(database)]
    const [sums, ...uses] = await Promise.all([stockSums(database), ...counts])
    const used = uses.reduce((sum, one) => sum + one, 0)
    return { blank: sums.blank - used, ribbon: sums.ribbon - used }
  }

  return {
    async state(): Promise<StockState> {
      const at = now()
      const { reorderBlanks, reorderRibbonPrints } = office.current().printing
      const today = calendar().dayOf(at)
      const since = new Date(at.getTime() - LOOKED_BACK_DAYS * DAY)
      const [hand, inBatches, single] = await Promise.all([
        onHand(),
        usesSince(database, since),
        cardUsesSince(database, since),
      ])
      const uses = [...inBatches.map((use) => ({ ...use, blanks: 1 })), ...single]
      const used = new Map<string, number>()
      const misprints: Partial<Record<MisprintReason, number>> = {}
      let inMonth = 0
      let printedToday = 0
      for (const use of uses) {
        const day = calendar().dayOf(use.at)
        used.set(day, (used.get(day) ?? 0) + use.blanks)
        if (day === today && use.misprint === undefined) printedToday += 1
        if (day.slice(0, 7) !== today.slice(0, 7)) continue
        inMonth += use.blanks
        if (use.misprint) misprints[use.misprint] = (misprints[use.misprint] ?? 0) + 1
      }
      const of = (kind: StockKind, reorderAt: number): StockOf => ({
        onHand: hand[kind],
        reorderAt,
        forecast: forecast(hand[kind], used, {
          today,
          reorderAt,
          isWorking: (day) => calendar().openTimeOn(day) > 0,
        }),
      })
      return {
        blank: of('blank', reorderBlanks),
        ribbon: of('ribbon', reorderRibbonPrints),
        printedToday,
        month: { used: inMonth, misprints },
      }
    },
    /**
     * `in`: so much has come in. `count`: so much lies on the shelf; the difference is written down. The same transaction
     * again changes nothing.
     */
    async add({ kind, source, amount, by, transactionId }: StockEntry): Promise<void> {
      // counted again it would be the difference to what the first has corrected
      if (await stockKnown(database, transactionId)) return
      const change = source === 'in' ? amount : amount - (await onHand())[kind]
      await addStock(database, { kind, source, amount: change, by, transactionId, at: now() })
    },
  }
}
