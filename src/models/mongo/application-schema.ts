import { Schema } from 'mongoose'
import type { Connection, Model } from 'mongoose'
import type {
  ApplicationReason,
  Claim,
  Consent,
  Finding,
  HistoryEntry,
  QueueState,
  Stage,
  StoredDocument,
} from '../application.ts'

/** What the coordinator asked for while somebody held the application; shown in the case. */
export type StoredRequest = {
  id: string
  kind: 'cancel' | 'file' | 'note'
  at: Date
  by: string
  files?: string[]
  sealed?: Buffer
}

/** An application as it is stored. Personal values lie in `pupil` and the other Buffers, sealed as JSON. */
export type ApplicationDocument = {
  _id: string
  rev: number
  /** Given once, at submit. */
  ticket?: string
  stage: Stage
  state: QueueState
  /** Fixed width `S|bs|n`; kept through the stages, orders verification, photo and siak_entry. */
  key?: string
  /** S of the key, for the virtual time of first claims. */
  start?: number
  /** Flow of the fair queue that the current key came from: `npsn` or `npsn/r`. */
  flow?: string
  claim?: Claim
  /** Who released it, and until when it is not offered to them; the sweeper removes old ones. */
  skip: { by: string; until: Date }[]
  releases: number
  /** On the supervisors' list, and why. */
  attention?: 'released-often' | 'reject-proposed'

  npsn: string
  coordinator: string
  chat: string
  reason: ApplicationReason
  /** Sealed `Pupil`. Absent once purged. */
  pupil?: Buffer
  /** Keyed hash of the NIK. Absent while a draft has none, and once purged. */
  nikHash?: string
  /** `npsn/nikHash/reason` while the stage is open: the partial unique index against doubles. */
  openKey?: string
  /** Sealed `Finding[]`. */
  findings?: Buffer
  /** Codes and severities only, for lists. */
  findingCodes: { code: string; severity: Finding['severity'] }[]
  documents: StoredDocument[]
  requests: StoredRequest[]
  /** Consent of this submission; `evidence` is sealed. */
  consent?: Omit<Consent, 'evidence'> & { evidence: Buffer }
  /** Reasons of the return that is open, for PERBAIKI. */
  returnReasons?: string[]
  returnNote?: Buffer
  /** Drafts: where the conversation stands, and its answers, sealed. */
  draft?: { step: string; answers: Buffer; updatedAt: Date; remindedAt?: Date }

  history: HistoryEntry[]
  seq: number
  /** The relay's outbox: when the latest entry is to be announced; unset when it was. */
  relayDue?: Date
  /** Undo of the latest decision: what to restore. Valid while seq is still `seq`. */
  undo?: { seq: number; transactionId: string; by: string; stage: Stage; token: string; until: Date }

  createdAt: Date
  submittedAt?: Date
  /** Berkas lengkap: verification approved; the one-day promise counts from here. */
  completeAt?: Date
  readyAt?: Date
  handedOverAt?: Date
  /** When the present stage was entered. */
  stageAt: Date
  remindedAt?: Date
  reminders?: number
  purgedAt?: Date
}

const schema = new Schema<ApplicationDocument>(
  {
    _id: { type: String, required: true },
    rev: Number,
    ticket: String,
    stage: String,
    state: String,
    key: String,
    start: Number,
    flow: String,
    claim: Schema.Types.Mixed,
    skip: Schema.Types.Mixed,
    releases: Number,
    attention: String,
    npsn: String,
    coordinator: String,
    chat: String,
    reason: String,
    pupil: Buffer,
    nikHash: String,
    openKey: String,
    findings: Buffer,
    findingCodes: Schema.Types.Mixed,
    documents: Schema.Types.Mixed,
    requests: Schema.Types.Mixed,
    consent: Schema.Types.Mixed,
    returnReasons: [String],
    returnNote: Buffer,
    draft: Schema.Types.Mixed,
    history: Schema.Types.Mixed,
    seq: Number,
    relayDue: Date,
    undo: Schema.Types.Mixed,
    createdAt: Date,
    submittedAt: Date,
    completeAt: Date,
    readyAt: Date,
    handedOverAt: Date,
    stageAt: Date,
    remindedAt: Date,
    reminders: Number,
    purgedAt: Date,
  },
  { collection: 'applications', versionKey: false, strict: true, minimize: false },
)
schema.index({ stage: 1, key: 1 }, { name: 'claim', partialFilterExpression: { state: 'queued' } })
schema.index(
  { openKey: 1 },
  { name: 'one-open', unique: true, partialFilterExpression: { openKey: { $exists: true } } },
)
schema.index({ ticket: 1 }, { name: 'ticket', unique: true, partialFilterExpression: { ticket: { $exists: true } } })
schema.index({ state: 1, _id: 1 }, { name: 'unkeyed', partialFilterExpression: { state: 'unkeyed' } })
schema.index({ 'claim.leaseUntil': 1 }, { name: 'lease', partialFilterExpression: { state: 'claimed' } })
schema.index({ 'claim.by': 1 }, { name: 'claimed-by', partialFilterExpression: { state: 'claimed' } })
schema.index({ relayDue: 1 }, { name: 'relay', partialFilterExpression: { relayDue: { $exists: true } } })
schema.index({ coordinator: 1, stage: 1, _id: 1 }, { name: 'coordinator' })
schema.index({ npsn: 1, stage: 1, _id: 1 }, { name: 'school' })
schema.index({ nikHash: 1 }, { name: 'nik', partialFilterExpression: { nikHash: { $exists: true } } })
schema.index({ stage: 1, stageAt: 1 }, { name: 'stage-age' })

export type Applications = Model<ApplicationDocument>
export const applicationSchema = schema

/** The applications of `database`. Use `.lean()` reads and single conditional writes. */
export function applications(database: Connection): Applications {
  return (
    (database.models['Application'] as Applications | undefined) ??
    database.model<ApplicationDocument>('Application', schema)
  )
}
