import { randomBytes } from 'node:crypto'
import type { Connection } from 'mongoose'
import { createSealer } from './sealing.ts'
import type { Sealer } from './sealing.ts'
import { toBuffer } from './binary.ts'
import { insertOnce } from './insert-once.ts'
import { keptIn, modelOf } from './kept.ts'

/** The secret that names chats and messages (`Sealer.identify`): made once, sealed under DATA_KEY, only ever resealed. */
type KeyringDocument = { _id: string; sealed: Buffer; createdAt: Date }

const IDENTITY = 'identity'
const SECRET_BYTES = 32
// opening needs no identity; this one is never used to name anything
const NO_IDENTITY = Buffer.alloc(SECRET_BYTES)

const schema = keptIn<KeyringDocument>('keyring')

export const keyring = modelOf('Keyring', schema)

/** DATA_KEY does not belong to this database. */
export class WrongDataKey extends Error {
  override readonly name = 'WrongDataKey'
  constructor() {
    super('DATA_KEY does not open this database: set the key that it was made with, or name that in DATA_KEY_PREVIOUS')
  }
}

/**
 * The sealer of this database under `key`; `previous` are earlier keys that a rotation may have left in it. Makes the
 * stored secret where there is none; processes that start at once agree on one. Throws `WrongDataKey`.
 */
export async function openKeyring(
  database: Connection,
  key: Buffer,
  previous: readonly Buffer[] = [],
): Promise<Sealer> {
  const rows = keyring(database)
  if (!(await rows.exists({ _id: IDENTITY }))) {
    const sealed = createSealer(key, NO_IDENTITY).seal(randomBytes(SECRET_BYTES))
    await insertOnce(rows, { _id: IDENTITY, sealed, createdAt: new Date() })
  }
  const row = await rows.findById(IDENTITY).orFail().lean()
  return openSealer(toBuffer(row.sealed), key, previous)
}

/** The sealer that belongs to the stored secret `sealed`. Throws `WrongDataKey` when no key opens it. */
export function openSealer(sealed: Buffer, key: Buffer, previous: readonly Buffer[]): Sealer {
  return createSealer(key, openSecret(createSealer(key, NO_IDENTITY, previous), sealed), previous)
}

function openSecret(ring: Sealer, sealed: Buffer): Buffer {
  try {
    return ring.open(sealed)
  } catch {
    throw new WrongDataKey()
  }
}
