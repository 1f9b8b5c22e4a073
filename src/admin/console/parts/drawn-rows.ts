import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'
import type { CSSProperties, FocusEvent, RefObject } from 'react'
import { usePhone } from './surroundings.ts'

/** Lists up to so long are drawn whole, so that the browser's own search finds all of them. */
const WHOLE = 60
/** Drawn above and below the view: Tab and J go on without waiting. */
const BESIDE = 12

/** A row that is drawn: `gap` pixels of rows that are not lie before it; `mark` goes onto its element. */
export type DrawnRow = {
  index: number
  gap: number
  mark: { 'data-index': number; ref?: (node: Element | null) => void }
}
/** Where a row stands among all, as its element says it. */
export type RowPlace = DrawnRow['mark'] & { style: CSSProperties; 'aria-posinset': number; 'aria-setsize': number }

/** The place of a drawn row as the `nth` from 0 of a list, or of a part of it, of `size` rows. */
export const rowPlace = ({ index, gap, mark }: DrawnRow, size: number, nth = index): RowPlace => ({
  ...mark,
  style: { marginTop: gap },
  'aria-posinset': nth + 1,
  'aria-setsize': size,
})

export type DrawnRows<E extends HTMLElement> = {
  rows: readonly DrawnRow[]
  /** Pixels of the rows after the last that is drawn. */
  after: number
  /** Goes onto the element that holds the rows. */
  list: { ref: RefObject<E | null>; onFocus: (event: FocusEvent) => void }
  /** Moves the focus to the link of the next row, or of the one before; from elsewhere to the first in view. */
  step: (by: 1 | -1) => boolean
  /** Follows the link of the row that has the focus. */
  open: () => boolean
  /** Scrolls until the row of this key is drawn and in view. */
  show: (key: string) => void
}

/**
 * Which rows of a long list are drawn: those in and near the view of what scrolls them, and the one that has the focus
 * with its neighbours, wherever it is. `keys` names the rows in their order; `height` is a first guess of one, in pixels,
 * and on a phone. `all`: every row is wanted, however many, as on paper.
 */
export function useDrawnRows<E extends HTMLElement>(
  keys: readonly string[],
  height: { wide: number; phone: number },
  all = false,
): DrawnRows<E> {
  const list = useRef<E>(null)
  const [focused, setFocused] = useState<string>()
  const [above, setAbove] = useState(0)
  const phone = usePhone()
  const whole = all || keys.length <= WHOLE
  const at = focused === undefined ? -1 : keys.indexOf(focused)
  const virtual = useVirtualizer<Element, Element>({
    count: whole ? 0 : keys.length,
    estimateSize: () => (phone ? height.phone : height.wide),
    getItemKey: (index) => keys[index] ?? index,
    getScrollElement: () => scrollerOf(list.current),
    overscan: BESIDE,
    scrollMargin: above,
    useFlushSync: false,
    rangeExtractor: (range) => {
      const near = at < 0 ? [] : [at - 2, at - 1, at, at + 1, at + 2].filter((i) => i >= 0 && i < keys.length)
      return [...new Set([...defaultRangeExtractor(range), ...near])].sort((a, b) => a - b)
    },
  })
  // what stands above the list, and scrolls with it
  useLayoutEffect(() => {
    const scroller = scrollerOf(list.current)
    if (!scroller || !list.current) return
    const top = list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
    if (Math.abs(top - above) > 1) setAbove(top)
  })

  const items = virtual.getVirtualItems()
  const rows = whole
    ? keys.map((_, index): DrawnRow => ({ index, gap: 0, mark: { 'data-index': index } }))
    : items.map(({ index, start }, i): DrawnRow => ({
        index,
        gap: start - (items[i - 1]?.end ?? above),
        mark: { 'data-index': index, ref: virtual.measureElement },
      }))
  const rowOf = (node: Element | null) => {
    const row = node?.closest('[data-index]')
    return row && list.current?.contains(row) ? Number(row.getAttribute('data-index')) : undefined
  }
  return {
    rows,
    after: whole ? 0 : virtual.getTotalSize() + above - (items.at(-1)?.end ?? above),
    list: {
      ref: list,
      onFocus: ({ target }) => {
        const row = rowOf(target)
        if (row !== undefined) setFocused(keys[row])
      },
    },
    step: (by) => {
      const from = rowOf(document.activeElement)
      // a heading has no link
      for (let to = from === undefined ? (virtual.range?.startIndex ?? 0) : from + by; to >= 0; to += by) {
        const row = list.current?.querySelector(`[data-index="${to}"]`)
        const link = row?.querySelector('a')
        if (link) {
          link.focus()
          return true
        }
        if (!row) break
      }
      return false
    },
    open: () => {
      const at = document.activeElement
      if (!(at instanceof HTMLAnchorElement) || rowOf(at) === undefined) return false
      at.click()
      return true
    },
    show: (key) => {
      const index = keys.indexOf(key)
      const row = list.current?.querySelector(`[data-index="${index}"]`)
      if (row) row.scrollIntoView({ block: 'nearest' })
      // to the middle: it goes on scrolling while rows are measured, and must not take the next one's place from it
      else if (index >= 0) virtual.scrollToIndex(index, { align: 'center' })
    },
  }
}

function scrollerOf(node: Element | null): Element | null {
  for (let box = node?.parentElement; box; box = box.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box
  }
  return null
}
