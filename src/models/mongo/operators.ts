import { Schema } from 'mongoose'
import type { Model } from 'mongoose'
import type { Role } from '../application.ts'
import { isDuplicateKey, Refusal } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Operator } from '../operator.ts'
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
): Promise<{ operator: Operator; passwordHash: string } | undefined> {
  const filter = 'id' in by ? { _id: by.id } : { username: normalUsername(by.username) }
  const found = await operators(database).findOne(filter).lean()
  return found ? { operator: toOperator(found), passwordHash: found.passwordHash } : undefined
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

/** How many supervisors could sign in if `id` could not. */
export async function otherActiveSupervisors(database: Database, id: string): Promise<number> {
  return operators(database).countDocuments({ _id: { $ne: id }, active: true, roles: 'supervisor' })
}

function toOperator(stored: OperatorDocument): Operator {
  const { _id, username, name, roles, active, mustChangePassword } = stored
  return { id: _id, username, name, roles: [...roles], active, mustChangePassword }
}
