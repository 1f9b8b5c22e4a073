import { Schema } from 'mongoose'
import type { Model } from 'mongoose'
import type { Role } from '../application.ts'
import { isDuplicateKey, Refusal } from '../errors.ts'
import { guarded } from '../failpoint.ts'
import { newId } from '../ids.ts'
import type { Operator } from '../operator.ts'
import { toBuffer } from './binary.ts'
import type { Database } from './connect.ts'

export type OperatorDocument = {
  _id: string
  username: string
  name: string
  roles: Role[]
  active: boolean
  mustChangePassword: boolean
  /** Argon2id, in PHC form. */
  passwordHash: string
  /** Sealed: the secret of the second factor, once its first code was right. `step` was the last one used. */
  totp?: { secret: Buffer; step: number }
  /** Sealed: a secret that was shown, whose first code is still to come. */
  totpOffered?: Buffer
  createdAt: Date
}

const schema = new Schema<OperatorDocument>(
  {
    _id: { type: String, required: true },
    username: String,
    name: String,
    roles: [String],
    active: Boolean,
    mustChangePassword: Boolean,
    passwordHash: String,
    totp: Schema.Types.Mixed,
    totpOffered: Buffer,
    createdAt: Date,
  },
  { collection: 'operators', versionKey: false },
)
schema.index({ username: 1 }, { name: 'username', unique: true })

export type Operators = Model<OperatorDocument>
export function operators(database: Database): Operators {
  return (database.models['Operator'] as Operators | undefined) ?? database.model<OperatorDocument>('Operator', schema)
}

/** Names are compared in small letters: nobody tells `Siti` from `siti` at sign-in. */
export function normalUsername(typed: string): string {
  return typed.trim().toLowerCase()
}

/** Refuses (`duplicate`) a username that is taken. */
export async function addOperator(
  database: Database,
  given: Pick<Operator, 'username' | 'name' | 'roles' | 'mustChangePassword'> & { passwordHash: string; now: Date },
): Promise<Operator> {
  const document: OperatorDocument = {
    _id: newId(given.now.getTime()),
    username: normalUsername(given.username),
    name: given.name,
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
  return toOperator(document)
}

export async function findOperator(database: Database, id: string): Promise<Operator | undefined> {
  const found = await operators(database).findById(id).lean()
  return found ? toOperator(found) : undefined
}

/** For sign-in alone: the one reader of password hashes. */
export async function findCredentials(
  database: Database,
  by: { username: string } | { id: string },
): Promise<{ operator: Operator; passwordHash: string; totp?: { secret: Buffer; step: number } } | undefined> {
  const filter = 'id' in by ? { _id: by.id } : { username: normalUsername(by.username) }
  const found = await operators(database).findOne(filter).lean()
  if (!found) return undefined
  const { passwordHash, totp } = found
  return {
    operator: toOperator(found),
    passwordHash,
    ...(totp ? { totp: { secret: toBuffer(totp.secret), step: totp.step } } : {}),
  }
}

/** All operators, by username. */
export async function listOperators(database: Database): Promise<Operator[]> {
  const found = await operators(database).find().sort({ username: 1 }).limit(1000).lean()
  return found.map(toOperator)
}

/** Names of these operators by id, for cases and lists. */
export async function operatorNames(database: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const found = await operators(database)
    .find({ _id: { $in: [...new Set(ids)] } }, { name: 1 })
    .lean()
  return new Map(found.map((one) => [one._id, one.name]))
}

/** Undefined when there is no such operator. */
export async function changeOperator(
  database: Database,
  id: string,
  change: Partial<Pick<OperatorDocument, 'name' | 'active' | 'mustChangePassword' | 'passwordHash'>> & {
    roles?: readonly Role[]
  },
): Promise<Operator | undefined> {
  const changed = await operators(database)
    .findOneAndUpdate({ _id: id }, { $set: change }, { returnDocument: 'after' })
    .lean()
  return changed ? toOperator(changed) : undefined
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

/** How many supervisors could sign in if `id` could not. */
export async function otherActiveSupervisors(database: Database, id: string): Promise<number> {
  return operators(database).countDocuments({ _id: { $ne: id }, active: true, roles: 'supervisor' })
}

function toOperator(stored: OperatorDocument): Operator {
  const { _id, username, name, roles, active, mustChangePassword, totp } = stored
  return {
    id: _id,
    username,
    name,
    roles: [...roles],
    active,
    mustChangePassword,
    secondFactor: totp !== undefined,
  }
}
