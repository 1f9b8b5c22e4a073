import { beforeAll, describe, expect, test } from 'vitest'
import type { PageLook, ReadValue } from '../../../src/models/file/look.ts'
import type { Picture } from '../../../src/media/picture.ts'
import { findText } from '../../../src/media/reading/detector.ts'
import { readingModels } from '../../../src/media/reading/models.ts'
import type { ReadingModels } from '../../../src/media/reading/models.ts'
import { offered } from '../../../src/media/reading/offered.ts'
import { cutLine, recognise } from '../../../src/media/reading/recogniser.ts'
import { boxIn, hull } from '../../../src/media/reading/region.ts'
import { readsTheSame, withSecondReading } from '../../../src/media/reading/second-reading.ts'
import type { PlacedLine } from '../../../src/media/reading/second-reading.ts'
import { straightened } from '../../../src/media/straighten.ts'
import { makeSample } from '../set/sample.ts'
import { readSent } from '../set/sent.ts'
import { pageLook } from './page.ts'

describe('a name that was read twice', () => {
  test('is the same though blanks, marks and figures come and go', () => {
    expect(readsTheSame('AHMAD FIKRI', ': AHMAD FIKRI', ':AHMADFIKRI')).toBe(true)
    expect(readsTheSame("NUR'AINI CONTOH", "3 NUR'AINI CONTOH", '8NURAINI CONTOH')).toBe(true)
    expect(readsTheSame('CITRA REKAAN', 'Nama : CITRA REKAAN', 'CITRAREKAAN')).toBe(true)
  })

  test('is another one by a single letter, in its middle or at its end', () => {
    expect(readsTheSame('RINA HIIDAYAT', 'RINA HIIDAYAT', 'RINA HIDAYAT')).toBe(false)
    expect(readsTheSame('LESTARI CONTOHWAT', ': LESTARI CONTOHWAT', ': LESTARI CONTOHWATI')).toBe(false)
    expect(readsTheSame('BUDI REKAAN', 'BUDI REKAAN', '')).toBe(false)
  })

  test('is judged with what stands behind it on its line, since that may be a part of it', () => {
    expect(readsTheSame('BUDI', 'BUDI 6311060107150001', 'BUDI 6311060107150001')).toBe(true)
    expect(readsTheSame('BUDI', 'BUDI 6311060107150001', 'BUDI REKA 6311060107150001')).toBe(false)
  })
})

/** Which letters a model reads at the edge of a word differs from one processor to another: lines of a real page, as it reads them here. */
describe('names of a photographed page', () => {
  let models: ReadingModels
  let page: Picture
  let lines: PlacedLine[]
  beforeAll(async () => {
    models = await readingModels()
    const { picture, look } = await readSent(await makeSample('heldOut', 7003))
    page = await straightened(picture, look)
    const regions = await findText(models.detect, page, 1280)
    const texts = await recognise(models, await Promise.all(regions.map((region) => cutLine(page, region))))
    lines = texts.flatMap(({ text, confidences }, i) =>
      text.replaceAll(/[^a-z]/gi, '').length >= 6
        ? [{ line: { text, confidences, box: boxIn(page, hull(regions[i]!)) }, region: regions[i]! }]
        : [],
    )
  }, 600_000)

  /** How sure each line is of being a name, if its first reading had been `said`. */
  async function sureness(said: (text: string) => string): Promise<ReadValue[]> {
    const placed = lines.map(({ line, region }) => ({ line: { ...line, text: said(line.text) }, region }))
    const values = placed.map(({ line }) => ({
      field: 'name' as const,
      value: line.text,
      confidence: 0.99,
      box: line.box,
    }))
    return withSecondReading(models, page, placed, values)
  }
  const offers = (value: ReadValue) => {
    const look: PageLook = pageLook('birth_certificate', [value])
    return offered({ opened: true, total: 1, pages: [look], pictureHash: '', missing: [] }).name
  }

  test('stay sure where a larger cut reads the same, which is the rule', async () => {
    const sure = (await sureness((text) => text)).filter(({ confidence }) => confidence > 0.8)
    expect(lines.length).toBeGreaterThan(5)
    expect(sure.length / lines.length).toBeGreaterThan(0.5)
  })

  test('are doubted, and not offered, where the first reading had a letter more or less than stands there', async () => {
    for (const said of [(text: string) => `${text}Q`, (text: string) => `${text.slice(0, -2)}Q`]) {
      const values = await sureness(said)
      expect(values.filter(({ confidence }) => confidence > 0.8)).toEqual([])
      expect(values.flatMap((value) => offers(value) ?? [])).toEqual([])
    }
  })
})
