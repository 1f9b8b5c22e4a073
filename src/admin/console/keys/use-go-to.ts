import { useEffect, useRef } from 'react'
import { layerOf, useKeys } from './use-keys.ts'

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
