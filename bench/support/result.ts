/** What one line of a table measured: `ours` beside the bare library or engine where there is one that does the same. */
export type Row = {
  what: string
  unit: string
  ours: number
  baseline?: number
  /** Judged by `ours`, or by `ours ÷ baseline`. `stretch` is what a good day may reach, and nobody is held to. */
  goal?: { of: 'ours' | 'ratio'; stretch?: number } & ({ least: number } | { most: number })
}
/** `how` is one paragraph: what was done, how often, and what the baseline is. */
export type Result = { title: string; how: string; rows: readonly Row[] }

/** Sizes of a run: the full ones, or those of `--quick`, which proves only that the bench runs. */
export type Sizes = { pick<T>(full: T, quick: T): T }
export type Bench = (sizes: Sizes) => Promise<Result>

export function sizesOf(quick: boolean): Sizes {
  return { pick: (full, small) => (quick ? small : full) }
}

export function ratioOf({ ours, baseline }: Row): number | undefined {
  return baseline === undefined ? undefined : ours / baseline
}

/** Undefined where the line has no goal. */
export function reached(row: Row): boolean | undefined {
  const { goal } = row
  if (!goal) return undefined
  const value = goal.of === 'ours' ? row.ours : (ratioOf(row) ?? Number.NaN)
  return 'least' in goal ? value >= goal.least : value <= goal.most
}

/** The middle of `values`, or the mean of the two in the middle. Throws on none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const low = sorted[(sorted.length - 1) >> 1]
  const high = sorted[sorted.length >> 1]
  if (low === undefined || high === undefined) throw new Error('a median of nothing')
  return (low + high) / 2
}
