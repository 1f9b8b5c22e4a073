import { asksToCancel, CANCEL } from '../../models/application/doubts.ts'
import { STAGE_ROLE } from '../../models/application/transitions.ts'
import type { Actor } from '../../models/application/application.ts'
import { Refusal } from '../../models/store/errors.ts'
import { applicationById } from '../../models/application/changes.ts'
import { pupilOf } from '../../models/application/sealed.ts'
import { settleRow, settleUndo } from '../../models/printing/batch-rows.ts'
import { toBuffer } from '../../models/store/binary.ts'
import { MISPRINT_REASONS } from '../../models/printing/print-batch.ts'
import type { BatchRow, BatchRowState, PrintBatch } from '../../models/printing/print-batch.ts'
import type { Cards } from './cards.ts'
import { change, done, write } from '../context.ts'
import type { QueueContext, Worker } from '../context.ts'
import type { Decisions } from '../work/decisions.ts'
import { hindranceInBatch } from '../work/print-date.ts'
import { undoUntil } from '../work/undo.ts'
import type { Undo } from '../work/undo.ts'

/** What the mark on a card passes only where whoever marks it says so. */
export const doubtsOfCard = (application: Parameters<typeof asksToCancel>[0]): readonly string[] =>
  asksToCancel(application) ? [CANCEL] : []

/** Pays what the rows of a batch owe their applications, each by one conditional write. Safe to repeat. */
export function settlingRows(
  context: QueueContext,
  { decisions, cards, undo }: { decisions: Pick<Decisions, 'decide'>; cards: Pick<Cards, 'misprint'>; undo: Undo },
) {
  const { database, now, office, sealer } = context

  /** True where the application is this row's now. */
  async function take(batch: PrintBatch, row: BatchRow): Promise<boolean> {
    const by: Actor = { kind: 'operator', id: batch.by }
    return change(context, row.application, async (application) => {
      const { claim, stage, state } = application
      if (state === 'claimed' && claim?.token === row.token) return true
      const passes = state === 'claimed' && row.passed !== undefined && claim?.token === row.passed
      if (stage !== batch.stage || !(passes || state === 'queued')) return false
      const pupil = pupilOf(application, sealer)
      // what a colleague has in hand is passed on as it is
      if (!passes && (!pupil || hindranceInBatch(context, { ...application, pupil }))) return false
      const at = now()
      const leaseUntil = new Date(at.getTime() + office.current().printing.leaseSeconds * 1000)
      const written = await write(
        context,
        application,
        { action: 'claim', by, to: stage, at },
        {
          where: passes ? { 'claim.token': row.passed } : { state: 'queued' },
          set: { state: 'claimed', claim: { by: batch.by, token: row.token, leaseUntil, batch: batch.number } },
        },
      )
      return written && true
    })
  }
  /** Gives back what the batch has not worked: no release that counts, and nobody is kept from it. */
  async function giveBack(batch: PrintBatch, row: BatchRow): Promise<void> {
    await change(context, row.application, async (application) => {
      if (application.state !== 'claimed' || application.claim?.token !== row.token) return true
      const written = await write(
        context,
        application,
        {
          action: 'release',
          by: { kind: 'operator', id: batch.closedBy ?? batch.by },
          to: application.stage,
          at: now(),
        },
        { where: { 'claim.token': row.token }, set: { state: 'queued' }, unset: ['claim'] },
      )
      return written && true
    })
  }
  async function reprint(batch: number, row: BatchRow, operator: Worker, transactionId: string): Promise<void> {
    const application = await applicationById(database, row.application)
    const label = MISPRINT_REASONS[row.reason ?? 'OTHER']
    const note = row.note ? `: ${sealer.openText(toBuffer(row.note))}` : ''
    await cards.misprint(row.application, {
      ...(application?.stage === 'printing' ? { token: row.token } : {}),
      operator,
      reason: label + note,
      batch,
      transactionId,
    })
  }

  /** Refusal `too-late`: the row stays what it is. */
  async function takeBack(batch: PrintBatch, row: BatchRow, { pending, undoes }: { pending: string; undoes: string }) {
    const operator: Worker = { id: batch.by, roles: [STAGE_ROLE[batch.stage]] }
    const { application } = row
    const known = await applicationById(database, application)
    // of a card that was not the batch's any more only the mark is taken back
    if (known && done(known, undoes)) await undo(application, operator, undoes)
    else if (now() >= undoUntil(context, row.at)) throw new Refusal('too-late', 'nothing to undo any more')
    const spoilt = row.state === 'misprint' && batch.uses.some((use) => use.spoiltBy === undoes)
    const to = spoilt ? 'done' : 'waiting'
    const settled = { application, undoes, pending }
    if (await settleUndo(database, batch.number, 'open', { ...settled, to })) return
    // closed meanwhile: what it holds goes back to the queue
    if (!spoilt) await giveBack(batch, row)
    await settleUndo(database, batch.number, 'closed', { ...settled, to: spoilt ? 'done' : 'left' })
  }

  async function through(batch: PrintBatch, row: BatchRow, pending: string): Promise<BatchRowState> {
    const operator: Worker = { id: batch.by, roles: [STAGE_ROLE[batch.stage]] }
    switch (row.state) {
      case 'taking':
        return (await take(batch, row)) ? 'waiting' : 'missed'
      case 'done':
        await decisions.decide(row.application, {
          token: row.token,
          operator,
          action: 'approve',
          batch: batch.number,
          doubts: doubtsOfCard,
          // confirmed when it was marked, or come since: what is on paper stays
          despite: [CANCEL],
          transactionId: pending,
        })
        return 'done'
      case 'misprint':
        await reprint(batch.number, row, operator, pending)
        return 'misprint'
      case 'left':
        await giveBack(batch, row)
        return 'left'
      case 'waiting':
      case 'missed':
        return row.state
    }
  }
  // a refusal is an answer: the application is not ours
  return async (batch: PrintBatch): Promise<void> => {
    for (const row of batch.rows) {
      const { pending, undoes, application } = row
      if (pending === undefined) continue
      let state: BatchRowState | undefined
      try {
        if (undoes !== undefined) {
          await takeBack(batch, row, { pending, undoes })
          continue
        }
        state = await through(batch, row, pending)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        context.log.warn({ application, batch: batch.number, refusal: error.kind }, 'a row of a batch was refused')
      }
      await settleRow(database, batch.number, { application, pending, undoes }, state)
    }
  }
}
