import mongoose from 'mongoose'
import type { Model, mongo } from 'mongoose'
import { isDuplicateKey } from './errors.ts'

type Waiting = {
  operation: mongo.AnyBulkWriteOperation
  resolve: (written: boolean) => void
  reject: (error: unknown) => void
}
type Group = { waiting: Waiting[]; underway: number }

/** Far below what one command may hold, with rows of ours. */
const MOST = 200
/** Commands of one collection at once: one alone would leave the engine idle while its answer is on its way. */
const AT_ONCE = 3
const groups = new WeakMap<object, Group>()

/**
 * Group commit: writes that come while others are on their way to the same collection go together, in one command.
 * Each caller hears only once its own write is durable, so nothing is promised earlier than by a command of its own;
 * many chats at once cost a few commands instead of many. False where a unique key was there already. For writes that
 * need no count of what they matched: a bulk tells only the sum. Writes of one group are in no order.
 */
export function writeInGroup<T>(
  model: Model<T>,
  operation: mongo.AnyBulkWriteOperation<T & mongo.Document>,
): Promise<boolean> {
  const collection = model.collection as unknown as mongo.Collection
  const group = groups.get(collection) ?? { waiting: [], underway: 0 }
  groups.set(collection, group)
  return new Promise((resolve, reject) => {
    group.waiting.push({ operation: operation as mongo.AnyBulkWriteOperation, resolve, reject })
    if (group.underway < AT_ONCE) void flush(collection, group)
  })
}

async function flush(collection: mongo.Collection, group: Group): Promise<void> {
  group.underway += 1
  // what comes in the same moment goes together
  await Promise.resolve()
  while (group.waiting.length > 0) await write(collection, group.waiting.splice(0, MOST))
  group.underway -= 1
}

/** Settles every write of the batch; never throws. */
async function write(collection: mongo.Collection, batch: readonly Waiting[]): Promise<void> {
  try {
    await collection.bulkWrite(
      batch.map(({ operation }) => operation),
      { ordered: false },
    )
    for (const { resolve } of batch) resolve(true)
  } catch (error) {
    const failed = failuresOf(error)
    for (const [i, { resolve, reject }] of batch.entries()) {
      const failure = failed?.get(i)
      if (failed && !failure) resolve(true)
      else if (failure && isDuplicateKey(failure)) resolve(false)
      else reject(error)
    }
  }
}

/** The writes that failed, by their place; undefined where nothing is known of any single one. */
function failuresOf(error: unknown): ReadonlyMap<number, mongo.WriteError> | undefined {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return undefined
  const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors]
  // a lost connection comes as a bulk error, too, but without errors of single writes
  if (errors.length === 0 || error.result.getWriteConcernError()) return undefined
  return new Map(errors.map((one) => [one.index, one]))
}
