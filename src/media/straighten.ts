import type { PageLook } from '../models/file/look.ts'
import type { Picture } from './picture.ts'
import { decodedPicture, pixelsOf } from './sharp.ts'

/** What a leaning page shows in its corners: darker than any paper. */
const BESIDE = '#404040'

/**
 * The page as it was read: turned upright, its slant taken out, cut to the paper. The boxes of a look hold in it, at
 * every size.
 */
export async function straightened(
  picture: Picture,
  { turn, skew, paper }: Pick<PageLook, 'turn' | 'skew' | 'paper'>,
): Promise<Picture> {
  const upright = turn === 0 ? picture : await pixelsOf(decodedPicture(picture).rotate(turn))
  const level = skew === 0 ? upright : await pixelsOf(decodedPicture(upright).rotate(skew, { background: BESIDE }))
  if (!paper) return level
  const left = Math.min(level.width - 1, Math.round(paper.x * level.width))
  const top = Math.min(level.height - 1, Math.round(paper.y * level.height))
  const width = Math.max(1, Math.min(level.width - left, Math.round(paper.width * level.width)))
  const height = Math.max(1, Math.min(level.height - top, Math.round(paper.height * level.height)))
  return pixelsOf(decodedPicture(level).extract({ left, top, width, height }))
}
