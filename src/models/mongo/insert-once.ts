import type { Model, mongo } from 'mongoose'
import { isDuplicateKey } from '../errors.ts'

/**
 * Inserts `row`, or answers false where a unique key says that it is there already. Past mongoose's documents, since a
 * row of ours is complete: on the way of a message hydration would cost more than the write.
 */
export async function insertOnce<T extends { _id: string }>(model: Model<T>, row: T): Promise<boolean> {
  const collection = model.collection as unknown as mongo.Collection<T>
  try {
    await collection.insertOne(row as mongo.OptionalUnlessRequiredId<T>)
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}
