import type { Log } from '../../config/log.ts'

/** Who alone may have the session open. `hold` gives the fencing token, or null while another process has it. */
export type SessionLease = { hold(ms: number): Promise<number | null>; release(): Promise<void> }

/**
 * Runs `work` while this process holds the lease under `token`, renewing it four times in `ms`. Its signal aborts when
 * `ending` does, when another process has taken the lease, and when nobody could renew it in time: then somebody may.
 */
export async function whileHeld(
  held: { lease: SessionLease; token: number; ms: number; ending: AbortSignal; log: Log },
  work: (held: AbortSignal) => Promise<void>,
): Promise<void> {
  const { lease, token, ms, ending, log } = held
  const lost = new AbortController()
  let until = performance.now() + ms
  const renewal = setInterval(() => {
    const asked = performance.now()
    if (asked > until) lost.abort()
    lease.hold(ms).then(
      (kept) => {
        if (kept === token) until = asked + ms
        else lost.abort()
      },
      (error: unknown) => log.warn({ err: error }, 'could not renew the session'),
    )
  }, ms / 4)
  try {
    await work(AbortSignal.any([ending, lost.signal]))
  } finally {
    clearInterval(renewal)
  }
}
