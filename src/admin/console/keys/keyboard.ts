import type { RefObject } from 'react'
import { singleLettersOn } from './single-letters.ts'
import { surfaceOf } from './table.ts'
import type { ActOf, KeyRow, SurfaceName } from './table.ts'

/** Undoes, as the key is let go, what holding it did. */
type LetGo = () => void
/**
 * What a key does: it may answer with a sentence why nothing came of it, or with what its letting go does. A sentence
 * instead of it: why there is nothing to do.
 */
export type Act = ((key: string) => string | LetGo | void) | string | undefined
export type Acts<S extends SurfaceName> = { readonly [A in ActOf<S>]?: Act }

export type Bound = { surface: SurfaceName; acts: RefObject<Readonly<Record<string, Act>>> }
const bound = new Set<Bound>()

/** Gives these acts their keys, until the answer is called. */
export function bind(one: Bound): () => void {
  bound.add(one)
  return () => void bound.delete(one)
}

/** The page and what holds everywhere: the surfaces of the lowest layer that are there. */
export function pageSurfaces(): readonly SurfaceName[] {
  const there = new Set([...bound].map((one) => one.surface).filter((name) => !surfaceOf(name).over))
  // last: what a page has of its own comes first
  const everywhere = there.delete('everywhere')
  return everywhere ? [...there, 'everywhere'] : [...there]
}

// whatever lies over the page has the keyboard, also where it declares no keys of ours, as a menu
const OVER = '[data-surface], [aria-modal="true"], [role="menu"]'
function surfacesAtHand(): readonly SurfaceName[] {
  const top = [...document.querySelectorAll<HTMLElement>(OVER)].at(-1)
  if (!top) return pageSurfaces()
  const { surface } = top.dataset
  return surface === undefined ? [] : [surface as SurfaceName]
}

// a box that is ticked takes no letters
const FIELDS = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]'
const LINES = 'input, select'
// what has just been opened keeps the focus, and leads to where one already is: its Enter is the page's
const HERE = '[aria-current="page"], [aria-current="true"], [aria-selected="true"]'
// boxes and dots are ticked with the space bar, so that Enter can still send what is chosen
const OWN_ENTER = `a:not(${HERE}), button:not(${HERE}, [role="checkbox"], [role="radio"]), summary`
const OWN_ARROWS = 'select, [type="date"], [type="number"], [type="range"]'

/** A letter, a digit or a sign. */
const isTyped = (name: string): boolean => name.replace('Shift+', '').length === 1

/** Whether what has the focus leaves this key to the surface. */
function leaves(target: Element, name: string, fields?: KeyRow['fields']): boolean {
  if (name === 'Enter' && target.closest(OWN_ENTER)) return false
  const field = target.closest(FIELDS)
  if (!field || name === 'Escape' || name.startsWith('Ctrl+')) return true
  if (isTyped(name) || (name.startsWith('Arrow') && field.matches(OWN_ARROWS))) return false
  return fields === 'all' || (fields === 'line' && field.matches(LINES))
}

/** Capital letters and arrows say their Shift; it is part of every other sign. */
function nameOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const shift = shiftKey && /^([a-z]|Arrow\w+)$/i.test(key) ? 'Shift+' : ''
  return (ctrlKey || metaKey ? 'Ctrl+' : '') + shift + (key.length === 1 ? key.toUpperCase() : key)
}

type Found = { surface: SurfaceName; act: string; row: KeyRow }
function find(surfaces: readonly SurfaceName[], fits: (key: string) => boolean): Found | undefined {
  for (const surface of surfaces) {
    for (const [act, row] of Object.entries(surfaceOf(surface).keys)) {
      if (!row.native && row.keys.some(fits)) return { surface, act, row }
    }
  }
  return undefined
}

/** What a key is about to do, as `console-key` on the document tells it; whoever prevents that prevents the act. */
export type KeyPressed = { surface: SurfaceName; act: string; key: string }

/** So long a second key belongs to the first of a pair. */
const WAIT_MS = 1_500
let first: { key: string; until: number } | undefined
/** What lay on top as the key went down: somebody may have closed it by the time it is our turn. */
let atHand: readonly SurfaceName[] = []
const held = new Map<string, LetGo>()

function pressed(event: KeyboardEvent): void {
  const name = nameOf(event)
  if (event.defaultPrevented || event.altKey || event.isComposing || name === 'Shift') return
  const target = event.target instanceof Element ? event.target : document.body
  const begun = first && event.timeStamp < first.until ? first.key : undefined
  const whole = begun === undefined ? name : `${begun} ${name}`
  first = undefined
  const row = find(atHand, (key) => key === whole)
  const pair = row ? undefined : find(atHand, (key) => key.startsWith(`${name} `))
  const found = row ?? pair
  if (!found && begun !== undefined && name.length === 1 && leaves(target, name)) {
    // it was meant for a place, and decides nothing
    event.preventDefault()
    return say(`${begun} ${name} tidak menuju ke mana pun.`)
  }
  if (!found || !leaves(target, name, found.row.fields)) return
  if (event.repeat && !found.row.held) return
  if (isTyped(name) && !singleLettersOn()) return
  event.preventDefault()
  if (pair) first = { key: name, until: event.timeStamp + WAIT_MS }
  else run(found, whole, event.code)
}

function run({ surface, act, row }: Found, key: string, code: string): void {
  const detail: KeyPressed = { surface, act, key }
  if (!document.dispatchEvent(new CustomEvent('console-key', { detail, cancelable: true }))) return
  const does = [...bound].findLast((one) => one.surface === surface && one.acts.current[act] !== undefined)?.acts
    .current[act]
  const answer = typeof does === 'function' ? does(key) : (does ?? row.none ?? `${row.does}: sekarang tidak dapat.`)
  if (typeof answer === 'function') held.set(code, answer)
  say(typeof answer === 'string' ? answer : '')
}

function released({ code }: KeyboardEvent): void {
  held.get(code)?.()
  held.delete(code)
}

/** Listens for the keys of all surfaces; before anything is drawn, so that it sees what lies on top before all others. */
export function openKeyboard(): void {
  window.addEventListener('keydown', () => (atHand = surfacesAtHand()), true)
  document.addEventListener('keydown', pressed)
  document.addEventListener('keyup', released)
}

let said = ''
const listeners = new Set<() => void>()
/** Says in one sentence why an act did nothing; an empty one takes the last away. */
export function say(sentence: string): void {
  if (said === sentence) return
  said = sentence
  for (const listener of listeners) listener()
}
export const latestSaid = (): string => said
export function onSaid(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
