import sharp from 'sharp'
import type { QuarterTurn } from '../../../src/models/file/look.ts'
import type { Paper } from './paper.ts'
import type { Random } from './random.ts'

/** What a phone and a messenger do to a paper. Blur is a Gaussian's σ in pixels of the finished picture. */
export type Shot = {
  /** Longer side of the finished picture in pixels. */
  side: number
  /** Share of the picture's side that the paper fills. */
  fill: number
  /** Degrees clockwise that the paper lies turned. */
  tilt: number
  /** How much narrower (−) or wider (+) the far end of the paper is. */
  lean: number
  blur: number
  /** How dark the darkest part of the shadow is: 0 none, 1 black. */
  shadow: number
  noise: number
  quality: number
  /** Degrees clockwise that the finished picture has to be turned to be upright. */
  turn: QuarterTurn
  table: readonly [number, number, number]
}

const TABLES = [
  [92, 64, 44],
  [150, 120, 88],
  [60, 66, 72],
  [186, 188, 182],
  [40, 70, 60],
] as const

export function drawShot(random: Random): Shot {
  return {
    side: random.pick([1040, 1280, 1600, 1600, 2200, 3000]),
    fill: random.between(0.78, 1.02),
    tilt: random.between(-6, 6),
    lean: random.between(-0.05, 0.05),
    blur: random.pick([0, 0, 0.5, 0.8, 1.2, 1.8, 2.6]),
    shadow: random.pick([0, 0, 0.25, 0.45]),
    noise: random.pick([0, 4, 9]),
    quality: random.pick([50, 50, 65, 80, 90]),
    turn: random.pick([0, 0, 0, 90, 180, 270] as const),
    table: random.pick(TABLES),
  }
}

/** The same shot from too far away or out of focus: nobody can read it. */
export function spoilt(random: Random, paper: Paper, shot: Shot): Shot {
  const { capital, side } = { capital: capitalPixels(paper, shot), side: shot.side }
  if (random.chance(0.4)) return { ...shot, side: Math.round((side * random.between(3.5, 5.5)) / capital), blur: 0.5 }
  return { ...shot, blur: capital * random.between(0.3, 0.5) }
}

/** Height of the smallest capitals in pixels of the finished picture. */
export function capitalPixels(paper: Paper, { side, fill }: Shot): number {
  const [width, height] = paper.width > paper.height ? [side, side * 0.75] : [side * 0.75, side]
  return paper.capital * Math.min(width / paper.width, height / paper.height) * fill
}

/** A JPEG of the paper lying on a table. */
export async function photograph(random: Random, paper: Paper, shot: Shot): Promise<Buffer> {
  const landscape = paper.width > paper.height
  const width = landscape ? shot.side : Math.round(shot.side * 0.75)
  const height = landscape ? Math.round(shot.side * 0.75) : shot.side
  const scale = Math.min(width / paper.width, height / paper.height) * shot.fill
  // what decodes strangers' files blocks drawings for the whole process
  sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] })
  // drawn twice as fine as it is needed, so that the glyphs keep their shape through the turn
  const fine = Math.min(2, 4200 / (Math.max(paper.width, paper.height) * scale))
  const { data, info } = await sharp(Buffer.from(paper.svg), { limitInputPixels: 9e7 })
    .resize(Math.round(paper.width * scale * fine), Math.round(paper.height * scale * fine), { fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .removeAlpha()
    .blur(fine > 1.2 ? 0.6 : 0.3)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const lain = lay(random, { data, width: info.width, height: info.height }, { width, height }, shot, fine)
  const picture = sharp(lain, { raw: { width, height, channels: 3 } })
  if (shot.blur > 0.3) picture.blur(shot.blur)
  const upright = await picture.png({ compressionLevel: 1 }).toBuffer()
  return sharp(upright)
    .rotate((360 - shot.turn) % 360)
    .jpeg({ quality: shot.quality })
    .toBuffer()
}

type Raster = { data: Buffer; width: number; height: number }

/** Every pixel of the picture looks back onto the paper (turn, then perspective), in shadow and noise. */
function lay(random: Random, paper: Raster, size: { width: number; height: number }, shot: Shot, fine: number): Buffer {
  const { width, height } = size
  const out = Buffer.alloc(width * height * 3)
  const [cos, sin] = [Math.cos((shot.tilt * Math.PI) / 180), Math.sin((shot.tilt * Math.PI) / 180)]
  const [towardsX, towardsY] = [random.between(-1, 1), random.between(-1, 1)]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - width / 2, y - height / 2]
      const depth = 1 + (shot.lean * dy) / height
      const u = ((cos * dx + sin * dy) / depth) * fine + paper.width / 2
      const v = ((cos * dy - sin * dx) / depth) * fine + paper.height / 2
      const across = ((dx / width) * towardsX + (dy / height) * towardsY + 0.7) / 1.4
      const light = 1 - shot.shadow * Math.min(1, Math.max(0, across))
      const grain = shot.noise > 0 ? random.between(-shot.noise, shot.noise) : 0
      for (let c = 0; c < 3; c++) {
        const seen = sample(paper, u, v, c) ?? shot.table[c] ?? 0
        out[(y * width + x) * 3 + c] = Math.min(255, Math.max(0, seen * light + grain))
      }
    }
  }
  return out
}

/** Bilinear; undefined beside the paper. */
function sample(paper: Raster, u: number, v: number, channel: number): number | undefined {
  const x = Math.floor(u)
  const y = Math.floor(v)
  if (x < 0 || y < 0 || x >= paper.width - 1 || y >= paper.height - 1) return undefined
  const at = (y * paper.width + x) * 3 + channel
  const below = at + paper.width * 3
  const [fx, fy] = [u - x, v - y]
  const { data } = paper
  const upper = (data[at] ?? 0) * (1 - fx) + (data[at + 3] ?? 0) * fx
  const lower = (data[below] ?? 0) * (1 - fx) + (data[below + 3] ?? 0) * fx
  return upper * (1 - fy) + lower * fy
}
