import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Drawn for many ids at once: a draw costs more than what it gives. Each byte is used once. */
let drawn = randomBytes(0)
let used = 0
function nextByte(): number {
  if (used === drawn.length) {
    drawn = randomBytes(4_096)
    used = 0
  }
  return drawn.readUInt8(used++)
}

/** A new id for a document of ours: 20 characters, time first, so that newer ids sort after older ones. */
export function newId(now = Date.now()): string {
  let time = ''
  for (let rest = now, i = 0; i < 9; i++, rest = Math.floor(rest / 32)) time = ALPHABET.charAt(rest % 32) + time
  let noise = ''
  for (let i = 0; i < 11; i++) noise += ALPHABET.charAt(nextByte() % 32)
  return time + noise
}
