import { useEffect, useRef } from 'react'
import { singleLettersOn } from './single-letters.ts'

/** Names of keys as `A`, `Shift+A`, `Enter`, `Escape`, `1`, `?`. */
export type KeyMap = Readonly<Record<string, () => void>>

// a box that is ticked takes no letters
const FIELDS = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]'
// boxes and dots are ticked with the space bar, so that Enter can still send what is chosen
const OWN_ENTER = 'a, button:not([role="checkbox"], [role="radio"]), summary'

/**
 * Keys of a page or a panel. A held key is ignored; letters rest in fields and where the operator has switched them
 * off; Enter rests on whatever has an Enter of its own. Escape works everywhere.
 */
export function useKeys(keys: KeyMap, active = true): void {
  const current = useRef(keys)
  useEffect(() => {
    current.current = keys
  })
  useEffect(() => {
    if (!active) return undefined
    const listen = (event: KeyboardEvent) => {
      if (event.repeat || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
      const target = event.target instanceof Element ? event.target : undefined
      const name = keyName(event)
      const inField = target?.closest(FIELDS) !== null && target?.closest(FIELDS) !== undefined
      if (inField && name !== 'Escape') return
      if (name === 'Enter' && target?.closest(OWN_ENTER)) return
      if (name.length === 1 && !singleLettersOn()) return
      const act = current.current[name]
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [active])
}

function keyName(event: KeyboardEvent): string {
  const letter = /^[a-z]$/i.test(event.key)
  if (!letter) return event.key
  return (event.shiftKey ? 'Shift+' : '') + event.key.toUpperCase()
}
