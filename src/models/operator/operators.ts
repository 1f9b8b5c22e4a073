import type { Role } from '../application/transitions.ts'
import { isDuplicateKey, Refusal } from '../store/errors.ts'
import { guarded } from '../store/failpoint.ts'
import { newId } from '../store/ids.ts'
import type { Operator } from './operator.ts'
import type { Sealer } from '../store/sealing.ts'
import { toBuffer } from '../store/binary.ts'
import type { Database } from '../store/connect.ts'
import { keptIn, modelOf } from '../store/kept.ts'

export type OperatorDocument = {
  _id: string
  /** What they sign in with, and lists are sorted by; chosen for that, so it lies open. */
  username: string
  /** Sealed; where there is none they are called by their username. */
  name?: Buffer
  roles: Role[]
  active: boolean
  mustChangePassword: boolean
  /** Argon2id, in PHC form. */
  passwordHash: string
  /** Sealed: the secret of the second factor, once its first code was right. `step` was the last one used. */
  totp?: { secret: Buffer; step: number }
  /** Sealed: a secret that was shown, whose first code is still to come. */
  totpOffered?: Buffer
  /** Said before a supervisor is none any more: see `leaveSupervision`. */
  leaving?: { token: string; at: Date }
  createdAt: Date
}

const schema = keptIn<OperatorDocument>('operators')
schema.index({ username: 1 }, { name: 'username', unique: true })

/** Where operators are kept, and what opens their names. */
export type OperatorStore = { database: Database; sealer: Sealer }
export const operators = modelOf('Operator', schema)

/** Names are compared in small letters: nobody tells `Siti` from `siti` at sign-in. */
export function normalUsername(typed: string): string {
  return typed.trim().toLowerCase()
}

/** `name` is sealed. Refuses (`duplicate`) a username that is taken. */
export async function addOperator(
  database: Database,
  given: Pick<Operator, 'username' | 'roles' | 'mustChangePassword'> & {
    name?: Buffer
    passwordHash: string
    now: Date
  },
): Promise<Pick<Operator, 'id' | 'username'>> {
  const document: OperatorDocument = {
    _id: newId(given.now.getTime()),
    username: normalUsername(given.username),
    ...(given.name && { name: given.name }),
    roles: [...given.roles],
    active: true,
    mustChangePassword: given.mustChangePassword,
    passwordHash: given.passwordHash,
    createdAt: given.now,
  }
  try {
    await operators(database).create(document)
  } catch (error) {
    if (isDuplicateKey(error)) throw new Refusal('duplicate', 'the username is taken')
    throw error
  }
  return { id: document._id, username: document.username }
}

export async function findOperator({ database, sealer }: OperatorStore, id: string): Promise<Operator | undefined> {
  const found = await operators(database).findById(id).lean()
  return found ? toOperator(sealer, found) : undefined
}

/** For sign-in alone: the one reader of password hashes. */
export async function findCredentials(
  { database, sealer }: OperatorStore,
  by: { username: string } | { id: string },
): Promise<{ operator: Operator; passwordHash: string; totp?: { secret: Buffer; step: number } } | undefined> {
  const filter = 'id' in by ? { _id: by.id } : { username: normalUsername(by.username) }
  const found = await operators(database).findOne(filter).lean()
  if (!found) return undefined
  const { passwordHash, totp } = found
  return {
    operator: toOperator(sealer, found),
    passwordHash,
    ...(totp ? { totp: { secret: toBuffer(totp.secret), step: totp.step } } : {}),
  }
}

/** Operators by username, from behind `after`, which is one. */
export async function listOperators(
  { database, sealer }: OperatorStore,
  page: { after?: string | undefined; limit: number },
): Promise<Operator[]> {
  const found = await operators(database)
    .find(page.after === undefined ? {} : { username: { $gt: page.after } })
    .sort({ username: 1 })
    .limit(page.limit)
    .lean()
  return found.map((one) => toOperator(sealer, one))
}

/** Names of these operators by id, for cases and lists. */
export async function operatorNames(
  { database, sealer }: OperatorStore,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const found = await operators(database)
    .find({ _id: { $in: [...new Set(ids)] } }, { name: 1, username: 1 })
    .lean()
  return new Map(found.map((one) => [one._id, nameOf(sealer, one)]))
}

export async function hasSupervisor(database: Database): Promise<boolean> {
  return (await operators(database).exists({ active: true, roles: 'supervisor' })) !== null
}

type Change = Partial<Pick<OperatorDocument, 'active' | 'mustChangePassword' | 'passwordHash'>> & {
  name?: string
  roles?: readonly Role[]
}

/** Undefined when there is no such operator. What takes a supervisor from the office is for `leaveSupervision`. */
export async function changeOperator(
  { database, sealer }: OperatorStore,
  id: string,
  change: Change,
): Promise<Operator | undefined> {
  const changed = await operators(database)
    .findOneAndUpdate({ _id: id }, { $set: sealed(sealer, change) }, { returnDocument: 'after' })
    .lean()
  return changed ? toOperator(sealer, changed) : undefined
}

/** Keeps a secret whose first code is still to come; an earlier offer is gone. */
export async function offerSecondFactor(database: Database, id: string, secret: Buffer): Promise<void> {
  await guarded('operator.offer-factor', () =>
    operators(database).updateOne({ _id: id }, { $set: { totpOffered: secret } }),
  )
}
export async function offeredSecondFactor(database: Database, id: string): Promise<Buffer | undefined> {
  const found = await operators(database).findById(id, { totpOffered: 1 }).lean()
  return found?.totpOffered ? toBuffer(found.totpOffered) : undefined
}

/** From now on a code is asked for. False where the offer was replaced meanwhile, or none is there. */
export async function takeSecondFactor(database: Database, id: string, secret: Buffer, step: number): Promise<boolean> {
  const { modifiedCount } = await guarded('operator.take-factor', () =>
    operators(database).updateOne(
      { _id: id, totpOffered: secret },
      { $set: { totp: { secret, step } }, $unset: { totpOffered: 1 } },
    ),
  )
  return modifiedCount === 1
}

/** Uses up a code: false where this one or a later one was used already. */
export async function useStep(database: Database, id: string, step: number): Promise<boolean> {
  const { modifiedCount } = await guarded('operator.use-step', () =>
    operators(database).updateOne({ _id: id, 'totp.step': { $lt: step } }, { $set: { 'totp.step': step } }),
  )
  return modifiedCount === 1
}

export async function dropSecondFactor(database: Database, id: string): Promise<boolean> {
  const { matchedCount } = await guarded('operator.drop-factor', () =>
    operators(database).updateOne({ _id: id }, { $unset: { totp: 1, totpOffered: 1 } }),
  )
  return matchedCount === 1
}

/** Longer than any of the writes below takes; who was cut off between them counts as a supervisor again by then. */
const LEAVING_MS = 60_000

/**
 * Changes somebody who will be no active supervisor afterwards. Refuses (`conflict`) where nobody would be left:
 * each says that they leave before they count who stays, and counts nobody who said so. Of two at once the later
 * counts without the earlier, so that both may be refused and never both go.
 */
export async function leaveSupervision(
  { database, sealer }: OperatorStore,
  id: string,
  change: Change,
  now: Date,
): Promise<Operator> {
  const leaving = { token: newId(now.getTime()), at: now }
  await guarded('operator.leaving', () => operators(database).updateOne({ _id: id }, { $set: { leaving } }))
  await guarded('operator.stays-after-all', () =>
    operators(database).updateMany(
      { _id: { $ne: id }, 'leaving.at': { $lt: new Date(now.getTime() - LEAVING_MS) } },
      { $unset: { leaving: 1 } },
    ),
  )
  const stays = { _id: { $ne: id }, active: true, roles: 'supervisor' as const, leaving: { $exists: false } }
  const mine = { _id: id, 'leaving.token': leaving.token }
  if (!(await operators(database).exists(stays))) {
    await guarded('operator.stays', () => operators(database).updateOne(mine, { $unset: { leaving: 1 } }))
    throw new Refusal('conflict', 'the last active supervisor', { operator: id })
  }
  const changed = await guarded('operator.left', () =>
    operators(database)
      .findOneAndUpdate(mine, { $set: sealed(sealer, change), $unset: { leaving: 1 } }, { returnDocument: 'after' })
      .lean(),
  )
  if (!changed) throw new Refusal('conflict', 'changed meanwhile', { operator: id })
  return toOperator(sealer, changed)
}

function sealed(sealer: Sealer, { name, ...change }: Change) {
  return { ...change, ...(name === undefined ? {} : { name: sealer.seal(name) }) }
}

/** Seals names that an earlier program stored as they are. */
export async function sealOperatorNames({ database, sealer }: OperatorStore): Promise<void> {
  const open = database.collection<{ _id: string; name: unknown }>('operators')
  for await (const { _id, name } of open.find({ name: { $type: 'string' } })) {
    await open.updateOne({ _id, name }, { $set: { name: sealer.seal(String(name)) } })
  }
}

function nameOf(sealer: Sealer, { name, username }: Pick<OperatorDocument, 'name' | 'username'>): string {
  return name ? sealer.openText(toBuffer(name)) : username
}

function toOperator(sealer: Sealer, stored: OperatorDocument): Operator {
  const { _id, username, roles, active, mustChangePassword, totp } = stored
  return {
    id: _id,
    username,
    name: nameOf(sealer, stored),
    roles: [...roles],
    active,
    mustChangePassword,
    secondFactor: totp !== undefined,
  }
}
