import { useEffect, useRef } from 'react'

/**
 * Notes who has the focus, or whose menu has it. What it gives back hands the focus to them again, or to the nearest
 * that held them, where nobody has it by then: Tab goes on from there, not from the page's beginning.
 */
export function keepFocus(): () => void {
  const holders = holdersOf(document.activeElement)
  return () => {
    if (document.activeElement !== document.body) return
    holders.find((one) => one.isConnected && !one.matches(':disabled'))?.focus({ preventScroll: true })
  }
}

/** As somebody acts on what may go by it, or is off until it is done: keeps their place until it is no more `busy`. */
export function useKeptFocus(busy: boolean): () => void {
  const giveBack = useRef<() => void>(undefined)
  useEffect(() => {
    if (busy) return
    giveBack.current?.()
    giveBack.current = undefined
  }, [busy])
  return () => {
    giveBack.current = keepFocus()
  }
}

/** All that can have the focus, from the element outwards; from what opened it, where it lies in a menu. */
function holdersOf(element: Element | null): readonly HTMLElement[] {
  const opener = element?.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  const holders: HTMLElement[] = []
  for (let node = opener ? document.getElementById(opener) : element; node; node = node.parentElement) {
    if (node instanceof HTMLElement && node.matches('a, button, input, select, textarea, [tabindex]'))
      holders.push(node)
  }
  return holders
}
