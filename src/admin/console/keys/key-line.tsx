import { useEffect, useSyncExternalStore } from 'react'
import css from './key-line.module.css'
import { latestSaid, onSaid, say } from './keyboard.ts'

const SHOWN_MS = 4_000

/** Why the key that was just pressed did nothing. */
export function KeyLine() {
  const said = useSyncExternalStore(onSaid, latestSaid)
  useEffect(() => {
    if (said === '') return undefined
    const over = setTimeout(() => say(''), SHOWN_MS)
    return () => clearTimeout(over)
  }, [said])
  return (
    <p className={css.line} role="status">
      {said}
    </p>
  )
}
