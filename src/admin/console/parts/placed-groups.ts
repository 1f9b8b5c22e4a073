type Group = { rows: readonly { id: string }[] }

/** A group among the lines of the whole list: `first` is the place of the first of its `lines`, its heading if it has one. */
export type Placed<G extends Group> = G & { key: string; first: number; lines: readonly string[] }

/** Groups with the keys of their lines, numbered through. */
export function placeGroups<G extends Group>(
  groups: readonly G[],
  keyOf: (group: G, i: number) => string,
  isHeaded: (group: G) => boolean = () => true,
): readonly Placed<G>[] {
  let first = 0
  return groups.map((group, i) => {
    const key = keyOf(group, i)
    const lines = [...(isHeaded(group) ? [key] : []), ...group.rows.map((row) => row.id)]
    const start = first
    first += lines.length
    return { ...group, key, first: start, lines }
  })
}

/** What of a group is drawn: its heading, and those of its rows, the `nth` of them from 0. */
export function drawnOf<Line extends { index: number }>(
  { rows, first, lines }: Placed<Group>,
  drawn: readonly Line[],
): { heading: Line | undefined; rows: readonly (Line & { nth: number })[] } {
  const begin = first + lines.length - rows.length
  const mine = drawn.filter(({ index }) => index >= first && index < first + lines.length)
  return {
    heading: mine.find(({ index }) => index < begin),
    rows: mine.flatMap((row) => (row.index < begin ? [] : [{ ...row, nth: row.index - begin }])),
  }
}
