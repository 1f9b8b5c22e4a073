import { placeGroups } from '../parts/placed-groups.ts'
import type { Placed } from '../parts/placed-groups.ts'
import type { QueueItem } from '../waiting/waiting.ts'
import type { CountedSchool } from './ready-schools.ts'

/** A school with finished cards: how many there are, and those of them that are shown. */
export type ReadySchool = Placed<{ npsn: string; name: string; total: number; rows: readonly QueueItem[] }>

/**
 * The schools that are asked for, in the order of their names. `open`: the one whose cards are all shown, as far as they
 * have come; of others those that were `found`. Without words every school is asked for.
 */
export function readyBySchool(
  schools: readonly CountedSchool[],
  asked: {
    words: string
    open?: { npsn: string; rows: readonly QueueItem[] } | undefined
    found?: readonly QueueItem[]
  },
): readonly ReadySchool[] {
  const { open, found = [] } = asked
  const words = asked.words.toLowerCase()
  const shown = schools.flatMap(({ npsn, name, rows: total }) => {
    const rows = npsn === open?.npsn ? open.rows : found.filter((row) => row.school.npsn === npsn)
    const named = name.toLowerCase().includes(words) || npsn.startsWith(words)
    return named || rows.length > 0 ? [{ npsn, name, total, rows }] : []
  })
  return placeGroups(shown, ({ npsn }) => `school-${npsn}`)
}
