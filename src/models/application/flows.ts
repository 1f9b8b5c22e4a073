import type { Connection, PipelineStage } from 'mongoose'
import { isDuplicateKey } from '../store/errors.ts'
import { guarded } from '../store/failpoint.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** A flow of the fair queue, `_id` `npsn` or `npsn/r`; the meaning of the letters is with the queue's pure core. */
export type FlowDocument = {
  _id: string
  F: number
  S: number
  bs: number
  n: number
  pending: { place: string; S: number; bs: number; n: number }[]
  placed: string[]
}

const schema = keptIn<FlowDocument>('queue_flows')
schema.index({ 'pending.0.place': 1 }, { name: 'pending', sparse: true })

export const queueFlows = modelOf('QueueFlow', schema)

/** Runs the arrival pipeline on the flow, made where it is new, and gives the flow as it is then. */
export async function addToFlow(database: Connection, flow: string, pipeline: PipelineStage[]): Promise<FlowDocument> {
  const write = () =>
    queueFlows(database)
      .collection.findOneAndUpdate({ _id: flow as never }, pipeline, { upsert: true, returnDocument: 'after' })
      .then((document) => document as unknown as FlowDocument)
  return guarded('flow.add', async () => {
    try {
      return await write()
    } catch (error) {
      // two first arrivals of one flow: the loser of the upsert finds the document now
      if (isDuplicateKey(error)) return write()
      throw error
    }
  })
}

/** The application carries `place`: no longer pending, remembered as placed (the latest `keep`). */
export async function settleInFlow(database: Connection, flow: string, place: string, keep: number): Promise<void> {
  await guarded('flow.settle', () =>
    queueFlows(database).collection.updateOne({ _id: flow as never, 'pending.place': place }, {
      $pull: { pending: { place } },
      $push: { placed: { $each: [place], $slice: -keep } },
    } as never),
  )
}

/** Replaces `F` and `bs` where nothing has happened to the flow since it was read. */
export async function lowerFlow(
  database: Connection,
  read: FlowDocument,
  to: Pick<FlowDocument, 'F' | 'bs'>,
): Promise<void> {
  const { _id, F, S, bs, n } = read
  await guarded('flow.lower', () =>
    queueFlows(database).updateOne({ _id, F, S, bs, n, 'pending.0': { $exists: false } }, { $set: to }),
  )
}

/** Flows with places that may be settled: what a crash between two steps leaves behind. */
export function flowsWithPending(database: Connection, limit: number): Promise<FlowDocument[]> {
  return queueFlows(database)
    .find({ 'pending.0.place': { $exists: true } })
    .limit(limit)
    .lean<FlowDocument[]>()
    .exec()
}

export function flowById(database: Connection, flow: string): Promise<FlowDocument | null> {
  return queueFlows(database).findById(flow).lean<FlowDocument>().exec()
}
