/**
 * `node scripts/evaluate-media.ts [--half development|heldOut] [--count N]`: draws the generated papers, reads them as the
 * service does, and prints the tables of docs/media.md. All 64 of a half take a quarter of an hour on two quiet cores.
 */
import { parseArgs } from 'node:util'
import { makeSample } from '../tests/media/set/sample.ts'
import { readSent } from '../tests/media/set/sent.ts'
import type { Split } from '../tests/media/set/seeds.ts'
import { SEEDS } from '../tests/media/set/seeds.ts'
import { readingTables } from '../tests/media/set/tables.ts'
import type { Judged } from '../tests/media/set/tally.ts'

const { values } = parseArgs({
  options: { half: { type: 'string', default: 'heldOut' }, count: { type: 'string', default: '64' } },
})
if (values.half !== 'development' && values.half !== 'heldOut') throw new Error('--half is development or heldOut')
const half: Split = values.half
const seeds = SEEDS[half].slice(0, Number(values.count))

const judged = await judge(seeds, false)
// every fourth paper once more, so that nobody can read it
const spoilt = await judge(
  seeds.filter((_, i) => i % 4 === 3),
  true,
)
console.log(readingTables(judged, spoilt))

async function judge(of: readonly number[], spoil: boolean): Promise<Judged[]> {
  const all: Judged[] = []
  for (const seed of of) {
    const { jpeg, ...sample } = await makeSample(half, seed, spoil)
    all.push({ sample, look: (await readSent({ seed, jpeg })).look })
    process.stderr.write('.')
  }
  process.stderr.write('\n')
  return all
}
