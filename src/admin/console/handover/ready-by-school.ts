import { placeGroups } from '../parts/placed-groups.ts'
import type { Placed } from '../parts/placed-groups.ts'
import type { QueueItem } from '../waiting/waiting.ts'

/** A school with finished cards, as far as they have come. */
export type ReadySchool = Placed<{ npsn: string; name: string; rows: readonly QueueItem[] }>

/** The schools with finished cards, in the order of their names. */
export function readyBySchool(rows: readonly QueueItem[]): readonly ReadySchool[] {
  const schools = new Map<string, { npsn: string; name: string; rows: QueueItem[] }>()
  for (const row of rows) {
    const known = schools.get(row.school.npsn)
    if (known) known.rows.push(row)
    else schools.set(row.school.npsn, { ...row.school, rows: [row] })
  }
  const sorted = [...schools.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'id'))
  return placeGroups(sorted, ({ npsn }) => `school-${npsn}`)
}
