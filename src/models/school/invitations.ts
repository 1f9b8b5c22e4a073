import { randomInt } from 'node:crypto'
import type { Connection } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import { newId } from '../store/ids.ts'
import type { Invitation } from './school.ts'
import type { Sealer } from '../store/sealing.ts'
import { keptIn, modelOf } from '../store/kept.ts'

export type InvitationContext = { database: Connection; sealer: Sealer; now: () => Date }

/** An invitation code as it is stored: its keyed hash, never the code. `usedBy` are the keys of registrations. */
export type InvitationDocument = Omit<Invitation, 'id'> & {
  _id: string
  code: string
  usedBy: string[]
  createdAt: Date
}

const schema = keptIn<InvitationDocument>('invitations')
schema.index({ npsn: 1, expiresAt: 1 }, { name: 'school' })
schema.index({ code: 1 }, { name: 'code', unique: true })

export const invitations = modelOf('Invitation', schema)

/** No 0, O, 1, I, L: a code is read out over the phone. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ'
const DIGITS = '23456789'
const TRIES = 10
const DAY = 86_400_000

/** Makes a code for one school, as `KQWR-4827`. It is given out this once: only its hash is kept. */
export async function createInvitation(
  context: InvitationContext,
  wish: { npsn: string; days: number; uses: number; by: string },
): Promise<Invitation & { code: string }> {
  const { database, now } = context
  const code = `${pick(LETTERS, 4)}-${pick(DIGITS, 4)}`
  const invitation: InvitationDocument = {
    _id: newId(now().getTime()),
    npsn: wish.npsn,
    code: hashOf(context.sealer, code),
    expiresAt: new Date(now().getTime() + wish.days * DAY),
    usesLeft: wish.uses,
    triesLeft: TRIES,
    usedBy: [],
    createdBy: wish.by,
    createdAt: now(),
  }
  await guarded('invitation.create', () => invitations(database).create(invitation))
  const { _id, npsn, expiresAt, usesLeft, triesLeft, createdBy } = invitation
  return { id: _id, code, npsn, expiresAt, usesLeft, triesLeft, createdBy }
}

/**
 * True where the code is good for this school now. A wrong one costs every open invitation of the school a try: after
 * ten of them none can be guessed any more, and the office makes a new one.
 */
export async function checkInvitation(context: InvitationContext, npsn: string, code: string): Promise<boolean> {
  const { database } = context
  if (await invitations(database).exists({ ...open(context, npsn), code: hashOf(context.sealer, code) })) return true
  await guarded('invitation.miss', () =>
    invitations(database).updateMany(open(context, npsn), { $inc: { triesLeft: -1 } }),
  )
  return false
}

/**
 * Uses the code up by one for the registration `key`, in one conditional write. The same key again is true again and
 * uses nothing.
 */
export async function redeemInvitation(
  context: InvitationContext,
  wish: { key: string; npsn: string; code: string },
): Promise<boolean> {
  const { database, sealer } = context
  const code = hashOf(sealer, wish.code)
  const used = await guarded('invitation.redeem', () =>
    invitations(database).updateOne(
      { ...open(context, wish.npsn), code, usedBy: { $ne: wish.key } },
      { $inc: { usesLeft: -1 }, $push: { usedBy: wish.key } },
    ),
  )
  if (used.modifiedCount === 1) return true
  return (await invitations(database).exists({ npsn: wish.npsn, code, usedBy: wish.key })) !== null
}

/** The open invitations of a school, newest first, without their codes. */
export async function openInvitations(context: InvitationContext, npsn: string): Promise<Invitation[]> {
  const found = await invitations(context.database)
    .find(open(context, npsn), { code: 0, usedBy: 0 })
    .sort({ _id: -1 })
    .lean<InvitationDocument[]>()
  return found.map(({ _id, expiresAt, usesLeft, triesLeft, createdBy }) => ({
    id: _id,
    npsn,
    expiresAt,
    usesLeft,
    triesLeft,
    createdBy,
  }))
}

function open({ now }: Pick<InvitationContext, 'now'>, npsn: string) {
  return { npsn, expiresAt: { $gt: now() }, usesLeft: { $gt: 0 }, triesLeft: { $gt: 0 } }
}

/** Under the secret of ids, which outlives a rotation of DATA_KEY: nobody has the code to build a new hash from. */
function hashOf(sealer: Sealer, code: string): string {
  return sealer.identify('invitation', code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
}
function pick(alphabet: string, count: number): string {
  return Array.from({ length: count }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}
