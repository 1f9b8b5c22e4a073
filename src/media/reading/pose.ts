import type { Box, QuarterTurn } from '../../models/file/look.ts'
import type { Picture } from '../picture.ts'
import type { Frame, Size } from '../../models/file/frame.ts'
import { pointOf } from '../portrait/pixels.ts'
import { straightened } from '../straighten.ts'
import { findText } from './detector.ts'
import type { ReadingModels } from './models.ts'
import { findPaper } from './paper.ts'
import { isUpsideDown, slantOf } from './upright.ts'

/** How a picture becomes a page: turned, its slant taken out, cut to the paper. */
export type Pose = { turn: QuarterTurn; skew: number; paper?: Box }

/** Lines show their direction at this size already. Longer side in pixels. */
const SIDE = 960

export async function poseOf(models: ReadingModels, picture: Picture): Promise<Pose> {
  const lines = await findText(models.detect, picture, SIDE)
  const slant = slantOf(lines)
  const level = await straightened(picture, slant)
  const laid = lines.map((line) => turnedWith(line, slant.turn + slant.skew, picture, level))
  const paper = await findPaper(level, laid)
  const pose = { ...slant, ...(paper ? { paper } : {}) }
  return (await isUpsideDown(models, level, laid)) ? onItsFeet(pose) : pose
}

/** Where a line lies after its picture was turned about its middle, by degrees clockwise. */
function turnedWith(line: Frame, degrees: number, from: Size, to: Size): Frame {
  const spoke = { x: 0, y: 0, angle: degrees }
  const { x, y } = pointOf(spoke, line.x - from.width / 2, line.y - from.height / 2)
  // 89° and -89° are the same line: it is to lie level now
  const angle = ((((line.angle + degrees + 90) % 180) + 180) % 180) - 90
  return { ...line, x: x + to.width / 2, y: y + to.height / 2, angle }
}

/** Half a turn more: the paper then lies on the other side. */
function onItsFeet({ turn, skew, paper }: Pose): Pose {
  const turned = ((turn + 180) % 360) as QuarterTurn
  if (!paper) return { turn: turned, skew }
  return { turn: turned, skew, paper: { ...paper, x: 1 - paper.x - paper.width, y: 1 - paper.y - paper.height } }
}
