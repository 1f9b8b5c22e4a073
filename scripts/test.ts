/** `npm test -- [vitest arguments]`: makes sure of what the tests need, builds the console if it changed, runs vitest. */
import { findProgram, installPackages } from '../src/stores/debian.ts'
import { CHROMIUM_PACKAGES, findChromium } from '../tests/browser/chromium.ts'
import { buildConsole, runProgram } from './support/console-build.ts'

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
  return runProgram('vitest/vitest.mjs', ['run', ...given])
}

/** Whether the arguments leave this project of vitest in. */
function runsProject(name: string): boolean {
  const named = given.flatMap((argument, i) => {
    if (argument.startsWith('--project=')) return [argument.slice('--project='.length)]
    return argument === '--project' ? [given[i + 1] ?? ''] : []
  })
  return named.length === 0 || named.includes(name)
}
