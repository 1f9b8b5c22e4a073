import type { mongo } from 'mongoose'

/** Lean reads give BSON Binary where the schema says Buffer; this is the one border where that becomes a Buffer. */
export function toBuffer(stored: Buffer | mongo.Binary | Uint8Array): Buffer {
  if (Buffer.isBuffer(stored)) return stored
  if (stored instanceof Uint8Array) return Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength)
  return Buffer.from(stored.buffer)
}
