import { median } from './support/result.ts'
import type { Bench, Result, Row } from './support/result.ts'
import { readPage } from '../src/media/reading/read-page.ts'
import { pixelsOf, sentPicture } from '../src/media/sharp.ts'
import { makeSample } from '../tests/media/set/sample.ts'

/** Drawn papers of the development half: the more lines, the longer it takes. */
const PAPERS = [
  { what: 'family card of seven, 1600 px, lying on its side', seed: 1000 },
  { what: 'birth certificate, 3000 px', seed: 1003 },
  { what: 'two identity cards, 2200 px, noisy', seed: 1005 },
] as const

/** From the pixels of a photographed paper to what stands on it. */
export const run: Bench = async (sizes): Promise<Result> => {
  const rounds = sizes.pick(9, 1)
  const rows: Row[] = []
  for (const { what, seed } of PAPERS) {
    const picture = await pixelsOf(sentPicture((await makeSample('development', seed)).jpeg))
    const took: number[] = []
    for (let round = -1; round < rounds; round++) {
      const begun = performance.now()
      await readPage(picture)
      // the first round loads the models
      if (round >= 0) took.push(performance.now() - begun)
    }
    rows.push({ what, unit: 'ms', ours: median(took) })
  }
  return {
    title: 'Reading a page',
    how:
      'Set upright, cut to the paper, its lines found and read, its kind recognised; the picture is already decoded. ' +
      `Generated papers, ${rounds} times each, one after another in one process with two threads; the median.`,
    rows,
  }
}
