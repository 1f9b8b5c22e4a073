/** A school that the office knows. `npsn` is `^\d{8}$`, `^P\d{7}$` (PKBM/SKB) or `^K\d{7}$` (LKP). */
export type School = {
  npsn: string
  name: string
  kecamatan: string
  /** Pupils enrolled under 17, for weights and coverage; null where the office has not entered it. */
  enrolled: number | null
  /** A made-up school of the demo: its coordinators need no approval. */
  sample: boolean
}

/** Lets a coordinator of one school in without approval. The code itself is stored as a keyed hash. */
export type Invitation = {
  id: string
  npsn: string
  expiresAt: Date
  usesLeft: number
  triesLeft: number
  createdBy: string
}

const NPSN = /^(?:\d{8}|[PK]\d{7})$/
export function parseNpsn(typed: string): string | undefined {
  const compact = typed.toUpperCase().replaceAll(/[\s.-]/g, '')
  return NPSN.test(compact) ? compact : undefined
}
