import { useEffect, useRef } from 'react'
import { layerOf, useKeys } from '../../keys/use-keys.ts'
import { arrowMove } from './crop-view.tsx'
import { leaned, scaled } from './frame.ts'
import type { Size } from './frame.ts'
import { BACKGROUND_KEYS } from './photo-controls.tsx'
import type { Editing } from './use-edit.ts'

const STEP = 1.02
const LEAN = 0.5
const FIELDS = 'input, textarea, select, [contenteditable="true"]'

/** The station's keys: arrows repeat while they are held, B shows the original for as long as it is down. */
export function usePhotoKeys(on: {
  editing: Editing
  picture: Size
  active: boolean
  onOriginal: (shown: boolean) => void
  onDownload: () => void
  onFiles: () => void
}): void {
  const { editing, picture, active, onOriginal, onDownload, onFiles } = on
  const size = (by: number) => () => editing.change((now) => scaled(now, by, picture))
  useKeys(
    {
      ...(editing.propose ? { U: editing.propose } : {}),
      ...Object.fromEntries(BACKGROUND_KEYS.map(([colour, key]) => [key, () => editing.paint(colour)])),
      '4': () => editing.paint(undefined),
      '0': editing.reset,
      '+': size(1 / STEP),
      '=': size(1 / STEP),
      '-': size(STEP),
      '[': () => editing.change((now) => leaned(now, LEAN)),
      ']': () => editing.change((now) => leaned(now, -LEAN)),
      D: onDownload,
      L: onFiles,
      B: () => onOriginal(true),
    },
    active,
  )
  const latest = useRef({ editing, picture })
  useEffect(() => {
    latest.current = { editing, picture }
  })
  useEffect(() => {
    if (!active) return undefined
    const down = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.closest(FIELDS) !== null
      if (inField || layerOf(event) !== 'page' || event.ctrlKey || event.altKey || event.metaKey) return
      const by = arrowMove(event, latest.current.picture)
      if (!by) return
      event.preventDefault()
      latest.current.editing.change(by)
    }
    const up = (event: KeyboardEvent) => {
      if (event.key.toUpperCase() === 'B') onOriginal(false)
    }
    document.addEventListener('keydown', down)
    document.addEventListener('keyup', up)
    return () => {
      document.removeEventListener('keydown', down)
      document.removeEventListener('keyup', up)
    }
  }, [active, onOriginal])
}
