/** From so far a jump on, numbers have begun anew and do not miss the ones between. */
const JUMP = 1_000

/**
 * Orders what a platform numbers without holes. What arrived resolves true once every lower number has arrived here: at
 * once, or when the holes are filled. It resolves false where some were still open after `ms`, or where it came late
 * itself: a number may have gone to another process, or to nothing that we take. Then only the store knows what came
 * before.
 */
export function createOrder(ms: number): (number: number) => Promise<boolean> {
  type Waiting = { number: number; missed: boolean; tell: (sure: boolean) => void }
  let top: number | undefined
  /** In ascending order: they are opened so. */
  const holes = new Map<number, NodeJS.Timeout>()
  let waiting: Waiting[] = []

  function open(hole: number): void {
    holes.set(
      hole,
      setTimeout(() => {
        for (const one of waiting) if (one.number > hole) one.missed = true
        close(hole)
      }, ms),
    )
  }
  function close(hole: number): void {
    clearTimeout(holes.get(hole))
    holes.delete(hole)
    const lowest = lowestHole()
    const free = waiting.filter((one) => one.number < lowest).sort((a, b) => a.number - b.number)
    waiting = waiting.filter((one) => one.number >= lowest)
    // after whoever filled the hole, which hears of it in this very moment
    setImmediate(() => {
      for (const { tell, missed } of free) tell(!missed)
    })
  }
  const lowestHole = (): number => holes.keys().next().value ?? Infinity

  return (number) => {
    const late = top !== undefined && number <= top && !holes.has(number)
    // the first of all may have been overtaken, too; after a jump numbers have begun anew
    const from = top === undefined || number - top > JUMP ? number - 1 : top + 1
    for (let hole = from; hole < number; hole++) open(hole)
    top = top !== undefined && top - number > JUMP ? number : Math.max(top ?? number, number)
    if (holes.has(number)) close(number)
    if (late) return Promise.resolve(false)
    if (number < lowestHole()) return Promise.resolve(true)
    return new Promise((resolve) => void waiting.push({ number, missed: false, tell: resolve }))
  }
}
