import { useEffect, useRef } from 'react'
import { useRenew } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'

const EVERY_MS = 60_000

/**
 * Renews the claim once a minute as long as the operator is active: keys, pointer or scrolling since the last time.
 * A claim taken ahead is renewed at once, which makes it the current one. A refusal makes the case be read again.
 */
export function useLease(shown: Case | undefined): void {
  const { mutate } = useRenew(shown?.id ?? '')
  const token = shown?.claim?.token
  const prefetched = shown?.claim?.prefetch === true
  const active = useRef(true)

  useEffect(() => {
    if (token === undefined) return undefined
    const renew = () => mutate(token)
    if (prefetched) renew()
    const touch = () => {
      active.current = true
    }
    const timer = setInterval(() => {
      if (!active.current) return
      active.current = false
      renew()
    }, EVERY_MS)
    const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
    for (const kind of kinds) document.addEventListener(kind, touch, { passive: true })
    return () => {
      clearInterval(timer)
      for (const kind of kinds) document.removeEventListener(kind, touch)
    }
  }, [token, prefetched, mutate])
}
