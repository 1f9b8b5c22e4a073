import { setTimeout as delay } from 'node:timers/promises'

/** Asks again and again until there is an answer; throws after `timeout` ms. */
export async function until<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  { timeout = 15_000, what = 'what was waited for' }: { timeout?: number; what?: string } = {},
): Promise<T> {
  const end = Date.now() + timeout
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > end) throw new Error(`${what} did not come within ${timeout} ms`)
    await delay(10)
  }
}
