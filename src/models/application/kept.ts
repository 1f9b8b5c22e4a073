import type { ApplicationReason, Attention, Claim, QueueState, Stage, StoredDocument } from './application.ts'
import type { Finding } from './findings.ts'
import type { PortraitEdit } from '../file/look.ts'
import type { StoredEntry } from './history.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** What the coordinator asked for while somebody held the application; shown in the case. */
export type StoredRequest = {
  id: string
  kind: 'cancel' | 'file' | 'note'
  at: Date
  by: string
  files?: string[]
  /** Ticket of the application that an operator took the file from; the school did not send it here. */
  from?: string
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
  /** S of the key, for the virtual time of first claims. Absent once a supervisor has moved it to the front. */
  start?: number
  /** True once the present key was claimed: the virtual time is at least the largest `start` of these. */
  served?: boolean
  /** Names this enqueueing, `id/seq`: what the flow's pending list holds, so that a replay takes no second place. */
  place?: string
  /** Flow of the fair queue that the current key came from: `npsn` or `npsn/r`. */
  flow?: string
  /** It came back after a return. */
  corrected?: boolean
  claim?: Claim
  /** The requests that led to its claims, and their answers, for good: none of them is ever answered with another case. */
  claimRequests?: { id: string; token: string; leaseUntil: Date }[]
  /** Who released it, and until when it is not offered to them; the sweeper removes old ones. */
  skip: { by: string; until: Date }[]
  releases: number
  /** On the supervisors' list, and why. */
  attention?: Attention

  npsn: string
  coordinator: string
  chat: string
  reason: ApplicationReason
  /** Sealed `Pupil`. Absent once purged. */
  pupil?: Buffer
  /** Keyed hash of the NIK. Absent while a draft has none, and once purged. */
  nikHash?: string
  /** Keyed hash of the KK number, where it is known: brothers and sisters are found by it. */
  kkHash?: string
  /** Keyed hashes of the name's words and of their variants, for the search. Absent in drafts, and once purged. */
  nameKeys?: string[]
  /** `npsn/nikHash/reason` while the stage is open: the partial unique index against doubles. */
  openKey?: string
  /** Sealed `Finding[]`. */
  findings?: Buffer
  /** Codes and severities only, for lists. */
  findingCodes: { code: string; severity: Finding['severity'] }[]
  /** Whether looking at its documents found something; what it is lies with the appraisal. */
  documentFindings?: boolean
  documents: StoredDocument[]
  requests: StoredRequest[]
  /** How the office cuts and lights the portrait `document`: data, the original stays as it came. */
  portrait?: { document: string; edit: PortraitEdit }
  /** Reasons of the return that is open, for PERBAIKI. */
  returnReasons?: string[]
  returnNote?: Buffer
  /** Drafts: where the conversation stands, its answers, sealed, and the turn of `chat` that saved them. */
  draft?: { step: string; answers: Buffer; updatedAt: Date; turn: number; remindedAt?: Date }

  history: StoredEntry[]
  seq: number
  /** The relay's outbox: when the latest entry is to be announced; unset when it was. */
  relayDue?: Date
  /** The last entry that the relay has handed on. */
  relayedSeq?: number
  /** Undo of the latest act that can be taken back: what to restore. Valid while seq is still `seq`. */
  undo?: {
    seq: number
    transactionId: string
    by: string
    stage: Stage
    /** The state that is given back where nobody held it; `idle` where it is not said. */
    state?: QueueState
    /** The claim that is given back, and its print batch; none where nobody held it. */
    token?: string
    batch?: number
    until: Date
    /** Fields as they were before; what is missing here was missing there. */
    restore: Restorable
  }

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
  /** It was emptied; what lies about it elsewhere is still to go. */
  purgeLeft?: true
}

/** What an act that can be taken back may change besides stage, state and claim. */
export const RESTORABLE = [
  'stageAt',
  'openKey',
  'completeAt',
  'readyAt',
  'handedOverAt',
  'key',
  'start',
  'returnReasons',
  'returnNote',
  'attention',
  'skip',
] as const
export type Restorable = Partial<Pick<ApplicationDocument, (typeof RESTORABLE)[number]>>

const schema = keptIn<ApplicationDocument>('applications')
schema.index({ stage: 1, key: 1 }, { name: 'claim', partialFilterExpression: { state: 'queued' } })
/** Rows of the queue's lists, which are read in its order. */
const LISTED = { state: { $in: ['queued', 'claimed'] } }
// with the school, so that those of a stage are counted from the index alone
schema.index({ stage: 1, key: 1, _id: 1, npsn: 1 }, { name: 'list', partialFilterExpression: LISTED })
/** Something was found, in what was typed or on the documents. */
export const WITH_FINDINGS = { $or: [{ 'findingCodes.0.severity': { $gt: '' } }, { documentFindings: true }] }
schema.index(
  { stage: 1, key: 1, _id: 1 },
  { name: 'list-found', partialFilterExpression: { ...LISTED, ...WITH_FINDINGS } },
)
schema.index(
  { stage: 1, key: 1, _id: 1 },
  { name: 'list-corrected', partialFilterExpression: { ...LISTED, corrected: true } },
)
schema.index({ start: 1 }, { name: 'served', partialFilterExpression: { served: true } })
schema.index({ flow: 1, stage: 1 }, { name: 'flow', partialFilterExpression: { flow: { $exists: true } } })
// an operator's claims are numbered: 0 is the current one, 1 the prefetched one, 2 and more the rest of a series
schema.index(
  { 'claim.by': 1, 'claim.n': 1 },
  { name: 'claim-number', unique: true, partialFilterExpression: { state: 'claimed', 'claim.n': { $exists: true } } },
)
schema.index(
  { 'claimRequests.id': 1 },
  { name: 'claim-request', unique: true, partialFilterExpression: { 'claimRequests.id': { $exists: true } } },
)
schema.index({ readyAt: 1 }, { name: 'ready', partialFilterExpression: { readyAt: { $exists: true } } })
schema.index({ 'skip.until': 1 }, { name: 'skip', partialFilterExpression: { 'skip.until': { $exists: true } } })
schema.index(
  { attention: 1, stageAt: 1, _id: 1 },
  { name: 'attention', partialFilterExpression: { attention: { $exists: true } } },
)
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
schema.index({ kkHash: 1 }, { name: 'kk', partialFilterExpression: { kkHash: { $exists: true } } })
schema.index({ nameKeys: 1, _id: -1 }, { name: 'names', partialFilterExpression: { nameKeys: { $exists: true } } })
schema.index(
  { submittedAt: -1, _id: -1 },
  { name: 'submitted', partialFilterExpression: { submittedAt: { $exists: true } } },
)
// the id breaks ties, so that a page of a stage of a million is read in order and not sorted
schema.index({ stage: 1, stageAt: 1, _id: 1 }, { name: 'stage-age' })

/** The applications of `database`. Use `.lean()` reads and single conditional writes. */
export const applications = modelOf('Application', schema)
