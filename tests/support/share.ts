/** The suite runs its proofs at a tenth of their size; `npm run prove` sets this to 1. */
const SHARE = Number(process.env['PROOF_SHARE'] ?? 10)

/** Every tenth of `all`, and at least one: others at each place, so that all of them come somewhere. */
export function shareOf<T>(all: readonly T[], place: number): readonly T[] {
  const step = Math.min(SHARE, all.length)
  return all.filter((_, i) => i % step === place % step)
}
