import { useEffect, useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

/**
 * While a picture is zoomed, or its room changes, one point of it stays where it is: what lies in the middle, unless
 * wheel or fingers say otherwise. `keep` notes it, by its share of the room; so does whoever scrolls.
 */
export function useAnchor(paper: RefObject<HTMLElement | null>, zoom: number): (dx?: number, dy?: number) => void {
  const anchor = useRef({ x: 0.5, y: 0.5, dx: 0.5, dy: 0.5 })
  const settled = useRef(zoom)
  const keep = useRef((dx = 0.5, dy = 0.5) => {
    const found = measured(paper.current)
    if (!found) return
    const { box, seen, drawn } = found
    const x = (seen.left + dx * box.clientWidth - drawn.left) / drawn.width
    const y = (seen.top + dy * box.clientHeight - drawn.top) / drawn.height
    anchor.current = { x, y, dx, dy }
  }).current
  const hold = useRef(() => {
    const found = measured(paper.current)
    if (!found) return
    const { box, seen, drawn } = found
    const { x, y, dx, dy } = anchor.current
    box.scrollLeft += drawn.left + x * drawn.width - seen.left - dx * box.clientWidth
    box.scrollTop += drawn.top + y * drawn.height - seen.top - dy * box.clientHeight
  }).current

  useLayoutEffect(() => {
    if (settled.current === zoom) return
    settled.current = zoom
    hold()
  }, [zoom, hold])
  useEffect(() => {
    if (!paper.current) return undefined
    const resized = new ResizeObserver(hold)
    resized.observe(paper.current)
    return () => resized.disconnect()
  }, [paper, hold])
  return keep
}

function measured(box: HTMLElement | null) {
  const picture = box?.querySelector('img')
  return box && picture && { box, seen: box.getBoundingClientRect(), drawn: picture.getBoundingClientRect() }
}
