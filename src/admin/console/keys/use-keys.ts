import { useEffect, useRef } from 'react'
import { singleLettersOn } from './single-letters.ts'

/** Names of keys as `A`, `Shift+A`, `Enter`, `Escape`, `1`, `?`. */
export type KeyMap = Readonly<Record<string, () => void>>

// a box that is ticked takes no letters
const FIELDS = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]'
// what has just been opened keeps the focus, and leads to where one already is: its Enter is the page's
const HERE = '[aria-current="page"], [aria-current="true"], [aria-selected="true"]'
// boxes and dots are ticked with the space bar, so that Enter can still send what is chosen
const OWN_ENTER = `a:not(${HERE}), button:not(${HERE}, [role="checkbox"], [role="radio"]), summary`

/** What may lie over a page: a panel of a case, or a dialog or menu over everything. */
type Layer = 'page' | 'panel' | 'dialog'
const OVER = '[aria-modal="true"], [role="menu"]'

/** The layer that a key is meant for: what holds the focus, also where an earlier listener has just closed it. */
export function layerOf({ target }: Event): Layer {
  const held = target instanceof Element ? target.closest(OVER) : null
  const top = held ?? [...document.querySelectorAll(OVER)].at(-1)
  if (!top) return 'page'
  return top.hasAttribute('data-panel') ? 'panel' : 'dialog'
}

/**
 * Keys of a page, or of what lies over it (`layer`): those below rest. A held key is ignored; letters rest in fields and
 * where the operator has switched them off; Enter rests on whatever has an Enter of its own. Escape works in fields, too.
 */
export function useKeys(keys: KeyMap, active = true, layer: Layer = 'page'): void {
  const current = useRef(keys)
  useEffect(() => {
    current.current = keys
  })
  useEffect(() => {
    if (!active) return undefined
    const listen = (event: KeyboardEvent) => {
      if (event.repeat || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
      if (layerOf(event) !== layer) return
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
  }, [active, layer])
}

function keyName(event: KeyboardEvent): string {
  const letter = /^[a-z]$/i.test(event.key)
  if (!letter) return event.key
  return (event.shiftKey ? 'Shift+' : '') + event.key.toUpperCase()
}
