import { useEffect, useRef } from 'react'

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

const KEY = 'smart-kids.single-letters'

/** WCAG 2.1.4: keys of one letter can be switched off, for who speaks or often hits a key by mistake. */
export function singleLettersOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

export function switchSingleLetters(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, 'off')
  } catch {
    // storage is switched off: the keys stay as they are
  }
}

/** So long the letter after G means a place. */
const WAIT_MS = 1_500

/** G, then a letter: to that place. The letter is heard before everything else, so that it decides nothing. */
export function useGoTo(places: Readonly<Record<string, string>>, go: (place: string) => void, active: boolean): void {
  const over = useRef<() => void>(undefined)
  useEffect(() => () => over.current?.(), [])
  const wait = () => {
    over.current?.()
    const next = (event: KeyboardEvent) => {
      over.current?.()
      const place = places[event.key.toUpperCase()]
      if (!place || event.repeat || event.ctrlKey || event.altKey || event.metaKey || layerOf(event) !== 'page') return
      event.preventDefault()
      event.stopPropagation()
      go(place)
    }
    const timer = setTimeout(() => over.current?.(), WAIT_MS)
    over.current = () => {
      clearTimeout(timer)
      removeEventListener('keydown', next, true)
    }
    addEventListener('keydown', next, true)
  }
  useKeys({ G: wait }, active)
}
