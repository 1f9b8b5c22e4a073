import { beforeAll, describe, expect, test } from 'vitest'
import type { Picture } from '../../../src/media/picture.ts'
import { readPage } from '../../../src/media/reading/read-page.ts'
import { straightened } from '../../../src/media/straighten.ts'
import { makeSample } from '../set/sample.ts'
import { readSent } from '../set/sent.ts'
import type { Judged } from '../set/tally.ts'
import { comparisons, fieldTally, poseTally, wrongNiks } from '../set/tally.ts'

/** Some of the half that no threshold was set on, a kind each, the last one a HEIC; all of them: `scripts/evaluate-media.ts`. */
const SOME = [7003, 7025, 7006]
/** Seconds on a quiet machine; it may have others to serve. */
const PATIENCE_MS = 600_000

describe('photographed papers', () => {
  const judged: Judged[] = []
  const shown: Picture[] = []
  beforeAll(async () => {
    for (const seed of SOME) {
      const sample = await makeSample('heldOut', seed)
      const { picture, look } = await readSent(sample)
      judged.push({ sample, look })
      shown.push(await straightened(picture, look))
    }
  }, PATIENCE_MS)

  test('are set upright and level, whichever way they were sent', () => {
    expect(poseTally(judged)).toEqual({ pages: SOME.length, upright: SOME.length, level: SOME.length })
  })

  test('are recognised by what stands on them', () => {
    const kinds = (of: (one: Judged) => string | undefined) => judged.map(of)
    expect(kinds(({ look }) => look.kind?.kind)).toEqual(kinds(({ sample }) => sample.paper.kind))
  })

  test('give numbers and dates where they can be read, and none that does not stand there', () => {
    const legible = judged.filter(({ sample }) => sample.legible === 'yes')
    for (const field of ['nik', 'kk', 'birthDate'] as const) {
      const { there, read } = fieldTally(legible, field)
      expect(there, field).toBeGreaterThan(0)
      expect(read / there, field).toBeGreaterThan(0.8)
    }
    expect(wrongNiks(judged)).toEqual([])
  })

  test('never agree with a mistyped NIK, nor speak against a right one', () => {
    expect(comparisons(judged, true).agrees).toBe(0)
    expect(comparisons(judged, false).differs).toBe(0)
  })

  test('are shown in the size that they were looked at in, every line within', () => {
    for (const [i, { look }] of judged.entries()) {
      expect([look.width, look.height]).toEqual([shown[i]?.width, shown[i]?.height])
      for (const { box } of look.lines) {
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0)
        expect(Math.max(box.x + box.width, box.y + box.height)).toBeLessThanOrEqual(1.0001)
      }
    }
  })
})

test(
  'a page that nobody can read is worth another picture',
  async () => {
    const sample = await makeSample('development', 1012, true)
    const { look } = await readSent(sample)
    expect(look.legibility.legible).toBe(false)
    expect(wrongNiks([{ sample, look }])).toEqual([])
  },
  PATIENCE_MS,
)

test('the text of a PDF is taken as it stands', async () => {
  const blank = { data: Buffer.alloc(300 * 200 * 3, 255), width: 300, height: 200 }
  const text = 'KARTU KELUARGA\r\nNo. 6311062008150001\r\n1 CONTOH REKAAN 6311061204850001 PARINGIN 12-04-1985'
  expect(await readPage(blank, text)).toMatchObject({ text: 'digital', kind: { kind: 'family_card' } })
})
