/** `npm test -- [vitest arguments]`: makes sure of what the tests need, builds the console if it changed, runs vitest. */
import { findProgram, installPackages } from '../src/stores/debian.ts'
import { buildConsole, runProgram } from './support/console-build.ts'

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome']

const given = process.argv.slice(2)
process.exitCode = await main()

async function main(): Promise<number> {
  // where we are not root, the stores unpack Redis for themselves
  if (!(await findProgram('redis-server'))) await installPackages(['redis-server'])
  if (runsProject('browser')) {
    if (!(await hasChromium()) && !((await installPackages(['chromium'])) && (await hasChromium()))) {
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

async function hasChromium(): Promise<boolean> {
  for (const name of CHROMIUM) if (await findProgram(name)) return true
  return false
}
