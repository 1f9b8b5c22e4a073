import { setTimeout as wait } from 'node:timers/promises'

/** Waits, or returns early when `signal` aborts; never throws. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined)
}

/** Doubles from `first` to `longest` ms, with up to half of it taken off, so that many do not come back at once. */
export function growing(first: number, longest: number, attempt: number): number {
  return Math.min(longest, first * 2 ** Math.min(attempt, 16)) * (1 - Math.random() / 2)
}
