import { access, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { findProgram, installPackages, unpackPackages } from './debian.ts'
import { guardianArgs } from './supervisor.ts'
import type { Plan } from './supervisor.ts'

const PACKAGES = ['redis-server', 'redis-tools', 'liblzf1', 'libjemalloc2']
const MISSING =
  'Redis is missing: run `apt-get update` and `apt-get install -y redis-server`, or set REDIS_URL to a running Redis'

/** How to start a private Redis on `dataDir/redis`. Installs or unpacks it where it is missing, else throws one sentence. */
export async function planRedis(dataDir: string): Promise<Plan> {
  const data = join(dataDir, 'redis')
  await mkdir(data, { recursive: true, mode: 0o700 })
  const { program, env } = await findRedis(dataDir)
  const pidFile = join(dataDir, 'redis.pid')
  return {
    pidFile,
    launch: (port) => ({
      env,
      args: guardianArgs(pidFile, 'Ready to accept connections', program, {
        port,
        bind: '127.0.0.1',
        dir: data,
        // every acknowledged job is in the file before kill -9; nothing is evicted behind BullMQ's back
        appendonly: 'yes',
        save: '',
        'maxmemory-policy': 'noeviction',
      }),
    }),
  }
}

/** The program, on the path or unpacked into `dataDir`, and what it needs around it. */
export async function findRedis(dataDir: string): Promise<{ program: string; env: Record<string, string> }> {
  const onPath = await findProgram('redis-server')
  if (onPath) return { program: onPath, env: {} }
  if (await installPackages(['redis-server'])) {
    const installed = await findProgram('redis-server')
    if (installed) return { program: installed, env: {} }
  }
  const directory = join(dataDir, 'packages', 'redis')
  const program = join(directory, 'usr', 'bin', 'redis-server')
  if (!(await exists(program)) && !(await unpackPackages(PACKAGES, directory))) throw new Error(MISSING)
  // Debian keeps libraries in a folder per machine type, the only one there
  const libraries = join(directory, 'usr', 'lib')
  const folders = (await readdir(libraries)).filter((name) => name.includes('-linux-'))
  return { program, env: { LD_LIBRARY_PATH: folders.map((name) => join(libraries, name)).join(':') } }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
