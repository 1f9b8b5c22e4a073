import type { CaseDocument } from '../../client/case.ts'
import type { Mark } from '../side/marks.ts'

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
