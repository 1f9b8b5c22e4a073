/** The warning of marks that were lost: structural, since the store knows no log of ours. */
type Log = { warn(about: object, message: string): void }

/**
 * Marks that nothing depends on: one `write` for all ids of the last `ms`. A kill loses some; whoever made them a hint
 * finds what is unmarked and marks it again.
 */
export function markLater(ms: number, log: Log, write: (ids: readonly string[]) => Promise<unknown>) {
  let noted = new Set<string>()
  let underway: ReadonlySet<string> = new Set()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  async function flush(): Promise<void> {
    timer = undefined
    await writing
    if (noted.size === 0) return
    underway = noted
    noted = new Set()
    try {
      await write([...underway])
    } catch (error) {
      log.warn({ err: error, marks: underway.size }, 'marks lost; the sweeper makes them')
    }
    underway = new Set()
  }
  return {
    mark: (...ids: readonly string[]): void => {
      for (const id of ids) noted.add(id)
      timer ??= setTimeout(() => void (writing = flush()), ms)
    },
    /** Whether it is marked here, and not yet in the store. */
    has: (id: string): boolean => noted.has(id) || underway.has(id),
    /** Writes what is noted, now. */
    flush: async (): Promise<void> => {
      clearTimeout(timer)
      await (writing = flush())
    },
  }
}
