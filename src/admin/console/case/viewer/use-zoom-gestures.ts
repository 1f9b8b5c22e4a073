import { useEffect } from 'react'
import type { RefObject } from 'react'

/** One wheel notch of 100 px is about a fifth larger or smaller. */
const WHEEL = 0.0018

/** Wheel and pinch, heard by listeners that may keep the page from scrolling and zooming itself. */
export function useZoomGestures(
  target: RefObject<HTMLElement | null>,
  scaleAt: (by: number, clientX: number, clientY: number) => void,
): void {
  useEffect(() => {
    const box = target.current
    if (!box) return undefined
    let span = 0
    const wheel = (event: WheelEvent) => {
      // sideways wheels and Shift scroll, as they do everywhere
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return
      event.preventDefault()
      scaleAt(Math.exp(-event.deltaY * (event.ctrlKey ? 4 : 1) * WHEEL), event.clientX, event.clientY)
    }
    const pinch = (event: TouchEvent) => {
      const [one, two] = event.touches
      if (!one || !two) {
        span = 0
        return
      }
      event.preventDefault()
      const apart = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY)
      if (span > 0) scaleAt(apart / span, (one.clientX + two.clientX) / 2, (one.clientY + two.clientY) / 2)
      span = apart
    }
    const over = () => {
      span = 0
    }
    box.addEventListener('wheel', wheel, { passive: false })
    box.addEventListener('touchmove', pinch, { passive: false })
    box.addEventListener('touchend', over)
    return () => {
      box.removeEventListener('wheel', wheel)
      box.removeEventListener('touchmove', pinch)
      box.removeEventListener('touchend', over)
    }
  }, [target, scaleAt])
}
