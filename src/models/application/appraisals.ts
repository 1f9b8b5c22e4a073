import type { Connection } from 'mongoose'
import type { Finding } from './findings.ts'
import type { HistoryEntry } from './history.ts'
import type { Action } from './transitions.ts'
import { guarded } from '../store/failpoint.ts'
import type { ReadValue } from '../file/look.ts'
import type { Sealer } from '../store/sealing.ts'
import { applications } from './kept.ts'
import { toBuffer } from '../store/binary.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** What looking at one document came to, held against what the school typed. */
export type DocumentAppraisal = {
  findings: readonly Finding[]
  /** What was read on it, with the page that it stands on. */
  values: readonly (ReadValue & { page: number })[]
  /** Pages that have a rendition. */
  pages: number
  /** Whether a portrait is proposed in its place. */
  proposal: boolean
}
const RE_APPRAISED: readonly Action[] = ['submit', 'resubmit', 'attach', 'request', 'correct']

/** Whether after this an application's documents mean something else; what operators remark changes none. */
export const reAppraises = ({ action, subject }: Pick<HistoryEntry, 'action' | 'subject'>): boolean =>
  RE_APPRAISED.includes(action) && subject !== 'finding' && subject !== 'note'

/** By document id. */
export type Appraised = Readonly<Record<string, DocumentAppraisal>>

/** What the looks at an application's documents mean together with its answers; `_id` is the application's. */
export type AppraisalDocument = {
  _id: string
  /** When it is to be made (again); taken away once it was. */
  due?: Date
  /** `seq` of the application that it was made of. */
  seq?: number
  /** Sealed `Appraised`. */
  appraised?: Buffer
  /** Codes and severities only, for lists. */
  codes: Pick<Finding, 'code' | 'severity'>[]
}

const schema = keptIn<AppraisalDocument>('appraisals')
schema.index({ due: 1 }, { name: 'due', partialFilterExpression: { due: { $exists: true } } })

export const appraisalModel = modelOf('Appraisal', schema)

export type Appraisals = ReturnType<typeof createAppraisals>

/** Marked `due` whenever an answer, a document or a look changes; made then, as often as it is marked. */
export function createAppraisals({ database, sealer, now }: { database: Connection; sealer: Sealer; now: () => Date }) {
  const model = appraisalModel(database)
  return {
    async mark(application: string, due: Date = now()): Promise<void> {
      await guarded('appraisal.mark', () =>
        model.updateOne({ _id: application }, { $set: { due }, $setOnInsert: { codes: [] } }, { upsert: true }),
      )
    },

    async due(limit: number): Promise<{ id: string; due: Date }[]> {
      const rows = await model
        .find({ due: { $lte: now() } }, { due: 1 })
        .sort({ due: 1 })
        .limit(limit)
        .lean<{ _id: string; due: Date }[]>()
      return rows.map(({ _id, due }) => ({ id: _id, due }))
    },

    /**
     * Stores what was made for the mark `due`; a later mark stays. `again`: when something that is still waited for is
     * known at the latest.
     */
    async store(
      { id, due }: { id: string; due: Date },
      made: { seq: number; appraised: Appraised; findings: readonly Finding[] },
      again?: Date,
    ): Promise<void> {
      const { seq, appraised, findings } = made
      const codes = findings.map(({ code, severity }) => ({ code, severity }))
      // before the mark is taken away: who is interrupted between the two writes makes both again
      await guarded('appraisal.note', () =>
        applications(database).updateOne({ _id: id }, { $set: { documentFindings: findings.length > 0 } }),
      )
      await guarded('appraisal.store', () =>
        model.updateOne(
          { _id: id, due },
          {
            $set: { seq, codes, appraised: sealer.sealJson(appraised), ...(again && { due: again }) },
            ...(!again && { $unset: { due: 1 } }),
          },
        ),
      )
    },

    async of(applications: readonly string[]): Promise<Map<string, { seq: number; appraised: Appraised }>> {
      const rows = await model.find({ _id: { $in: [...applications] } }).lean<AppraisalDocument[]>()
      return new Map(
        rows.flatMap(({ _id, seq, appraised }) =>
          appraised && seq !== undefined
            ? [[_id, { seq, appraised: sealer.openJson<Appraised>(toBuffer(appraised)) }] as const]
            : [],
        ),
      )
    },
  }
}

/** The application is gone, a draft, or was purged. */
export async function forgetAppraisal(database: Connection, application: string): Promise<void> {
  await guarded('appraisal.forget', () => appraisalModel(database).deleteOne({ _id: application }))
}

/** Codes of these applications' documents, for lists. */
export async function appraisedCodes(
  database: Connection,
  applications: readonly string[],
): Promise<Map<string, Pick<Finding, 'code' | 'severity'>[]>> {
  const rows = await appraisalModel(database)
    .find({ _id: { $in: [...applications] } }, { codes: 1 })
    .lean<Pick<AppraisalDocument, '_id' | 'codes'>[]>()
  return new Map(rows.map(({ _id, codes }) => [_id, codes]))
}
