import { randomUUID } from 'node:crypto'
import { eachOf } from '../../config/each-of.ts'
import { worksStage } from '../../models/application/transitions.ts'
import { Refusal } from '../../models/store/errors.ts'
import { applicationById } from '../../models/application/changes.ts'
import { rowsById } from '../../models/application/lists.ts'
import { pupilOf } from '../../models/application/sealed.ts'
import {
  batchByNumber,
  closeBatch,
  listBatches,
  nextNumber,
  openBatch,
  openBatchesOf,
  passBatch,
  pendingBatches,
} from '../../models/printing/print-batches.ts'
import { markRow, markUndo } from '../../models/printing/batch-rows.ts'
import type { BatchPlace } from '../../models/printing/print-batches.ts'
import type {
  BatchRow,
  BatchRowState,
  BatchStage,
  MisprintReason,
  PrintBatch,
} from '../../models/printing/print-batch.ts'
import { doubtsOfCard, settlingRows } from './batch-rows.ts'
import type { Cards } from './cards.ts'
import type { QueueContext, Worker } from '../context.ts'
import type { Decisions } from '../work/decisions.ts'
import { hindranceInBatch } from '../work/print-date.ts'
import { passedBy } from '../work/outcome.ts'
import type { Undo } from '../work/undo.ts'

export type RowAct = {
  operator: Worker
  transactionId: string
} & (
  | { act: 'done'; despite?: readonly string[] | undefined }
  | { act: 'misprint'; reason: MisprintReason; note?: string | undefined }
  | { act: 'retake' | 'undo' }
)

type BatchWish = {
  operator: Worker
  stage: BatchStage
  applications: readonly string[]
  printer?: string | undefined
  requestId: string
}

const SWEPT = 20
const TRIES = 12
const AGAIN: readonly BatchRowState[] = ['misprint', 'missed', 'waiting']

/**
 * Batches of the last stages. A batch is written first, then its applications follow: each step is one conditional
 * write, and what a crash has cut off is driven on by `sweep`, so that no card is counted twice and none is forgotten.
 */
export function createPrintBatches(
  context: QueueContext,
  parts: { decisions: Pick<Decisions, 'decide'>; cards: Pick<Cards, 'misprint'>; undo: Undo },
) {
  const { database, now, log, sealer } = context
  const settle = settlingRows(context, parts)

  /** Refusals: not-found. */
  async function get(number: number): Promise<PrintBatch> {
    const batch = await batchByNumber(database, number)
    if (!batch) throw new Refusal('not-found', 'no such batch', { batch: number })
    return batch
  }
  async function drive(batch: PrintBatch): Promise<PrintBatch> {
    await settle(batch)
    return get(batch.number)
  }
  /** Refusals: too-late (it was told by then, or something came after it), conflict. */
  async function takeBack(batch: PrintBatch, row: BatchRow, undoes: string): Promise<PrintBatch> {
    const { number } = batch
    const { application } = row
    const pending = `undo-${undoes}`
    if (row.transactionId !== pending) {
      if (row.pending !== undefined) await drive(batch)
      if (!(await markUndo(database, number, { application, undoes, pending }))) {
        throw new Refusal('too-late', 'nothing to undo any more', { application, batch: number })
      }
    }
    const driven = await drive(await get(number))
    // refused: the row is what the act has made of it
    if (driven.rows.some((one) => one.application === application && one.transactionId === undoes)) {
      throw new Refusal('too-late', 'nothing to undo any more', { application, batch: number })
    }
    return driven
  }
  function checkRole(operator: Worker, stage: BatchStage): void {
    if (worksStage(operator.roles, stage)) return
    throw new Refusal('forbidden', 'not a stage of these roles', { stage })
  }
  function checkMine(operator: Worker, batch: PrintBatch): void {
    checkRole(operator, batch.stage)
    if (batch.by !== operator.id) throw new Refusal('claim-lost', 'the batch is another operator’s', { by: batch.by })
  }

  return {
    get,
    /** Of a stage, the open ones first, of each kind the latest first. */
    list: (page: {
      stage: BatchStage
      after?: BatchPlace | undefined
      limit: number
    }): Promise<readonly PrintBatch[]> => listBatches(database, page),
    /** The number that the next one is likely to get. */
    next: (): Promise<number> => nextNumber(database),
    /**
     * Claims each of the applications for the batch; those that are held or gone stay in it as `missed`, and those that
     * cannot be printed never come into it. Refusals: forbidden, conflict (none of them can be printed).
     */
    async open({ operator, stage, applications, printer, requestId }: BatchWish): Promise<PrintBatch> {
      checkRole(operator, stage)
      const at = now()
      const found = await rowsById(database, applications)
      const rows = [...new Set(applications)].flatMap((application): BatchRow[] => {
        const known = found.get(application)
        if (known && hindranceInBatch(context, { ...known, pupil: pupilOf(known, sealer) })) return []
        const token = randomUUID()
        return [{ application, token, state: 'taking', at, pending: `take-${token}` }]
      })
      if (rows.length === 0) throw new Refusal('conflict', 'no card of these can be printed', { stage })
      const request = `${operator.id}/${requestId}`
      return drive(
        await openBatch(database, {
          request,
          stage,
          by: operator.id,
          at,
          rows,
          ...(printer === undefined ? {} : { printer }),
        }),
      )
    },
    /**
     * A card is done, came out wrong, or is to be tried again; `undo` takes the act of this transaction back. Refusals:
     * not-found, forbidden, claim-lost (a colleague works the batch), conflict, too-late, unconfirmed (of `done`: the school
     * asks to cancel).
     */
    async actOn(number: number, application: string, act: RowAct): Promise<PrintBatch> {
      const { operator, transactionId } = act
      const batch = await get(number)
      checkMine(operator, batch)
      const row = batch.rows.find((one) => one.application === application)
      if (!row) throw new Refusal('not-found', 'not in this batch', { application })
      if (act.act === 'undo') return takeBack(batch, row, transactionId)
      const counted = batch.uses.some((one) => one.transactionId === transactionId)
      if (counted || row.transactionId === transactionId) return drive(batch)
      // whatever the row owes is paid first, so that a quick second key finds it where the first has put it
      if (row.pending !== undefined) await drive(batch)
      const printed = batch.stage === 'printing'
      const at = now()
      const mark = { at, pending: transactionId }
      const use = { transactionId, application, at }
      let written: PrintBatch | null
      switch (act.act) {
        case 'done': {
          const known = await applicationById(database, application)
          if (known) passedBy(known, { ...act, action: 'approve', doubts: doubtsOfCard })
          written = await markRow(database, number, application, {
            ...mark,
            from: ['waiting'],
            to: 'done',
            ...(printed ? { use } : {}),
          })
          break
        }
        case 'misprint': {
          if (!printed) throw new Refusal('conflict', 'nothing is printed in this batch', { batch: number })
          // of a card that was noted as printed the use is counted already
          const noted = row.state === 'done'
          written = await markRow(database, number, application, {
            ...mark,
            from: [noted ? 'done' : 'waiting'],
            to: 'misprint',
            reason: act.reason,
            ...(act.note === undefined ? {} : { note: sealer.seal(act.note) }),
            ...(noted ? { spoilt: act.reason } : { use: { ...use, misprint: act.reason } }),
          })
          break
        }
        case 'retake': {
          const held = await applicationById(database, application)
          if (held?.claim?.token === row.token) throw new Refusal('conflict', 'the batch holds it', { application })
          written = await markRow(database, number, application, {
            ...mark,
            from: AGAIN,
            to: 'taking',
            token: randomUUID(),
          })
        }
      }
      if (!written) throw new Refusal('conflict', 'the row is not there any more', { application, batch: number })
      return drive(written)
    },
    /** Open ones that this operator works. */
    openOf: (operator: string): Promise<readonly PrintBatch[]> => openBatchesOf(database, operator),
    /**
     * Another of the stage's roles goes on with the batch of `from`, who may be away for ever: what it holds passes to
     * them, with a whole lease. The same again changes nothing. Refusals: not-found, forbidden, conflict (closed, or
     * somebody else's by now).
     */
    async takeOver(number: number, { operator, from }: { operator: Worker; from: string }): Promise<PrintBatch> {
      for (let i = 0; i < TRIES; i++) {
        // what was printed is told as printed by whoever has printed it
        const batch = await drive(await get(number))
        checkRole(operator, batch.stage)
        if (batch.by === operator.id) return batch
        if (batch.state === 'closed' || batch.by !== from)
          throw new Refusal('conflict', 'not that colleague’s open batch', { batch: number, by: batch.by })
        const token = randomUUID()
        const wanted = { from, to: operator.id, at: now(), token, pending: `pass-${token}` }
        const passed = await passBatch(database, number, wanted)
        if (passed) return drive(passed)
      }
      throw new Refusal('conflict', 'the batch keeps changing', { batch: number })
    },
    /**
     * Ends the batch, for whom it does not belong to as well: what was not printed goes back to its old place. The same
     * again changes nothing. Refusals: not-found, forbidden.
     */
    async close(number: number, operator: Worker): Promise<PrintBatch> {
      const batch = await get(number)
      checkRole(operator, batch.stage)
      const closing = { by: operator.id, at: now(), pending: `close-${number}` }
      return drive((await closeBatch(database, number, closing)) ?? batch)
    },
    /** Drives on what was cut off. */
    async sweep(): Promise<void> {
      const batches = await pendingBatches(database, SWEPT)
      await eachOf(batches, { log, what: 'a batch was not driven on', ids: (one) => ({ batch: one.number }) }, drive)
    },
  }
}
