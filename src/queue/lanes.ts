import type { Log } from '../config/log.ts'

/**
 * Work by id within this process: one run of an id at a time and `most` in all; what is asked for during a run is run
 * after it. `again` hears when an id has more to do later. What fails is logged: the sweeper finds it again.
 */
export function createLanes({
  work,
  most,
  again,
  log,
}: {
  work: (id: string) => Promise<{ again?: Date }>
  most: number
  again: (id: string, at: Date) => void
  log: Log
}) {
  const running = new Map<string, Promise<void>>()
  /** Asked for and not begun, in the order in which they were. */
  const waiting = new Set<string>()
  let stopped = false

  async function run(id: string): Promise<void> {
    try {
      const outcome = await work(id)
      if (outcome.again) again(id, outcome.again)
    } catch (error) {
      log.error({ err: error, id }, 'work failed; the sweeper repeats it')
    }
    running.delete(id)
    next()
  }
  function next(): void {
    for (const id of waiting) {
      if (stopped || running.size >= most) return
      if (running.has(id)) continue
      waiting.delete(id)
      running.set(id, run(id))
    }
  }
  return {
    /** `id` has work now. */
    wake: (id: string): void => {
      waiting.add(id)
      next()
    },
    /** Lets running work end and begins none. */
    stop: async (): Promise<void> => {
      stopped = true
      await Promise.all(running.values())
    },
  }
}
