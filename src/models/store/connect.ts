import mongoose from 'mongoose'
import { failClosedWrites } from './closed-socket.ts'

/** Reads and writes go through this one connection of the process; every write waits for the majority (stores). */
export type Database = mongoose.Connection

/** Connects to `uri`. Indexes are made by `ensureIndexes`, never behind our back. */
export async function connectDatabase(uri: string): Promise<Database> {
  failClosedWrites()
  const connection = mongoose.createConnection(uri, {
    autoIndex: false,
    autoCreate: false,
    writeConcern: { w: 'majority' },
    serverSelectionTimeoutMS: 10_000,
    maxPoolSize: 50,
  })
  await connection.asPromise()
  return connection
}
