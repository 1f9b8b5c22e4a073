import { useState } from 'react'
import type { Case } from '../../client/case.ts'
import { useMe } from '../../client/session.ts'
import type { Decide } from './use-decide.ts'

const ENDS: readonly Case['history'][number]['action'][] = [
  'release',
  'reassign',
  'expire',
  'approve',
  'return',
  'reject',
  'propose_reject',
  'cancel',
  'misprint',
]

/** The latest entry that ended a claim: it tells whose doing it was. */
export const endOf = (shown: Case): Case['history'][number] | undefined =>
  shown.history.findLast((entry) => ENDS.includes(entry.action))

/**
 * Whether a claim that was mine on this page has gone, other than by an act of mine. `dismiss` leaves the case on the
 * screen, to be read only.
 */
export function useLost(shown: Case, decide: Decide): { lost: boolean; dismiss: () => void } {
  const me = useMe()
  const token = shown.claim?.token
  const [had, setHad] = useState(token)
  if (had === undefined && token !== undefined) setHad(token)
  const end = endOf(shown)
  // a release of mine leaves the page; one that came from elsewhere under my name is told
  const byMe = end?.by.id === me.id && end.action !== 'release'
  const gone = had !== undefined && token !== had
  return { lost: gone && !byMe && !decide.leaving && !decide.busy, dismiss: () => setHad(undefined) }
}
