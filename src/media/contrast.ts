import type { Picture } from './picture.ts'
import { decodedPicture } from './sharp.ts'

/** Cells along the longer side in which the light is measured: smaller than a shadow, larger than a word. */
const CELLS = 24
const CELL = 8
/** The paper is as bright as the brightest pixels of a cell. */
const PAPER = 0.9
/** What paper is lifted to; deep shadow and what is no paper at all only so far, since noise is lifted with it. */
const WHITE = 245
const MOST = 2

/**
 * A page with its shadows lifted, so that black on white is black on white everywhere; colours (stamps, signatures)
 * stay. For people who read it: the look is taken of the page as it came.
 */
export async function withEvenLight(page: Picture): Promise<Picture> {
  const scale = (CELLS * CELL) / Math.max(page.width, page.height)
  const columns = Math.max(1, Math.round((page.width * scale) / CELL))
  const rows = Math.max(1, Math.round((page.height * scale) / CELL))
  const grey = await decodedPicture(page)
    .resize(columns * CELL, rows * CELL, { fit: 'fill' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const light = Array.from({ length: columns * rows }, (_, i) =>
    brightest(grey.data, grey.info.channels, columns, i % columns, Math.floor(i / columns)),
  )
  const gains = smoothed(light, columns, rows).map((value) => Math.min(MOST, Math.max(1, WHITE / Math.max(1, value))))
  return lifted(page, { gains, columns, rows })
}

function brightest(grey: Buffer, channels: number, columns: number, column: number, row: number): number {
  const values = Array.from({ length: CELL * CELL }, (_, i) => {
    const x = column * CELL + (i % CELL)
    const y = row * CELL + Math.floor(i / CELL)
    return grey[(y * columns * CELL + x) * channels] ?? 0
  }).toSorted((a, b) => a - b)
  return values[Math.floor(values.length * PAPER)] ?? 0
}

/** Mean with the neighbours, twice: no cell shows its edge. */
function smoothed(values: readonly number[], columns: number, rows: number): number[] {
  const once = (from: readonly number[]): number[] =>
    from.map((_, i) => {
      const [x, y] = [i % columns, Math.floor(i / columns)]
      let [sum, count] = [0, 0]
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          if (x + dx < 0 || x + dx >= columns || y + dy < 0 || y + dy >= rows) continue
          sum += from[(y + dy) * columns + x + dx] ?? 0
          count++
        }
      }
      return sum / count
    })
  return once(once(values))
}

type Gains = { gains: readonly number[]; columns: number; rows: number }

function lifted({ data, width, height }: Picture, { gains, columns, rows }: Gains): Picture {
  const out = Buffer.allocUnsafe(data.length)
  for (let y = 0; y < height; y++) {
    const v = Math.min(rows - 1, Math.max(0, ((y + 0.5) / height) * rows - 0.5))
    const [top, fy] = [Math.floor(v), v % 1]
    const below = Math.min(rows - 1, top + 1)
    for (let x = 0; x < width; x++) {
      const u = Math.min(columns - 1, Math.max(0, ((x + 0.5) / width) * columns - 0.5))
      const [left, fx] = [Math.floor(u), u % 1]
      const right = Math.min(columns - 1, left + 1)
      const upper = (gains[top * columns + left] ?? 1) * (1 - fx) + (gains[top * columns + right] ?? 1) * fx
      const lower = (gains[below * columns + left] ?? 1) * (1 - fx) + (gains[below * columns + right] ?? 1) * fx
      const gain = upper * (1 - fy) + lower * fy
      const at = (y * width + x) * 3
      for (let c = 0; c < 3; c++) out[at + c] = Math.min(255, (data[at + c] ?? 0) * gain)
    }
  }
  return { data: out, width, height }
}
