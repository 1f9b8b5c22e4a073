import type { DocumentKind } from '../models/application/application.ts'
import type { Finding } from '../models/application/findings.ts'

/** Another file that is or looks like this one, and the pupil's ticket that it was sent for. */
export type Twin = { kind: DocumentKind; ticket: string; how: { bytes: true } | { bits: number } }

/**
 * Bits of 64 that differ between two hashes: of the same picture, saved again, at most 8 do; of different people at
 * least 13 did (135 pictures, all pairs). Papers of one form look alike to the hash, so that they have to be closer.
 */
const BITS = { same: 8, alike: 12, paper: 3 } as const
/** What siblings share as a matter of course. */
const SHARED: readonly DocumentKind[] = ['family_card', 'eid_card', 'letter']

/** How many of the 64 bits differ. */
export function bitsApart(one: string, other: string): number {
  let rest = BigInt(`0x${one}`) ^ BigInt(`0x${other}`)
  let count = 0
  for (; rest > 0n; rest &= rest - 1n) count += 1
  return count
}

/** Whether a hash is near enough to be looked at. */
export function isNear(one: string, other: string): boolean {
  return one !== '' && other !== '' && bitsApart(one, other) <= BITS.alike
}

/** What a file that was also sent for another pupil means: a warning, never more. One finding, the strongest. */
export function twinFinding(kind: DocumentKind, twins: readonly Twin[]): Finding | undefined {
  if (SHARED.includes(kind)) return undefined
  const found = twins.flatMap((twin) => one(kind, twin) ?? [])
  return found.toSorted((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code))[0]
}

const ORDER = ['SAME_PORTRAIT', 'SAME_FILE', 'SAME_PICTURE', 'ALIKE_PICTURE']

function one(kind: DocumentKind, twin: Twin): Finding | undefined {
  const detail = { ticket: twin.ticket }
  const portraits = kind === 'portrait' && twin.kind === 'portrait'
  const bits = 'bits' in twin.how ? twin.how.bits : 0
  if (portraits) {
    if (bits <= BITS.same) return { code: 'SAME_PORTRAIT', severity: 'check', detail }
    return bits <= BITS.alike ? { code: 'ALIKE_PICTURE', severity: 'note', detail } : undefined
  }
  if ('bytes' in twin.how) return { code: 'SAME_FILE', severity: 'check', detail }
  return bits <= BITS.paper && kind === twin.kind ? { code: 'SAME_PICTURE', severity: 'note', detail } : undefined
}
