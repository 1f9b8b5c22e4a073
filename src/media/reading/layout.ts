import type { Box } from '../../models/file/look.ts'
import { compact, endOf } from './likeness.ts'
import type { Line } from './line.ts'

/** Lines stand in one row of print where their middles differ by less than this share of the lower one's height. */
const SAME_ROW = 0.65

/**
 * A page's lines and its shape (width by height): boxes are shares, so distances down and across compare only with it.
 */
export type PageText = { lines: readonly Line[]; digital: boolean }

export function middleOf(box: Box): number {
  return box.y + box.height / 2
}

export function inRow(a: Box, b: Box): boolean {
  return Math.abs(middleOf(a) - middleOf(b)) < SAME_ROW * Math.min(a.height, b.height)
}

/** What stands in the row of `line` on its right, nearest first. */
export function rightOf({ lines }: PageText, line: Line): Line[] {
  const edge = line.box.x + line.box.width / 2
  return lines
    .filter((other) => other !== line && other.box.x > edge && inRow(other.box, line.box))
    .toSorted((a, b) => a.box.x - b.box.x)
}

/** What stands in the row of `line` on its left, nearest first. */
export function leftOf({ lines }: PageText, line: Line): Line[] {
  return lines
    .filter((other) => other !== line && other.box.x + other.box.width / 2 < line.box.x && inRow(other.box, line.box))
    .toSorted((a, b) => b.box.x - a.box.x)
}

/** A part of a line, where it stands in it. */
export function partOf(line: Line, from: number, to: number): Line {
  const length = Math.max(1, line.text.length)
  return {
    text: line.text.slice(from, to),
    confidences: line.confidences.slice(from, to),
    box: {
      ...line.box,
      x: line.box.x + (line.box.width * from) / length,
      width: (line.box.width * (to - from)) / length,
    },
  }
}

/** `: AHMAD` → `AHMAD` */
export function trimmed(line: Line): Line {
  const from = /^[\s:;.,|=_-]*/.exec(line.text)?.[0].length ?? 0
  const to = line.text.length - (/[\s:;.,|=_-]*$/.exec(line.text)?.[0].length ?? 0)
  return from === 0 && to === line.text.length ? line : partOf(line, from, Math.max(from, to))
}

/**
 * What stands behind one of `labels` (compact words): on the same line, on its right, or for digital text, whose places
 * are not known, on the next line. `among` says which lines are looked at.
 */
export function behind(
  page: PageText,
  labels: readonly string[],
  among: readonly Line[] = page.lines,
): Line | undefined {
  for (const line of among) {
    const end = labelEnd(line, labels)
    if (end === undefined) continue
    const rest = trimmed(partOf(line, end, line.text.length))
    // one letter is the misread end of the label
    if (compact(rest.text).length > 1) return rest
    const next = page.digital ? among[among.indexOf(line) + 1] : rightOf(page, line)[0]
    if (next !== undefined) return trimmed(next)
  }
  return undefined
}

/** Place in the text right behind a label that the line begins with; undefined where it does not. */
export function labelEnd(line: Line, labels: readonly string[]): number | undefined {
  const text = compact(line.text)
  for (const label of labels) {
    // a reader may take a speck for a letter before the label
    const end = endOf(label, text.slice(0, label.length + 1))
    if (end === undefined) continue
    let seen = 0
    for (let i = 0; i < line.text.length; i++) {
      if (/[A-Za-z0-9]/.test(line.text[i] ?? '')) seen++
      if (seen > end) return i
    }
    return line.text.length
  }
  return undefined
}
