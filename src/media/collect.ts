import type { Readable } from 'node:stream'

/** Why a download ended before its end; `stalled` may be tried again. */
export class CollectError extends Error {
  override readonly name = 'CollectError'
  readonly problem: 'too-big' | 'stalled'
  constructor(problem: 'too-big' | 'stalled') {
    super(`download ended: ${problem}`)
    this.problem = problem
  }
}

/**
 * Opens a stream and reads all of it, at most `limit` bytes: byte `limit + 1` ends it at once (`too-big`), and so do
 * `idleMs` without any news, the opening included (`stalled`). The stream is destroyed in each case; its own errors
 * pass through.
 */
export async function collect(opening: Promise<Readable>, how: { limit: number; idleMs: number }): Promise<Buffer> {
  const watch = createWatch(how.idleMs)
  let stream: Readable | undefined
  try {
    stream = await watch.race(opening)
    const pieces: Buffer[] = []
    let bytes = 0
    const reader = stream[Symbol.asyncIterator]()
    for (;;) {
      const next = await watch.race(reader.next())
      if (next.done) return Buffer.concat(pieces, bytes)
      const piece = Buffer.from(next.value)
      bytes += piece.length
      if (bytes > how.limit) throw new CollectError('too-big')
      pieces.push(piece)
    }
  } finally {
    watch.stop()
    if (stream) stream.destroy()
    // opened too late for us: nobody else would close it
    else void opening.then((late) => late.destroy()).catch(() => undefined)
  }
}

/** One timer for the whole download: each `race` starts it anew. */
function createWatch(idleMs: number) {
  let expire: () => void = () => undefined
  const timer = setTimeout(() => expire(), idleMs)
  return {
    race<T>(work: Promise<T>): Promise<T> {
      timer.refresh()
      return new Promise((resolve, reject) => {
        expire = () => reject(new CollectError('stalled'))
        work.then(resolve, reject)
      })
    },
    stop: () => clearTimeout(timer),
  }
}
