import type { QueueItem } from '../waiting/waiting.ts'

export type Grouping = 'school' | 'class' | 'load'
export type Group = {
  key: string
  title: string
  /** What else is to be said of it: its classes, or its schools. */
  detail: string
  /** Those that nobody holds, in the order of the queue. */
  free: readonly QueueItem[]
  /** Who holds how many of it. */
  held: readonly { name: string; count: number }[]
  oldestAt: string
  /** No card of it waits beside those that are known here. */
  whole: boolean
}

const classesOf = (items: readonly QueueItem[]): string => {
  const classes = [...new Set(items.flatMap((item) => item.pupil?.class ?? []))].toSorted((a, b) =>
    a.localeCompare(b, 'id', { numeric: true }),
  )
  // a kindergarten has groups with names of their own
  return /^\d/.test(classes[0] ?? '') ? `kelas ${classes.join(', ')}` : classes.join(', ')
}

const countSchools = (items: readonly QueueItem[]): string =>
  `${new Set(items.map((item) => item.school.npsn)).size} sekolah`

function groupOf(
  { key, title, detail, whole }: Pick<Group, 'key' | 'title' | 'detail' | 'whole'>,
  items: readonly QueueItem[],
): Group {
  const held = new Map<string, number>()
  for (const { claimedBy } of items) if (claimedBy) held.set(claimedBy.name, (held.get(claimedBy.name) ?? 0) + 1)
  return {
    key,
    title,
    detail,
    whole,
    free: items.filter((item) => !item.claimedBy),
    held: [...held].map(([name, count]) => ({ name, count })),
    oldestAt: items.reduce((oldest, item) => (item.stageAt < oldest ? item.stageAt : oldest), items[0]?.stageAt ?? ''),
  }
}

/**
 * What waits, put together for the printer; groups in the order of the queue. A load takes `load` cards. `more`: the
 * queue goes on behind `items`, with cards of any school.
 */
export function groupsOf(items: readonly QueueItem[], by: Grouping, load: number, more = false): readonly Group[] {
  if (by === 'load') {
    const free = items.filter((item) => !item.claimedBy)
    return Array.from({ length: Math.ceil(free.length / load) }, (_, i) => {
      const part = free.slice(i * load, (i + 1) * load)
      const whole = !more || part.length === load
      return groupOf({ key: `muatan-${i}`, title: `Muatan ${i + 1}`, detail: countSchools(part), whole }, part)
    })
  }
  const groups = new Map<string, QueueItem[]>()
  for (const item of items) {
    const key = by === 'school' ? item.school.npsn : `${item.school.npsn}/${item.pupil?.class ?? ''}`
    const known = groups.get(key)
    if (known) known.push(item)
    else groups.set(key, [item])
  }
  return [...groups].map(([key, of]) =>
    groupOf({ key, title: of[0]?.school.name ?? '', detail: classesOf(of), whole: !more }, of),
  )
}

/**
 * Nothing moves by itself: groups stay where they were `shown` and take the latest values in place, one that has run empty
 * with nothing in it; others come behind them.
 */
export function settleGroups(shown: readonly Group[], latest: readonly Group[]): readonly Group[] {
  const now = new Map(latest.map((group) => [group.key, group]))
  const known = new Set(shown.map((group) => group.key))
  return [
    ...shown.map((group) => now.get(group.key) ?? { ...group, free: [], held: [] }),
    ...latest.filter((group) => !known.has(group.key)),
  ]
}

/** The first groups that fit into one load together; the first alone where it is larger. */
export function suggested(groups: readonly Group[], load: number): ReadonlySet<string> {
  const keys = new Set<string>()
  let sum = 0
  for (const group of groups) {
    const count = group.free.length
    if (count === 0 || (keys.size > 0 && sum + count > load)) continue
    keys.add(group.key)
    sum += count
    if (sum >= load) break
  }
  return keys
}
