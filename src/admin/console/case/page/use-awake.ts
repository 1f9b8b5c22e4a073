import { useEffect, useRef } from 'react'

const SLEEP_MS = 400

/** Asks whether the case has been on the screen for 400 ms; before that a double A would approve it unseen. */
export function useAwake(key: string | undefined): () => boolean {
  const shownAt = useRef(Number.POSITIVE_INFINITY)
  useEffect(() => {
    shownAt.current = key === undefined ? Number.POSITIVE_INFINITY : performance.now()
  }, [key])
  return () => performance.now() - shownAt.current >= SLEEP_MS
}
