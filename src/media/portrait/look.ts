import type { PortraitRules } from '../../config/portrait-schema.ts'
import type { PortraitLook } from '../../models/file/look.ts'
import type { Picture } from '../picture.ts'
import { backgroundOf } from './background.ts'
import { clarityOf } from './clarity.ts'
import { findFaces } from './faces.ts'
import { distance } from './landmarks.ts'
import type { Face } from './landmarks.ts'
import { crownRow, matteOf } from './matte.ts'
import type { Matte } from './matte.ts'
import { cutOut, pointOf, within } from './pixels.ts'
import type { Frame, Size } from '../../models/file/frame.ts'
import { along, editOf, middleOf, missingOf, proposedFrame } from './proposal.ts'

/** Faces are found and measured in a picture of at most this edge. */
const EDGE = 1600
/** Crown to chin by hairline to chin: 1.5 in the middle; hair, a peci or a hijab up to 1.9. */
const CROWN = { usual: 1.5, least: 1.3, most: 1.9 }
/** The part around a head that is looked at for its crown and its background. */
const AROUND: Size = { width: 300, height: 450 }
const HEAD_IN_IT = 0.55
const ABOVE_CROWN = 0.17
/** Half of the columns in which the crown is sought, as a share of the head's height. */
const CROWN_REACH = 0.12

/**
 * Looks at a picture that may be a portrait; it is upright by its EXIF, turned it may still be. `original` is its size
 * before it was reduced, where it was: `headHeight` counts in its pixels. Throws where the models cannot be loaded.
 */
export async function lookAtPortrait(
  image: Picture,
  rules: PortraitRules,
  original: Size = image,
): Promise<PortraitLook> {
  const { picture, turn, faces, doubtful } = await findFaces(await within(image, EDGE))
  const lies = turn === 90 || turn === 270
  const size = lies
    ? { width: original.height, height: original.width }
    : { width: original.width, height: original.height }
  const [first, second] = faces
  const common = { ...size, turn, faces: faces.length, doubtful }
  if (!first) {
    return {
      ...common,
      secondFace: 0,
      background: { colour: 'unknown', share: 0, soft: 0 },
      missing: 0,
      replaceable: false,
    }
  }
  const frame = around(first, distance(first.brow, first.chin) * CROWN.usual)
  const part = await cutOut(picture, frame, AROUND)
  const alpha = await matteOf(part)
  const background = backgroundOf(part, alpha, rules.limits.background)
  const headHeight = headHeightOf(frame, alpha)
  const clarity = await clarityOf(first.patch)
  const cut = proposedFrame(first, headHeight, picture, rules)
  return {
    ...common,
    secondFace: second ? second.width / first.width : 0,
    face: {
      box: {
        x: first.x / picture.width,
        y: first.y / picture.height,
        width: first.width / picture.width,
        height: first.height / picture.height,
      },
      confidence: first.confidence,
      roll: first.roll,
      yaw: first.yaw,
      eyesOpen: first.eyesOpen,
      headHeight: (headHeight * size.width) / picture.width,
      ...clarity,
    },
    background,
    missing: missingOf(cut, picture),
    proposal: editOf(cut, picture, turn, clarity.mean),
    replaceable: background.colour !== 'unknown' && background.soft <= rules.limits.soft,
  }
}

/** A wider cut than the portrait: crowns and hats have room in it, and more of the background is in sight. */
function around(face: Face, headHeight: number): Frame {
  const height = headHeight / HEAD_IN_IT
  const middle = middleOf(face)
  const top = along(middle, face.chin) - headHeight - ABOVE_CROWN * height
  return { ...pointOf(middle, 0, top + height / 2), width: (height * 2) / 3, height, angle: face.roll }
}

/** By the top of the mask, as far as it is believable: behind a dark head stands many a dark thing. */
function headHeightOf(frame: Frame, matte: Matte): number {
  const usual = frame.height * HEAD_IN_IT
  const scale = AROUND.height / frame.height
  const crown = crownRow(matte, AROUND.width, AROUND.width / 2, CROWN_REACH * usual * scale) / scale
  const measured = usual + ABOVE_CROWN * frame.height - crown
  const unit = usual / CROWN.usual
  return Math.min(CROWN.most * unit, Math.max(CROWN.least * unit, measured))
}
