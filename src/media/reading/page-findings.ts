import type { Finding } from '../../models/application/findings.ts'
import type { Box, PageLook } from '../../models/file/look.ts'
import { LEGIBLE } from './legibility.ts'

/** Text so near to the edge of the picture (share of it) runs on beyond it. */
const EDGE = 0.004
/** One line may be a stroke at the edge, two are text. */
const CUT_LINES = 2

/**
 * Whether a page can be read: `PAGE_SMALL` and `PAGE_BLURRED` are worth another picture, `PAGE_CUT` is for an operator.
 * `detail` holds the measured `value` and the `limit` that it missed.
 */
export function pageFindings(look: PageLook, page: number): Finding[] {
  if (look.text === 'digital') return []
  const { lineHeight, sharpness, legible } = look.legibility
  const cut: Finding[] = isCut(look) ? [{ code: 'PAGE_CUT', severity: 'check', detail: { page } }] : []
  if (look.text === 'none') return [{ code: 'PAGE_BLURRED', severity: 'check', detail: { page, value: 0, limit: 0 } }]
  if (legible) return cut
  // a small picture was reduced on its way: sharper, it would still be too small
  const small = lineHeight < LEGIBLE.lineHeight
  const [code, value, limit] = small
    ? ['PAGE_SMALL', lineHeight, LEGIBLE.lineHeight]
    : ['PAGE_BLURRED', sharpness, LEGIBLE.sharpness]
  return [{ code, severity: 'heavy', detail: { page, value, limit } }, ...cut]
}

/** Lines end at the edge of the picture: of the whole one, not of the sheet that was found within. */
function isCut({ lines, paper }: PageLook): boolean {
  const whole = { x: 0, y: 0, width: 1, height: 1 }
  const open = openEdges(paper ?? whole)
  return lines.filter(({ box }) => touches(box, open)).length >= CUT_LINES
}

type Side = 'left' | 'right' | 'top' | 'bottom'

function openEdges(paper: Box): Set<Side> {
  const open = new Set<Side>()
  if (paper.x <= EDGE) open.add('left')
  if (paper.y <= EDGE) open.add('top')
  if (paper.x + paper.width >= 1 - EDGE) open.add('right')
  if (paper.y + paper.height >= 1 - EDGE) open.add('bottom')
  return open
}

function touches(box: Box, open: ReadonlySet<Side>): boolean {
  return (
    (open.has('left') && box.x <= EDGE) ||
    (open.has('top') && box.y <= EDGE) ||
    (open.has('right') && box.x + box.width >= 1 - EDGE) ||
    (open.has('bottom') && box.y + box.height >= 1 - EDGE)
  )
}
