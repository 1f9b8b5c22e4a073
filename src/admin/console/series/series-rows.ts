import type { Case } from '../client/case.ts'

export type SeriesRow = { one: Case; state: 'held' | 'entered' | 'lost'; at?: Date }

/**
 * A series as it is shown: its rows stay where they were. `claims` is what I hold now; `entered` when I was done with a
 * row. A row that is in neither has been taken from me.
 */
export function seriesRows(
  series: readonly Case[],
  claims: readonly Case[],
  entered: ReadonlyMap<string, Date>,
): readonly SeriesRow[] {
  const held = new Map(claims.map((one) => [one.id, one]))
  const rows = series.map((one): SeriesRow => {
    const now = held.get(one.id)
    const at = entered.get(one.id)
    // what was taken back is mine again
    if (now) return { one: now, state: 'held' }
    return at ? { one, state: 'entered', at } : { one, state: 'lost' }
  })
  const known = new Set(series.map((one) => one.id))
  return [...rows, ...claims.filter((one) => !known.has(one.id)).map((one): SeriesRow => ({ one, state: 'held' }))]
}
