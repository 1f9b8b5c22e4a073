import type { HistoryView } from '../../../contract/application.ts'

/** An entry as the history shows it; `idle`: so many claims, this the latest, ran out with nothing done. */
export type ShownEntry = { entry: HistoryView; idle?: number }

/**
 * The history, the latest first. Claims that ran out one after the other are one line: a case that waits is taken ahead
 * again and again, and what was done would drown in it.
 */
export function shownHistory(history: readonly HistoryView[]): ShownEntry[] {
  const shown: ShownEntry[] = []
  for (const entry of history) {
    const [earlier, before] = [shown.at(-2), shown.at(-1)]
    if (entry.action !== 'expire' || before?.entry.action !== 'claim' || before.idle !== undefined) {
      shown.push({ entry })
      continue
    }
    const idle = { entry: before.entry, idle: (earlier?.idle ?? 0) + 1 }
    shown.splice(earlier?.idle === undefined ? -1 : -2, 2, idle)
  }
  return shown.toReversed()
}
