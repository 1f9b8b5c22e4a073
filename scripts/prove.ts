/**
 * `npm run prove -- [--seed N] [--share N] [--only NAME,…]`: all proofs at full size (`--share 10`: at a tenth), one after
 * the other, and their figures into docs/proofs.json, each as it ends. Ends with 1 where one fails.
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLog } from '../src/config/log.ts'
import { startStores } from '../src/dev/stores.ts'
import { proveClaims } from '../tests/e2e/claimers.ts'
import { proveAlbums } from '../tests/e2e/proofs/albums.ts'
import { proveBadInput } from '../tests/e2e/proofs/bad-input.ts'
import { proveCrashes } from '../tests/e2e/proofs/crash.ts'
import { proveMainJob } from '../tests/e2e/proofs/main-job.ts'
import { provePairs } from '../tests/e2e/proofs/pairs.ts'
import { proveWhatsappCrashes } from '../tests/e2e/proofs/whatsapp-crash.ts'
import { OFFICE_PACE } from '../tests/e2e/support/pace.ts'
import { makeSample } from '../tests/media/set/sample.ts'
import { SEEDS } from '../tests/media/set/seeds.ts'
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
  bounds,
  kills,
  badInput,
  morning,
  albums,
  crash: () => crash(WHOLE),
  crashSplit: () => crash(SPLIT),
  pairs: () => talkThroughKills({ processes: 2, chats: 30, paired: true }),
  singly: () => talkThroughKills({ processes: 1, chats: 40, paired: false }),
  whatsappCrash,
}

async function mainJob(layout: Layout): Promise<Proof> {
  return holds(await proveMainJob({ layout, seed, pace: OFFICE_PACE }))
}

/** Papers as phones take them: most of an album's are read only after the minute that a chat waits. */
async function albums(): Promise<Proof> {
  const picture = async (i: number) => (await makeSample('development', SEEDS.development[i % 64]!)).jpeg
  return holds(
    await proveAlbums({
      files: part(60),
      pages: part(40),
      picture,
      limitMs: 3_000_000,
      say: (line) => console.log(`  ${line}`),
    }),
  )
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
    pace: OFFICE_PACE,
    say: (line) => console.log(`  ${line}`),
  })
  const names = [...new Set(unreached.map((point) => point.split(':')[0]))]
  return { figures: { ...figures, notOnTheWay: names }, complaints }
}

/** As many people at any share: what a kill meets depends on how much is under way. */
async function talkThroughKills(talk: { processes: number; chats: number; paired: boolean }): Promise<Proof> {
  const say = (line: string): void => console.log(`  ${line}`)
  return provePairs({ ...talk, seed, kills: part(30), limitMs: 900_000, say })
}

async function whatsappCrash(): Promise<Proof> {
  return proveWhatsappCrashes({
    seed,
    layout: ['bots', 'bots', 'worker', 'admin'],
    coordinators: Math.max(2, part(20)),
    pupils: 5,
    kills: part(60),
    limitMs: 1_500_000,
    pace: OFFICE_PACE,
    say: (line) => console.log(`  ${line}`),
  })
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

/** Over the real demo chat; and the suite's own at every route of the API and every question: all texts, all roles. */
async function badInput(): Promise<Proof> {
  const figures = await proveBadInput({ texts: part(200), seed })
  const files = ['admin/garbage.it', 'admin/rights-by-stage.it', 'conversation/hostile']
  const everywhere = runTests(
    files.map((name) => `tests/${name}.test.ts`),
    { PROOF_SHARE: String(share) },
  )
  return holds({ ...figures, everywhere })
}

/** The suite's random cases of the queue on the engine, many more of them. */
async function bounds(): Promise<Proof> {
  const cases = part(1000)
  return holds({ cases, ...runTests(['tests/queue/bounds.it.test.ts'], { BOUNDS_RUNS: String(cases) }) })
}

/** A morning of the office at its pages, with so many pupils: the suite's walk, as long as a real one. */
async function morning(): Promise<Proof> {
  const pupils = part(200)
  return holds({ pupils, ...runTests(['tests/browser/morning.test.ts'], { MORNING_PUPILS: String(pupils) }) })
}

/** The suite's own of single rooms, which kill at each write in turn. */
async function kills(): Promise<Proof> {
  const files = ['tests/queue/purge-crash.it.test.ts', 'tests/queue/printing/print-batches.it.test.ts']
  return holds(runTests(files, { PROOF_SHARE: String(share) }))
}

/** Files of the suite at another size. Throws where a test fails. */
function runTests(files: readonly string[], env: Record<string, string>): { seconds: number } {
  const begun = Date.now()
  execFileSync('node_modules/.bin/vitest', ['run', ...files], { env: { ...process.env, ...env }, stdio: 'inherit' })
  return { seconds: Math.round((Date.now() - begun) / 1000) }
}

/** A proof that throws where it does not hold. */
function holds(figures: object): Proof {
  return { figures, complaints: [] }
}

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim()
const changed = git('status', '--porcelain', '--', 'src', 'office', 'package-lock.json') !== ''
const commit = git('rev-parse', 'HEAD') + (changed ? ' with changes' : '')
const machine = { cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version }
const wanted = values.only === '' ? Object.keys(PROOFS) : values.only.split(',')
for (const name of wanted) {
  console.log(name)
  const { figures, complaints } = await run(name)
  const result = { holds: complaints.length === 0, ...figures }
  console.log(JSON.stringify(result, null, 2))
  for (const complaint of complaints) console.error(`  ${complaint}`)
  if (!result.holds) process.exitCode = 1
  if (share === 1) await keep(name, { commit, seed, when: new Date().toISOString(), machine, ...result })
}

async function run(name: string): Promise<Proof> {
  const proof = PROOFS[name]
  if (!proof) throw new Error(`no proof is called ${name}; there are ${Object.keys(PROOFS).join(', ')}`)
  try {
    return await proof()
  } catch (error) {
    return { figures: {}, complaints: [error instanceof Error ? error.message : String(error)] }
  }
}

/** Each proof stands with the commit that it ran on: one that is run alone leaves the others' figures. */
async function keep(name: string, result: object): Promise<void> {
  const before = await readFile(RESULT, 'utf8').catch(() => '{}')
  const known = JSON.parse(before) as Record<string, object>
  const sorted = Object.keys(PROOFS).flatMap((one) => {
    const figures = one === name ? result : known[one]
    return figures ? [[one, figures] as const] : []
  })
  await writeFile(RESULT, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
}
