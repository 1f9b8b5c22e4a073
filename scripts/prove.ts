/**
 * `npm run prove -- [--seed N] [--share N] [--only NAME,…]`: all proofs at full size (`--share 10`: at a tenth), one after
 * the other, and their figures into docs/proofs.json. Ends with 1 where one fails.
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLog } from '../src/config/log.ts'
import { startStores } from '../src/stores/stores.ts'
import { proveClaims } from '../tests/e2e/claimers.ts'
import { proveBadInput } from '../tests/e2e/proofs/bad-input.ts'
import { proveCrashes } from '../tests/e2e/proofs/crash.ts'
import { proveMainJob } from '../tests/e2e/proofs/main-job.ts'
import { SPLIT, WHOLE } from '../tests/e2e/support/fleet.ts'
import type { Layout } from '../tests/e2e/support/fleet.ts'

const RESULT = 'docs/proofs.json'
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    share: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
})
const seed = Number(values.seed)
const share = Number(values.share)
const part = (whole: number): number => Math.max(1, Math.ceil(whole / share))

type Proof = { figures: object; complaints: readonly string[] }
const PROOFS: Record<string, () => Promise<Proof>> = {
  mainJob: () => mainJob(WHOLE),
  mainJobSplit: () => mainJob(SPLIT),
  claimers,
  badInput: async () => holds(await proveBadInput({ texts: part(200), seed })),
  crash: () => crash(WHOLE),
  crashSplit: () => crash(SPLIT),
}

async function mainJob(layout: Layout): Promise<Proof> {
  return holds(await proveMainJob({ layout, seed }))
}

async function crash(layout: Layout): Promise<Proof> {
  const { figures, complaints, unreached } = await proveCrashes({
    seed,
    layout,
    coordinators: Math.max(4, part(20)),
    pupils: share === 1 ? 10 : 5,
    share,
    randomKills: part(20),
    limitMs: 1_500_000,
    say: (line) => console.log(`  ${line}`),
  })
  const names = [...new Set(unreached.map((point) => point.split(':')[0]))]
  return { figures: { ...figures, notOnTheWay: names }, complaints }
}

async function claimers(): Promise<Proof> {
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-claimers-'))
  const stores = await startStores({ dataDir, production: false, log: createLog('silent') })
  try {
    const figures = await proveClaims(stores.mongodbUri, { items: part(5000), claimers: 64, processes: 4 })
    const { twice, missing, outOfOrder } = figures
    const wrong = Object.entries({ twice, missing, outOfOrder }).filter(([, count]) => count > 0)
    return { figures, complaints: wrong.map(([what, count]) => `${count} ${what}`) }
  } finally {
    await stores.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** A proof that throws where it does not hold. */
function holds(figures: object): Proof {
  return { figures, complaints: [] }
}

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim()
const changed = git('status', '--porcelain', '--', 'src', 'office', 'package-lock.json') !== ''
const commit = git('rev-parse', 'HEAD') + (changed ? ' with changes' : '')
const wanted = values.only === '' ? Object.keys(PROOFS) : values.only.split(',')
const proofs: Record<string, object> = {}
let failed = false
for (const name of wanted) {
  console.log(name)
  const { figures, complaints } = await (
    PROOFS[name]?.() ?? Promise.reject(new Error(`no proof is called ${name}`))
  ).catch((error: unknown): Proof => ({
    figures: {},
    complaints: [error instanceof Error ? error.message : String(error)],
  }))
  proofs[name] = { holds: complaints.length === 0, ...figures }
  failed ||= complaints.length > 0
  console.log(JSON.stringify(proofs[name], null, 2))
  for (const complaint of complaints) console.error(`  ${complaint}`)
}
const machine = {
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
}
if (share === 1 && values.only === '') {
  const report = { commit, seed, when: new Date().toISOString(), machine, proofs }
  await writeFile(RESULT, `${JSON.stringify(report, null, 2)}\n`)
}
process.exitCode = failed ? 1 : 0
