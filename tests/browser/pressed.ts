import type { Page } from 'playwright-core'
import { KEYS, surfaceOf } from '../../src/admin/console/keys/table.ts'
import type { SurfaceName } from '../../src/admin/console/keys/table.ts'

const NAMES = Object.keys(KEYS) as SurfaceName[]
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
/** Every key that means something anywhere, all letters and digits, and some that mean nothing; Escape is the last. */
const ALL = [
  ...new Set([
    ...NAMES.flatMap((name) => Object.values(surfaceOf(name).keys).flatMap(({ keys }) => [...keys])),
    ...LETTERS.flatMap((letter) => [letter, `Shift+${letter}`, `Ctrl+${letter}`]),
    ...'0123456789'.split(''),
    'Home',
    'End',
    'Delete',
    'Backspace',
    'F1',
    ';',
    ',',
    '.',
    '*',
  ]),
].toSorted((a, b) => Number(a === 'Escape') - Number(b === 'Escape'))

type Does = Record<string, string>

/** What the table says of every key while these are at hand, the first of them before the others. */
export function declared(...surfaces: readonly SurfaceName[]): Does {
  const does: Does = {}
  for (const surface of surfaces) {
    for (const [act, { keys, native }] of Object.entries(surfaceOf(surface).keys)) {
      for (const key of native ? [] : keys) does[key] ??= `${surface}.${act}`
    }
  }
  return does
}

/**
 * Presses every key and tells what each was about to do, by the console's own word; nothing is done. In what is at
 * hand, or in the field `within`.
 */
export function pressAll(page: Page, within?: string): Promise<Does> {
  return page.evaluate(
    ({ all, within }) => {
      type Told = { surface: string; act: string; key: string }
      // the console's types are not the tests'
      const { document, KeyboardEvent } = globalThis as unknown as {
        document: EventTarget & { activeElement: Target; body: Target; querySelector(of: string): Target }
        KeyboardEvent: new (type: string, of: object) => Event
      }
      type Target = EventTarget & { blur(): void; focus(): void }
      document.activeElement.blur()
      const target = within === undefined ? document.body : document.querySelector(within)
      if (within !== undefined) target.focus()
      const told: Told[] = []
      const hear = (event: Event) => {
        event.preventDefault()
        told.push((event as Event & { detail: Told }).detail)
      }
      const press = (name: string) => {
        const key = name.replace(/^(?:Shift|Ctrl)\+/, '')
        const of = {
          key: name.startsWith('Shift+') ? key : key.length === 1 ? key.toLowerCase() : key,
          code: key,
          shiftKey: name.startsWith('Shift+'),
          ctrlKey: name.startsWith('Ctrl+'),
          bubbles: true,
          cancelable: true,
        }
        for (const type of ['keydown', 'keyup']) target.dispatchEvent(new KeyboardEvent(type, of))
      }
      document.addEventListener('console-key', hear)
      const does: Record<string, string> = {}
      for (const keys of all) {
        told.length = 0
        for (const name of keys === ' ' ? [keys] : keys.split(' ')) press(name)
        for (const { surface, act, key } of told) if (key === keys) does[keys] = `${surface}.${act}`
        // a key that begins a pair would wait for this one
        press('F2')
      }
      document.removeEventListener('console-key', hear)
      return does
    },
    { all: ALL, within },
  )
}
