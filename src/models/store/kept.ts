import { Schema } from 'mongoose'
import type { Connection, Model, mongo } from 'mongoose'

/**
 * How rows of `T` are kept: in which collection; its indexes are added to it. The fields stand once, in `T`: rows are
 * written by typed code only, so mongoose has nothing to cast, to drop or to fill in.
 */
export function keptIn<T extends { _id: string | number }>(collection: string): Schema<T> {
  const options = { collection, versionKey: false, strict: false, minimize: false } as const
  return new Schema({ _id: { type: Schema.Types.Mixed, required: true } }, options) as unknown as Schema<T>
}

/** The model of rows kept so, in whichever database; registered there at its first use. */
export function modelOf<T extends { _id: string | number }>(
  name: string,
  schema: Schema<T>,
): (database: Connection) => Model<T> {
  return (database) => (database.models[name] as Model<T> | undefined) ?? database.model<T>(name, schema)
}

/** The same rows past mongoose: on the way of every message its casting and its queries cost more than the driver. */
export function rowsOf<T extends { _id: string | number }>(model: Model<T>): mongo.Collection<T> {
  return model.collection as unknown as mongo.Collection<T>
}
