import { useState } from 'react'
import type { Case } from '../client/case.ts'
import type { Decide } from './use-decide.ts'

/**
 * Whether a claim that was mine on this page has gone, other than by a decision or a release of mine.
 * `dismiss` leaves the case on the screen, to be read only.
 */
export function useLost(shown: Case, decide: Decide): { lost: boolean; dismiss: () => void } {
  const mine = shown.claim?.token !== undefined
  const [had, setHad] = useState(mine)
  if (mine && !had) setHad(true)
  return { lost: had && !mine && !decide.leaving && !decide.busy, dismiss: () => setHad(false) }
}
