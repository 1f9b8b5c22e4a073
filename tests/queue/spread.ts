/**
 * How far apart two flows are served while both stay backlogged: for each pair the largest difference, over any such
 * time, of what was served divided by weight.
 */
export function createSpread(weightOf: (flow: string) => number) {
  const open = new Map<string, { d: number; min: number; max: number }>()
  const worst = new Map<string, number>()
  return {
    worst,
    /** The flow has nothing that waits: whatever comes next begins anew. */
    emptied(flow: string): void {
      for (const pair of open.keys()) if (pair.split(' ').includes(flow)) open.delete(pair)
    },
    /** One first claim. `gained` are the flows that were served by it, as often as they were. */
    served(gained: readonly string[], waitingBefore: ReadonlySet<string>, waitingAfter: ReadonlySet<string>): void {
      const names = [...waitingBefore].toSorted()
      for (const [i, a] of names.entries()) {
        for (const b of names.slice(i + 1)) {
          const pair = `${a} ${b}`
          const now = open.get(pair) ?? { d: 0, min: 0, max: 0 }
          for (const flow of gained) {
            if (flow === a) now.d += 1 / weightOf(a)
            if (flow === b) now.d -= 1 / weightOf(b)
          }
          now.min = Math.min(now.min, now.d)
          now.max = Math.max(now.max, now.d)
          open.set(pair, now)
          worst.set(pair, Math.max(worst.get(pair) ?? 0, now.max - now.min))
        }
      }
      for (const flow of names) if (!waitingAfter.has(flow)) this.emptied(flow)
    },
  }
}

/** b(1/w + 1/w′), and for a flow of resubmissions the one round of credit that it begins with. */
export function boundOf(pair: string, batch: number, weightOf: (flow: string) => number): number {
  const rounds = pair.split(' ').map((flow) => ({ round: batch / weightOf(flow), credited: flow.endsWith('/r') }))
  const credit = Math.max(...rounds.map(({ round, credited }) => (credited ? round : 0)))
  return rounds.reduce((sum, { round }) => sum + round, credit) + 1e-9
}
