import type { Log } from '../config/log.ts'

/** Work that comes again and again in one process; rounds never overlap. */
export type Loop = {
  start(): void
  /** Runs a round now, or right after the one that runs. */
  nudge(): void
  /** Waits for the round that runs. */
  stop(): Promise<void>
}

/** Runs `round` every `everyMs`; a round that fails is logged and the next one comes as usual. */
export function createLoop(name: string, everyMs: number, log: Log, round: () => Promise<void>): Loop {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let again = false
  let stopped = true

  function run(): void {
    if (stopped) return
    if (running) {
      again = true
      return
    }
    clearTimeout(timer)
    running = round()
      .catch((error: unknown) => log.warn({ err: error, loop: name }, 'a round failed'))
      .finally(() => {
        running = undefined
        if (stopped) return
        timer = setTimeout(run, again ? 0 : everyMs)
        again = false
      })
  }
  return {
    start() {
      stopped = false
      run()
    },
    nudge: run,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
