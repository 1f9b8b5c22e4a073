import { useEffect, useRef } from 'react'

/** Ctrl (or ⌘) with a key: works in fields too, since a conversation types letters. A held key is ignored. */
export function useControlKey(key: string, act: () => void, active: boolean): void {
  const current = useRef(act)
  useEffect(() => {
    current.current = act
  })
  useEffect(() => {
    if (!active) return undefined
    const listen = (event: KeyboardEvent) => {
      if (event.repeat || !(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== key) return
      event.preventDefault()
      current.current()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [key, active])
}
