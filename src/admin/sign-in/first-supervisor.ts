import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../../models/store/errors.ts'
import type { Database } from '../../models/store/connect.ts'
import { addOperator, findCredentials, hasSupervisor, sealOperatorNames } from '../../models/operator/operators.ts'
import type { OperatorStore } from '../../models/operator/operators.ts'
import type { Sealer } from '../../models/store/sealing.ts'
import { hashPassword, newPassword } from './passwords.ts'

const FILE = 'supervisor-password'
const DEFAULT_NAME = 'supervisor'

/**
 * `given`: the account of ADMIN_USERNAME and ADMIN_PASSWORD is there. `made`: print the password; it is kept in `file`
 * until it is changed. `known`: the first supervisor has a password of their own. `missing`: nobody can sign in, and
 * in production nothing is made up: `npm run operator -- add NAME --role supervisor`.
 */
export type FirstSupervisor =
  | { kind: 'given'; username: string }
  | { kind: 'made'; username: string; password: string; file: string }
  | { kind: 'known' }
  | { kind: 'missing' }

/** Sees to it that somebody can sign in. Safe when several processes start at once, and after any crash. */
export async function firstSupervisor(options: {
  database: Database
  sealer: Sealer
  username?: string | undefined
  password?: string | undefined
  dataDir: string
  production: boolean
  now: () => Date
}): Promise<FirstSupervisor> {
  const { database, password, now } = options
  const store = { database, sealer: options.sealer }
  const username = options.username ?? DEFAULT_NAME
  await sealOperatorNames(store)
  if (password !== undefined) {
    await makeSupervisor(store, { username, password, mustChangePassword: false, now: now() })
    return { kind: 'given', username }
  }
  const existing = await findCredentials(store, { username })
  if (!existing) {
    if (await hasSupervisor(database)) return { kind: 'known' }
    if (options.production) return { kind: 'missing' }
  }
  const file = join(options.dataDir, FILE)
  if (existing && !existing.operator.mustChangePassword) return { kind: 'known' }
  const kept = existing ? await read(file) : await keepPassword(file)
  if (kept === undefined) return { kind: 'known' }
  if (!existing) await makeSupervisor(store, { username, password: kept, mustChangePassword: true, now: now() })
  return { kind: 'made', username, password: kept, file }
}

async function makeSupervisor(
  store: OperatorStore,
  given: { username: string; password: string; mustChangePassword: boolean; now: Date },
): Promise<void> {
  if (await findCredentials(store, { username: given.username })) return
  try {
    await addOperator(store.database, {
      username: given.username,
      roles: ['supervisor'],
      mustChangePassword: given.mustChangePassword,
      passwordHash: await hashPassword(given.password),
      now: given.now,
    })
  } catch (error) {
    // another process was faster; it had the same password
    if (!(error instanceof Refusal) || error.kind !== 'duplicate') throw error
  }
}

/** The password in `file`, made if there is none. A link puts the whole file there or nothing, and only once. */
async function keepPassword(file: string): Promise<string> {
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 })
  const part = `${file}.${randomUUID()}`
  try {
    await writeFile(part, `${newPassword()}\n`, { mode: 0o600, flag: 'wx' })
    await link(part, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await rm(part, { force: true })
  }
  const kept = await read(file)
  if (!kept) throw new Error(`${file} holds no password`)
  return kept
}

async function read(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}
