import { placeGroups } from '../parts/placed-groups.ts'
import type { Placed } from '../parts/placed-groups.ts'
import type { QueueItem } from './waiting.ts'

export type SettledRow = QueueItem & { gone: boolean }

/**
 * Nothing moves by itself: the rows stay where they were shown and take the latest values in place; rows that have left
 * stay as `gone`; rows that have come are only counted.
 */
export function settle(
  shown: readonly QueueItem[],
  latest: readonly QueueItem[],
): { rows: readonly SettledRow[]; fresh: number } {
  const now = new Map(latest.map((row) => [row.id, row]))
  const known = new Set(shown.map((row) => row.id))
  return {
    rows: shown.map((row) => ({ ...(now.get(row.id) ?? row), gone: !now.has(row.id) })),
    fresh: latest.filter((row) => !known.has(row.id)).length,
  }
}

type Round = { round: number | null; rows: readonly SettledRow[] }

export type PlacedRound = Placed<Round>

/** Rounds among the lines of the whole list; rows that belong to no round have no heading. */
export const placed = (rounds: readonly Round[]): readonly PlacedRound[] =>
  placeGroups(
    rounds,
    ({ round }, i) => `round-${round}-${i}`,
    ({ round }) => round !== null,
  )

/** Rows in their order, cut where the round changes. */
export function byRound(rows: readonly SettledRow[]): readonly Round[] {
  const rounds: { round: number | null; rows: SettledRow[] }[] = []
  for (const row of rows) {
    const last = rounds.at(-1)
    if (last && last.round === row.round) last.rows.push(row)
    else rounds.push({ round: row.round, rows: [row] })
  }
  return rounds
}
