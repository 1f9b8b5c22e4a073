import { useEffect, useRef } from 'react'
import { bind } from './keyboard.ts'
import type { Acts } from './keyboard.ts'
import type { Over, SurfaceName } from './table.ts'

/**
 * Gives acts of a surface the keys that the table has for them, as long as this is drawn. Several parts of a page may
 * each bind some; a key that nobody binds says why it does nothing. None without a `surface`.
 */
export function useKeys<S extends SurfaceName>(surface: S | undefined, acts: Acts<S>): void {
  const current = useRef<Acts<S>>(acts)
  useEffect(() => {
    current.current = acts
  })
  useEffect(() => surface && bind({ surface, acts: current }), [surface])
}

/** Gives a Mantine modal the keys of this surface, as its `attributes`. */
export const keysOf = (surface: Over) => ({ content: { 'data-surface': surface } })
