import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_ID_BYTES = 4

/**
 * Seals personal values: AES-256-GCM, laid out as key id (4 bytes) | iv (12) | tag (16) | ciphertext.
 * The key id is derived from the key, so that a ring may hold the current and earlier keys during a rotation.
 */
export type Sealer = {
  seal(plain: string | Uint8Array): Buffer
  sealJson(value: unknown): Buffer
  /** Throws when the key is not in the ring or the bytes were changed. */
  open(sealed: Uint8Array): Buffer
  openText(sealed: Uint8Array): string
  openJson<T>(sealed: Uint8Array): T
  /** True when `sealed` is under an earlier key: the rotation reseals it. */
  isStale(sealed: Uint8Array): boolean
  /** Keyed hash for look-ups of personal values (NIK, KK, phone); rebuilt by the key rotation. base64url, 22 characters. */
  lookup(kind: string, value: string): string
  /** Keyed hash of one folded word of a name, under a key of its own; rebuilt by the rotation. 8 characters. */
  nameKey(word: string): string
  /** Keyed hash that names chats and messages; under a secret of its own that a rotation only reseals. */
  identify(kind: string, ...parts: readonly string[]): string
}

/** `key` is DATA_KEY, 32 bytes; `previous` are keys that may still be met; `identity` is the stored secret for ids. */
export function createSealer(key: Buffer, identity: Buffer, previous: readonly Buffer[] = []): Sealer {
  // key objects, made once: a buffer would be imported anew for every value
  const ring = new Map([key, ...previous].map((k) => [keyId(k).toString('hex'), createSecretKey(derive(k, 'seal'))]))
  const currentId = keyId(key)
  const current = createSecretKey(derive(key, 'seal'))
  const lookupKey = createSecretKey(derive(key, 'lookup'))
  const nameWordKey = createSecretKey(derive(key, 'names'))
  const identityKey = createSecretKey(identity)

  function seal(plain: string | Uint8Array): Buffer {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', current, iv)
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([currentId, iv, cipher.getAuthTag(), body])
  }
  function open(sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
    const used = ring.get(bytes.subarray(0, KEY_ID_BYTES).toString('hex'))
    if (!used) throw new Error('sealed under a key that is not at hand')
    const iv = bytes.subarray(KEY_ID_BYTES, KEY_ID_BYTES + IV_BYTES)
    const tag = bytes.subarray(KEY_ID_BYTES + IV_BYTES, KEY_ID_BYTES + IV_BYTES + TAG_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', used, iv)
    decipher.setAuthTag(tag)
    return Buffer.concat([decipher.update(bytes.subarray(KEY_ID_BYTES + IV_BYTES + TAG_BYTES)), decipher.final()])
  }
  return {
    seal,
    sealJson: (value) => seal(JSON.stringify(value)),
    open,
    openText: (sealed) => open(sealed).toString('utf8'),
    openJson: (sealed) => JSON.parse(open(sealed).toString('utf8')),
    isStale: (sealed) => !Buffer.from(sealed.subarray(0, KEY_ID_BYTES)).equals(currentId),
    lookup: (kind, value) => mac(lookupKey, kind, value),
    nameKey: (word) => createHmac('sha256', nameWordKey).update(word).digest().subarray(0, 6).toString('base64url'),
    identify: (kind, ...parts) => mac(identityKey, kind, ...parts),
  }
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `smart-kids/${purpose}`, 32))
}
function keyId(key: Buffer): Buffer {
  return derive(key, 'id').subarray(0, KEY_ID_BYTES)
}
function mac(key: KeyObject, ...parts: readonly string[]): string {
  const hash = createHmac('sha256', key)
  // length before each part, so that no two lists of parts read the same
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest().subarray(0, 16).toString('base64url')
}
