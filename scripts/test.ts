/** `npm test -- [vitest arguments]`: makes sure of what the tests need, builds the console if it changed, runs vitest. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProgram, installPackages } from '../src/stores/debian.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const CONSOLE = join(ROOT, 'src/admin/console')
const CONSOLE_SOURCES = [CONSOLE, join(ROOT, 'src/admin/contract')]
const CONSOLE_CONFIG = join(CONSOLE, 'vite.config.ts')
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
    if (await isConsoleStale()) {
      const code = await run('vite/bin/vite.js', ['build', '--config', CONSOLE_CONFIG, '--logLevel', 'warn'])
      if (code !== 0) return code
    }
  }
  return run('vitest/vitest.mjs', ['run', ...given])
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

/** True when a source of the console is newer than its build, or there is none. */
async function isConsoleStale(): Promise<boolean> {
  if (!(await changedAt(CONSOLE_CONFIG))) return false
  const built = await changedAt(join(ROOT, 'dist/console/index.html'))
  if (!built) return true
  for (const folder of CONSOLE_SOURCES) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && ((await changedAt(join(entry.parentPath, entry.name))) ?? 0) > built) return true
    }
  }
  return false
}
async function changedAt(path: string): Promise<number | undefined> {
  return (await stat(path, { throwIfNoEntry: false }))?.mtimeMs
}

/** Runs a program of node_modules on this very Node; gives back its exit code. */
async function run(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', program), ...args], { cwd: ROOT, stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}
