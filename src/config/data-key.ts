import { randomBytes, randomUUID } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeDataDir } from './data-dir.ts'
import { EnvError } from './env.ts'

/** DATA_KEY and the earlier keys of DATA_KEY_PREVIOUS. */
export type DataKeys = { key: Buffer; previous: readonly Buffer[] }

const FILE = 'data.key'

/**
 * The keys from the environment (`previous` is a list, comma between); outside production DATA_KEY is made once where
 * it is not set, and kept in `dataDir/data.key`, for its owner alone. Throws `EnvError`, which names the variable.
 */
export async function readDataKeys(options: {
  dataKey?: string | undefined
  previous?: string | undefined
  dataDir: string
  production: boolean
}): Promise<DataKeys> {
  const previous = (options.previous ?? '').split(',').filter((text) => text.trim() !== '')
  if (!options.dataKey && options.production) {
    throw new EnvError('DATA_KEY is not set: in production it comes from the environment, 32 bytes in base64')
  }
  return {
    key: options.dataKey
      ? parsed('DATA_KEY', options.dataKey)
      : parsed(join(options.dataDir, FILE), await keptKey(options.dataDir)),
    previous: previous.map((text) => parsed('DATA_KEY_PREVIOUS', text)),
  }
}

function parsed(name: string, text: string): Buffer {
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32) throw new EnvError(`${name}: must be 32 bytes in base64`)
  return key
}

async function keptKey(dataDir: string): Promise<string> {
  const file = join(dataDir, FILE)
  const kept = await readKept(file)
  if (kept !== undefined) return kept
  await makeDataDir(dataDir)
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flush: true })
  try {
    // whoever links first made the key: whole, and never replaced
    await link(draft, file)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    await rm(draft)
  }
  return readFile(file, 'utf8')
}

async function readKept(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}
function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
