import type { Office } from '../../config/office-schema.ts'
import { isClaimStage } from '../../models/application/application.ts'
import type { Actor, Stage } from '../../models/application/application.ts'
import type { ApplicationDocument, Restorable } from '../../models/application/kept.ts'
import { nextStage } from '../../models/application/transitions.ts'
import type { Action } from '../../models/application/transitions.ts'
import { Refusal } from '../../models/store/errors.ts'
import { pupilOf } from '../../models/application/sealed.ts'
import { operatorOf } from '../context.ts'
import type { QueueContext, Worker } from '../context.ts'
import { carriesPortrait, comesTo, hindranceOf } from './print-date.ts'

export type Decision = {
  /** The claim's token. Only a supervisor who rejects what was proposed has none. */
  token?: string | undefined
  operator: Worker
  action: 'approve' | 'return' | 'reject'
  skip?: readonly 'photo'[] | undefined
  reasons?: readonly string[] | undefined
  note?: string | undefined
  /** What an approval would pass on that reading of the application, and what of it the operator has confirmed. */
  doubts?: ((application: ApplicationDocument) => readonly string[]) | undefined
  despite?: readonly string[] | undefined
  /** The print batch that counts the card. */
  batch?: number | undefined
  transactionId: string
}

type Outcome = { action: Action; to: Stage; by: Actor; reasons: readonly string[] }

/** Refusal `invalid`: a reason that is none, or a return that says nothing. */
export function checkReasons(office: Office, decision: Decision): void {
  const unknown = (decision.reasons ?? []).find((code) => !office.returnReasons.some((r) => r.code === code))
  if (unknown !== undefined) throw new Refusal('invalid', 'no such reason', { reason: unknown })
  const retired = office.returnReasons.find((r) => r.retired && decision.reasons?.includes(r.code))
  if (retired) throw new Refusal('invalid', 'the reason is retired', { reason: retired.code })
  if (decision.action === 'return' && !decision.reasons?.length && !decision.note) {
    throw new Refusal('invalid', 'a return needs a reason or a note')
  }
}

/** The doubts that an approval passes. Refusal `unconfirmed`: one of them was never confirmed, as it may be new. */
export function passedBy(application: ApplicationDocument, decision: Decision): readonly string[] {
  const doubts = decision.action === 'approve' ? (decision.doubts?.(application) ?? []) : []
  const open = doubts.filter((doubt) => !decision.despite?.includes(doubt))
  if (open.length > 0) throw new Refusal('unconfirmed', 'an approval passes something heavy', { doubts: open })
  return doubts
}

/** What the decision comes to on this day. Refusal `conflict`: nothing to approve, or a card that may not be printed. */
export function outcomeOf(context: QueueContext, application: ApplicationDocument, decision: Decision): Outcome {
  const { stage } = application
  const reasons = decision.reasons ?? []
  const by = operatorOf(decision.operator)
  switch (decision.action) {
    case 'approve':
      return approved(context, application, decision, by)
    case 'return':
      return { action: 'return', to: 'returned', by, reasons }
    case 'reject':
      return decision.operator.roles.includes('supervisor')
        ? { action: 'reject', to: 'rejected', by, reasons }
        : { action: 'propose_reject', to: stage, by, reasons }
  }
}

function approved(context: QueueContext, application: ApplicationDocument, decision: Decision, by: Actor): Outcome {
  const office = context.office.current()
  const { stage } = application
  const pupil = pupilOf(application, context.sealer)
  if (!isClaimStage(stage) || !pupil) throw new Refusal('conflict', 'nothing to approve here', { stage })
  const carded = { ...application, pupil }
  const skipPhoto = decision.skip?.includes('photo') ?? false
  const portrait = carriesPortrait(context, carded)
  const to = nextStage(stage, { portrait, signature: office.signature, skipPhoto })
  const onward: Outcome = { action: 'approve', to, by, reasons: [] }
  // a batch has asked before its first card: what is on paper then stays
  if ((to !== 'printing' && to !== 'ready') || decision.batch !== undefined) return onward
  const hindrance = hindranceOf(context, carded)
  if (!hindrance) return onward
  // nor is a card that was printed alone sent back unasked
  if (to === 'ready') throw new Refusal('conflict', 'no card may be printed of this pupil', { stage, hindrance })
  return comesTo(hindrance, by)
}

/** What a decision changes in the fields that undo restores; undefined empties. */
export function effectsOf(
  { office, sealer }: QueueContext,
  { stage, skip }: ApplicationDocument,
  outcome: Outcome,
  note: string | undefined,
  at: Date,
) {
  const effects: { [K in keyof Restorable]?: Restorable[K] | undefined } = { attention: undefined }
  // who gave it back in this stage may well work it in the next
  if (outcome.to !== stage && skip.length > 0) effects.skip = []
  if (outcome.action === 'propose_reject') effects.attention = 'reject-proposed'
  if (outcome.action === 'approve' && stage === 'verification') effects.completeAt = at
  if (outcome.to === 'ready') effects.readyAt = at
  if (outcome.to === 'rejected' || outcome.to === 'cancelled') effects.openKey = undefined
  if (outcome.to === 'returned') {
    if (isOfficesTurn(office.current(), outcome.reasons)) effects.attention = 'office-due'
    effects.completeAt = undefined
    effects.returnReasons = [...outcome.reasons]
    effects.returnNote = note === undefined ? undefined : sealer.seal(note)
  }
  return effects
}

/** Whether a return waits for the office alone: the school can do nothing, and is not hurried. */
export function isOfficesTurn(office: Pick<Office, 'returnReasons'>, reasons: readonly string[] = []): boolean {
  const ofOffice = (code: string) =>
    office.returnReasons.some((reason) => reason.code === code && reason.who === 'office')
  return reasons.length > 0 && reasons.every(ofOffice)
}
