import type { PageLook, PortraitLook } from '../../models/file/look.ts'
import type { Picture } from '../picture.ts'

/**
 * A head of this share of the height, in the middle part of an upright picture: nothing to read there. On an identity
 * card that fills the picture the head is as high, but the picture lies; on a card in an upright photo it is at most
 * half as high.
 */
const HEAD = 0.3
const UPRIGHT = 1.1
const MIDDLE = { from: 0.25, to: 0.75 }
const SURE_FACE = 0.75
/** A wall behind a child has a few words on it, the poorest of papers more. */
const LINES_OF_A_PAPER = 8
const READ_WELL = 0.8

export function isSurePortrait(look: PortraitLook): boolean {
  if (!look.face || look.faces !== 1 || look.height < UPRIGHT * look.width) return false
  const { box, confidence, headHeight } = look.face
  const middle = box.x + box.width / 2
  return confidence > SURE_FACE && headHeight > HEAD * look.height && middle > MIDDLE.from && middle < MIDDLE.to
}

/** Not where there is text as on a paper, which may show a face as well. */
export function mayBePortrait({ lines }: PageLook): boolean {
  return lines.filter(({ confidence }) => confidence > READ_WELL).length < LINES_OF_A_PAPER
}

/** What is told of a page that nobody has to read. */
export function portraitPage({ turn, face }: PortraitLook, { width, height }: Picture): PageLook {
  const lies = turn === 90 || turn === 270
  return {
    width: lies ? height : width,
    height: lies ? width : height,
    turn,
    skew: 0,
    text: 'none',
    lines: [],
    values: [],
    kind: { kind: 'portrait', confidence: face?.confidence ?? 0 },
    legibility: { lineHeight: 0, sharpness: 0, legible: true },
  }
}
