import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** Argon2id by the second recommendation of RFC 9106 for small machines: 19 MiB, 2 passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
// no I, O, l, 0 or 1: it is read aloud and typed from paper
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const LENGTH = 16

/** A password hash in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST)
}

/** Without a stored hash it takes as long and says no, so that nobody learns which names exist. */
export async function checkPassword(password: string, stored: string | undefined): Promise<boolean> {
  const right = await verify(stored ?? (await nobody()), password.normalize('NFKC'))
  return right && stored !== undefined
}

/** 16 characters, 92 bits. */
export function newPassword(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
}

let nobodysHash: Promise<string> | undefined
function nobody(): Promise<string> {
  nobodysHash ??= hashPassword(newPassword())
  return nobodysHash
}
