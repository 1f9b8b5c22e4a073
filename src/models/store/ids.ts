import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A new id for a document of ours: 20 characters, time first, so that newer ids sort after older ones. */
export function newId(now = Date.now()): string {
  let time = ''
  for (let rest = now, i = 0; i < 9; i++, rest = Math.floor(rest / 32)) time = ALPHABET.charAt(rest % 32) + time
  let noise = ''
  for (const byte of randomBytes(11)) noise += ALPHABET.charAt(byte % 32)
  return time + noise
}
