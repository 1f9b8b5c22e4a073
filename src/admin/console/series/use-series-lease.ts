import { useEffect, useRef } from 'react'
import type { Case } from '../client/case.ts'
import { useRenewAll } from './series.ts'

const EVERY_MS = 120_000

/** Renews the claims of the series as long as the operator is about: SIAK is another window, so looking back counts. */
export function useSeriesLease(held: readonly Case[]): void {
  const { mutate } = useRenewAll()
  const current = useRef(held)
  useEffect(() => {
    current.current = held
  })
  useEffect(() => {
    let active = true
    const renew = () => {
      if (current.current.length > 0) mutate(current.current)
    }
    const touch = () => {
      active = true
    }
    const timer = setInterval(() => {
      if (!active) return
      active = false
      renew()
    }, EVERY_MS)
    const back = () => {
      touch()
      renew()
    }
    const kinds = ['keydown', 'pointerdown', 'pointermove'] as const
    for (const kind of kinds) document.addEventListener(kind, touch, { passive: true })
    window.addEventListener('focus', back)
    return () => {
      clearInterval(timer)
      for (const kind of kinds) document.removeEventListener(kind, touch)
      window.removeEventListener('focus', back)
    }
  }, [mutate])
}
