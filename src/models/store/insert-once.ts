import type { Model, mongo } from 'mongoose'
import { writeInGroup } from './write-in-group.ts'

/**
 * Inserts `row`, or answers false where a unique key says that it is there already. Past mongoose's documents, since a
 * row of ours is complete: on the way of a message hydration would cost more than the write.
 */
export function insertOnce<T extends { _id: string }>(model: Model<T>, row: T): Promise<boolean> {
  return writeInGroup(model, { insertOne: { document: row as mongo.OptionalId<T & mongo.BSON.Document> } })
}
