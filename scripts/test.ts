/** `npm test -- [vitest arguments]`: makes sure of what the tests need, builds the console if it changed, runs vitest. */
import { mkdtemp, readFile, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { findProgram, installPackages } from '../src/dev/debian.ts'
import { CHROMIUM_PACKAGES, findChromium } from '../tests/browser/chromium.ts'
import { buildConsole, runProgram } from './support/console-build.ts'

const MEMORY = '/dev/shm'
/** Several times what a run leaves there at most. */
const ROOM_BYTES = 6 * 2 ** 30
const given = process.argv.slice(2)
process.exitCode = await main()

async function main(): Promise<number> {
  // where we are not root, the stores unpack Redis for themselves
  if (!(await findProgram('redis-server'))) await installPackages(['redis-server'])
  if (runsProject('browser')) {
    for (const name of CHROMIUM_PACKAGES) if (!(await findChromium())) await installPackages([name])
    if (!(await findChromium())) {
      console.error(
        'Chromium is missing: run `apt-get update` and `apt-get install -y chromium`, or add `--project unit`',
      )
      return 1
    }
    const code = await buildConsole()
    if (code !== 0) return code
  }
  if (process.env['TMPDIR'] || !(await hasRoom(MEMORY))) return runTests()
  const folder = await mkdtemp(join(MEMORY, 'smart-kids-'))
  process.env['TMPDIR'] = folder
  // the tests hear it, too, and end: what they leave in memory has to go
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
  try {
    return await runTests()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function runTests(): Promise<number> {
  return runProgram('vitest/vitest.mjs', ['run', ...given])
}

/**
 * Whether the stores of the tests can lie in memory. What they prove is a killed process, whose writes either of them
 * keeps; the syncs of a disk, thousands in a run, only cost time. A container's own is small, or runs no programs.
 */
async function hasRoom(folder: string): Promise<boolean> {
  try {
    const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' '))
    const options = mounts.find(([, at, kind]) => at === folder && kind === 'tmpfs')?.[3]?.split(',')
    const { bavail, bsize } = await statfs(folder)
    return options !== undefined && !options.includes('noexec') && bavail * bsize > ROOM_BYTES
  } catch {
    return false
  }
}

/** Whether the arguments leave this project of vitest in. */
function runsProject(name: string): boolean {
  const named = given.flatMap((argument, i) => {
    if (argument.startsWith('--project=')) return [argument.slice('--project='.length)]
    return argument === '--project' ? [given[i + 1] ?? ''] : []
  })
  return named.length === 0 || named.includes(name)
}
