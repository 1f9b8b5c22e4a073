import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CONSOLE = join(ROOT, 'src/admin/console')
const SOURCES = [CONSOLE, join(ROOT, 'src/admin/contract')]
const BUILT = join(ROOT, 'dist/console/index.html')
const VITE = 'vite/bin/vite.js'

/** Builds the console where a source is newer than its build, or there is none; gives an exit code. */
export async function buildConsole(): Promise<number> {
  if (!(await isStale())) return 0
  if (!existsSync(join(ROOT, 'node_modules', VITE))) {
    if (existsSync(BUILT)) return 0
    console.error('The console is not built and vite is not installed: run `npm ci && npm run build` where it is')
    return 1
  }
  return runProgram(VITE, ['build', '--config', join(CONSOLE, 'vite.config.ts'), '--logLevel', 'warn'])
}

async function isStale(): Promise<boolean> {
  const built = await changedAt(BUILT)
  if (!built) return true
  for (const folder of SOURCES) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && ((await changedAt(join(entry.parentPath, entry.name))) ?? 0) > built) return true
    }
  }
  return false
}
async function changedAt(path: string): Promise<number | undefined> {
  return (await stat(path, { throwIfNoEntry: false }))?.mtimeMs
}

/** Runs a program of node_modules on this very Node, keeping compiled code where `npm start` does; gives its exit code. */
export async function runProgram(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', program), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, NODE_COMPILE_CACHE: 'node_modules/.cache/smart-kids' },
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}
