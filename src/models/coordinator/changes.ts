import type { Coordinator } from './coordinator.ts'
import { Refusal } from '../store/errors.ts'
import { guarded } from '../store/failpoint.ts'
import { coordinators, openCoordinator } from './kept.ts'
import type { CoordinatorDocument, CoordinatorEvent } from './kept.ts'
import type { CoordinatorContext } from './coordinators.ts'
import { redeemInvitation } from '../school/invitations.ts'
import { findSchool } from '../school/schools.ts'

/** A supervisor's change. `by` is the operator's id; `reason` is sealed into the events. */
type Change = { by: string; reason?: string }

/** Lets a coordinator in. Already approved: nothing changes. Refusals: not-found, conflict (suspended). */
export function approveCoordinator(context: CoordinatorContext, id: string, { by }: Change): Promise<Coordinator> {
  return change(context, id, { action: 'approve', by }, async (stored) => {
    if (stored.state === 'approved') return 'as it is'
    if (stored.state === 'suspended') throw new Refusal('conflict', 'suspended: reinstate instead', { coordinator: id })
    return { set: { state: 'approved', welcomeDue: true } }
  })
}

/**
 * Lets a coordinator who waits for approval in by an invitation code, which `key` uses up once. False where the code is
 * not good (any more). Nobody need tell them: they asked.
 */
export async function admitByInvitation(
  context: CoordinatorContext,
  { id, npsn, state }: Coordinator,
  { key, invitation }: { key: string; invitation: string },
): Promise<boolean> {
  if (state !== 'pending') return state === 'approved'
  if (!(await redeemInvitation(context, { key, npsn, code: invitation }))) return false
  const admitted = await change(context, id, { action: 'invited', by: id }, async (stored) =>
    stored.state === 'pending' ? { set: { state: 'approved' } } : 'as it is',
  )
  return admitted.state === 'approved'
}

/** Coordinators that were approved and have not been told so yet. */
export async function coordinatorsToWelcome(
  { database, sealer }: CoordinatorContext,
  limit: number,
): Promise<Coordinator[]> {
  const found = await coordinators(database).find({ welcomeDue: true }).limit(limit).lean<CoordinatorDocument[]>()
  return found.map((stored) => openCoordinator(sealer, stored))
}

export async function markWelcomed({ database }: CoordinatorContext, id: string): Promise<void> {
  await guarded('coordinator.welcomed', () =>
    coordinators(database).updateOne({ _id: id }, { $unset: { welcomeDue: 1 } }),
  )
}

/**
 * Keeps a coordinator out; drafts, applications and notices go to `substitute` where one is named. Refusals: not-found,
 * invalid (the substitute is not an approved coordinator of the same school).
 */
export function suspendCoordinator(
  context: CoordinatorContext,
  id: string,
  { by, reason, substitute }: Change & { substitute?: string },
): Promise<Coordinator> {
  return change(context, id, { action: 'suspend', by, reason }, async (stored) => {
    if (stored.state === 'suspended' && stored.substitute === substitute) return 'as it is'
    if (substitute !== undefined) await checkSubstitute(context, stored, substitute)
    const from = stored.state === 'suspended' ? {} : { suspendedFrom: stored.state }
    return substitute === undefined
      ? { set: { state: 'suspended', ...from }, unset: ['substitute'] }
      : { set: { state: 'suspended', substitute, ...from } }
  })
}

/**
 * A suspended coordinator is what they were before: whoever waited for approval waits again, and so does whoever of whom
 * that is not known. Refusals: not-found, conflict (not suspended).
 */
export function reinstateCoordinator(context: CoordinatorContext, id: string, { by }: Change): Promise<Coordinator> {
  return change(context, id, { action: 'reinstate', by }, async (stored) => {
    // the same click again
    if (stored.state === 'approved' || stored.events.at(-1)?.action === 'reinstate') return 'as it is'
    if (stored.state === 'pending')
      throw new Refusal('conflict', 'never approved: approve instead', { coordinator: id })
    return { set: { state: stored.suspendedFrom ?? 'pending' }, unset: ['substitute', 'suspendedFrom'] }
  })
}

/**
 * To another school: drafts and what was submitted stay with the school that they are for. Refusals: not-found (also
 * the school), conflict (suspended).
 */
export function moveCoordinator(
  context: CoordinatorContext,
  id: string,
  { by, reason, npsn }: Change & { npsn: string },
): Promise<Coordinator> {
  return change(context, id, { action: 'move', by, reason }, async (stored) => {
    if (stored.npsn === npsn) return 'as it is'
    if (stored.state === 'suspended') throw new Refusal('conflict', 'suspended: reinstate first', { coordinator: id })
    if (!(await findSchool(context.database, npsn))) throw new Refusal('not-found', 'no such school', { npsn })
    return { set: { npsn, formerly: [...new Set([...(stored.formerly ?? []), stored.npsn])] } }
  })
}

async function checkSubstitute(
  { database }: CoordinatorContext,
  stored: CoordinatorDocument,
  substitute: string,
): Promise<void> {
  const other = await coordinators(database).findById(substitute).lean<CoordinatorDocument>()
  if (!other || substitute === stored._id || other.npsn !== stored.npsn || other.state !== 'approved') {
    throw new Refusal('invalid', 'a substitute is an approved coordinator of the same school', { substitute })
  }
}

const TRIES = 12
type Decision =
  | 'as it is'
  | {
      set: Partial<
        Pick<CoordinatorDocument, 'state' | 'npsn' | 'formerly' | 'substitute' | 'suspendedFrom' | 'welcomeDue'>
      >
      unset?: readonly ('substitute' | 'suspendedFrom')[]
    }

/** Decides on a reading and writes only while it still holds; whoever was second decides anew. */
async function change(
  context: CoordinatorContext,
  id: string,
  event: { action: CoordinatorEvent['action']; by: string; reason?: string | undefined },
  decide: (stored: CoordinatorDocument) => Promise<Decision>,
): Promise<Coordinator> {
  const { database, sealer, now } = context
  for (let i = 0; i < TRIES; i++) {
    const stored = await coordinators(database).findById(id).lean<CoordinatorDocument>()
    if (!stored) throw new Refusal('not-found', 'no such coordinator', { coordinator: id })
    const decision = await decide(stored)
    if (decision === 'as it is') return openCoordinator(sealer, stored)
    const entry: CoordinatorEvent = {
      at: now(),
      by: event.by,
      action: event.action,
      ...(event.reason === undefined ? {} : { reason: sealer.seal(event.reason) }),
    }
    const written = await guarded(`coordinator.${event.action}`, () =>
      coordinators(database)
        .findOneAndUpdate(
          { _id: id, rev: stored.rev },
          {
            $set: decision.set,
            ...(decision.unset ? { $unset: Object.fromEntries(decision.unset.map((field) => [field, 1])) } : {}),
            $inc: { rev: 1 },
            $push: { events: entry },
          },
          { returnDocument: 'after' },
        )
        .lean<CoordinatorDocument>(),
    )
    if (written) return openCoordinator(sealer, written)
  }
  throw new Refusal('conflict', 'the coordinator keeps changing', { coordinator: id })
}
