import { useEffect, useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'
import type { CaseDocument } from '../../client/case.ts'
import type { Mark } from '../side/findings.ts'

/**
 * How one document is looked at: `zoom` 1 fits it in, `turned` in degrees clockwise, `page` from 1. Without `zoom` nobody
 * has chosen one: it fits in, or on a phone is as large as can be read.
 */
export type Sight = { zoom?: number; turned: number; page: number }

export const UNSEEN: Sight = { turned: 0, page: 1 }
export const FIT: Sight = { ...UNSEEN, zoom: 1 }
export const ZOOM_STEP = 1.25
const LEAST = 0.5
const MOST = 8
/** Pixels of width with which a page can be read; less where the view has less. */
const WIDE = 450
/** The short side of a sheet of paper, as a share of that: its margins need not be seen. */
const SHEET = 1.15
/** Pixels that a line has to be high to be read. */
const LINE = 16
/** How much of a narrow view a line may take. */
const SHARE = 0.7
const SHEETS: ReadonlySet<CaseDocument['kind']> = new Set(['birth_certificate', 'family_card', 'letter', 'other'])

export const zoomed = (sight: Sight, by: number): Sight => ({
  ...sight,
  zoom: Math.min(MOST, Math.max(LEAST, (sight.zoom ?? 1) * by)),
})
export const rotated = (sight: Sight, by: 90 | -90): Sight => ({ ...sight, turned: sight.turned + by })
export const leafed = (sight: Sight, by: 1 | -1, pages: number): Sight => ({
  ...sight,
  page: Math.min(pages, Math.max(1, sight.page + by)),
})

/**
 * The zoom at which a page of that shape can be read in a small view: across its width, more of it where it is a sheet of
 * paper, or closer at one line of it.
 */
export function readableZoom(
  view: { width: number; height: number },
  of: { kind: CaseDocument['kind']; ratio: number; line: Mark['box'] | undefined },
): number {
  const { kind, ratio, line } = of
  const fitted = Math.min(view.width, view.height * ratio)
  const wide = Math.min(view.width, WIDE)
  const whole = SHEETS.has(kind) ? SHEET * wide * Math.max(1, ratio) : wide
  const close = line ? Math.min((LINE * ratio) / line.height, (SHARE * view.width) / line.width) : 0
  return Math.min(MOST, Math.max(fitted, whole, close) / fitted)
}

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
