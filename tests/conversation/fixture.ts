import type { Answers } from '../../src/models/chat/session.ts'
import type { Given, SaidInput } from './given.ts'

/** A golden dialogue: what is said, everything that is heard, and a subset of the state behind it. */
export type Fixture = {
  name: string
  clock: string
  given: Given
  turns: readonly {
    said: SaidInput
    /** Time that passes before it: `3d`, `2h`, `10m`, `5s`. */
    after?: string
    heard: readonly string[]
    state?: { flow?: string; step?: string; answers?: Answers; memory?: Answers }
  }[]
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `3d` in milliseconds. */
export function span(after: string): number {
  const match = /^(\d+)([smhd])$/.exec(after)
  if (!match) throw new Error(`"${after}" is no span as 3d, 2h, 10m, 5s`)
  return Number(match[1]) * (UNITS[match[2]!] ?? 0)
}
