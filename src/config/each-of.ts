import type { Log } from './log.ts'

type Ids = Readonly<Record<string, string | number>>

/**
 * One round of a sweeper: `work` for each of `rows`, in order. One that fails is logged with its ids, told to `failed`
 * and left for the next round; it must not stand before the others. Gives how many came through. Throws only where the
 * rows themselves cannot be read.
 */
export async function eachOf<Row>(
  rows: Iterable<Row> | AsyncIterable<Row>,
  { log, what, ids, failed }: { log: Log; what: string; ids?: (row: Row) => Ids; failed?: (row: Row) => unknown },
  work: (row: Row) => Promise<unknown>,
): Promise<number> {
  let done = 0
  for await (const row of rows) {
    try {
      await work(row)
      done += 1
    } catch (error) {
      log.warn({ ...ids?.(row), err: error }, what)
      await failed?.(row)
    }
  }
  return done
}
