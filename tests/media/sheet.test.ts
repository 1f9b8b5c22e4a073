import { inflateSync } from 'node:zlib'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { Refusal } from '../../src/models/store/errors.ts'
import { createSheets, PORTRAITS_ON_A_PAGE } from '../../src/media/sheet.ts'

const MM = 72 / 25.4
const jpeg = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c8141e' } })
    .jpeg()
    .toBuffer()

/** Every file has a readable page but `heic`; `cut` also has a proposal. */
async function drawn(documents: readonly (string | undefined)[], dpi: 300 | 600 = 300, firstPage = 1): Promise<Buffer> {
  const proposal = await jpeg(472, 708)
  const sheet = createSheets({
    blobs: { get: (id) => Promise.resolve(id === 'cut-proposal' ? proposal : undefined) },
    rendition: async (document) => ({
      mediaType: document === 'heic' ? 'image/heic' : 'image/jpeg',
      bytes: await jpeg(600, 800),
    }),
    draw: () => Promise.reject(new Refusal('invalid', 'not here')),
  })
  const pupils = documents.map((document, i) => ({ name: `Murid Rekaan ${i + 1}`, note: `B41${i}-6 · 4A`, document }))
  return sheet(pupils, { title: 'Pas foto · SDN Rekaan 1', dpi, firstPage })
}

/** The words on its pages. */
function words(drawing: string): string {
  return [...drawing.matchAll(/<([0-9a-f]+)>/g)]
    .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
    .join('')
}

/** What is drawn, in the language of PDF. */
function contents(pdf: Buffer): string {
  const text = pdf.toString('latin1')
  return [...text.matchAll(/FlateDecode\s*>>\s*stream\n([\s\S]*?)\nendstream/g)]
    .map((match) => inflateSync(Buffer.from(match[1]!, 'latin1')).toString('latin1'))
    .join('\n')
}

test('each portrait is exactly 20 by 30 mm', async () => {
  const sizes = [
    ...contents(await drawn(['cut', 'plain'])).matchAll(/^([\d.]+) 0 0 -([\d.]+) [\d.]+ [\d.]+ cm\n\/I\d+ Do/gm),
  ]
  expect(sizes).toHaveLength(2)
  for (const [, width, height] of sizes) {
    expect(Number(width) / MM).toBeCloseTo(20, 4)
    expect(Number(height) / MM).toBeCloseTo(30, 4)
  }
})
test('cut marks stand off each portrait in line with its edges, and its pupil is named below', async () => {
  const drawing = contents(await drawn(['plain']))
  const strokes = [...drawing.matchAll(/^([\d.]+) ([\d.]+) m\n([\d.]+) ([\d.]+) l$/gm)].map((stroke) =>
    stroke.slice(1).map((place) => Number(place) / MM),
  )
  // the first line of the page is the ruler
  const [ruler = [], ...marks] = strokes
  expect((ruler[2] ?? 0) - (ruler[0] ?? 0)).toBeCloseTo(50, 2)
  const [left, top] = [14, 20]
  const edges = { x: [left, left + 20], y: [top, top + 30] }
  const near = (place: number | undefined, of: readonly number[]) => of.some((edge) => Math.abs(edge - place!) < 0.01)
  expect(marks).toHaveLength(8)
  for (const [x1, y1, x2, y2] of marks) {
    const level = y1 === y2
    expect(near(level ? y1 : x1, level ? edges.y : edges.x)).toBe(true)
    // both ends outside of the picture
    for (const [end, [low = 0, high = 0]] of level
      ? ([
          [x1, edges.x],
          [x2, edges.x],
        ] as const)
      : ([
          [y1, edges.y],
          [y2, edges.y],
        ] as const)) {
      expect(end! < low - 0.5 || end! > high + 0.5).toBe(true)
    }
  }
  expect(words(drawing)).toContain('Murid Rekaan 1')
  expect(words(drawing)).toContain('B410-6 · 4A')
})
test.each([
  [300, { width: 236, height: 354 }],
  [600, { width: 472, height: 709 }],
] as const)('at %d dpi', async (dpi, size) => {
  const text = (await drawn(['plain'], dpi)).toString('latin1')
  expect(text).toContain(`/Width ${size.width}\n/Height ${size.height}`)
})
test('the printer is asked not to scale, on A4', async () => {
  const pdf = await drawn(['plain'])
  const preferences = /\/ViewerPreferences (\d+) 0 R/.exec(pdf.toString('latin1'))?.[1]
  expect(pdf.toString('latin1')).toMatch(new RegExp(`\\n${preferences} 0 obj\\n<<\\s*/PrintScaling /None`))
  const page = (await PDFDocument.load(pdf)).getPage(0)
  expect(page.getWidth() / MM).toBeCloseTo(210, 0)
  expect(page.getHeight() / MM).toBeCloseTo(297, 0)
})
test('a class of forty-three goes on two pages', async () => {
  const documents = Array.from({ length: PORTRAITS_ON_A_PAGE + 1 }, () => undefined)
  expect((await PDFDocument.load(await drawn(documents))).getPageCount()).toBe(2)
})
test('a sheet that goes on from another one numbers its pages on', async () => {
  const said = words(contents(await drawn([undefined], 300, 6)))
  expect(said).toContain('halaman 6')
  expect(said).not.toContain('halaman 1')
})
test('who has no portrait, or one that cannot be drawn, keeps the place with the name', async () => {
  const pdf = await drawn([undefined, 'heic', 'plain'])
  expect(pdf.toString('latin1').match(/\/Subtype \/Image/g)).toHaveLength(1)
  expect((await PDFDocument.load(pdf)).getPageCount()).toBe(1)
})
