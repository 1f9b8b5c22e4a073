import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { EnvError } from './env.ts'

/** Makes the data folder where it is missing. Throws `EnvError` where that, or writing into it, is not allowed. */
export async function makeDataDir(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    await access(path, constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new EnvError(`DATA_DIR: ${path} cannot be made or written to (${code})`)
  }
}
