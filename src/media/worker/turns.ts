/** Lets one piece of work run at a time; `next` goes before all that waits as `later`. Errors pass through. */
export function createTurns() {
  const waiting: { next: (() => void)[]; later: (() => void)[] } = { next: [], later: [] }
  let busy = false

  return async <T>(when: 'next' | 'later', work: () => Promise<T>): Promise<T> => {
    if (busy) await new Promise<void>((resolve) => void waiting[when].push(resolve))
    busy = true
    try {
      return await work()
    } finally {
      const follower = waiting.next.shift() ?? waiting.later.shift()
      if (follower) follower()
      else busy = false
    }
  }
}
