import { findingsOf, pupilOf } from '../models/application/sealed.ts'
import type {
  Claim,
  Pupil,
  QueueState,
  Stage,
  StoredDocument,
  ApplicationReason,
} from '../models/application/application.ts'
import type { Finding } from '../models/application/findings.ts'
import type { HistoryEntry } from '../models/application/history.ts'
import type { ApplicationDocument } from '../models/application/kept.ts'
import { entriesOf } from '../models/application/history.ts'
import { toBuffer } from '../models/store/binary.ts'
import type { Sealer } from '../models/store/sealing.ts'
import type { SealedEntry } from './context.ts'

/** An application opened for those who may see it: personal values in the clear, never logged. */
export type Case = {
  id: string
  ticket: string | null
  rev: number
  stage: Stage
  state: QueueState
  /** Virtual start of its round; null while it has no place. */
  start: number | null
  reason: ApplicationReason
  npsn: string
  coordinator: string
  chat: string
  /** Null once purged. */
  pupil: Pupil | null
  documents: readonly StoredDocument[]
  /** How the office cuts and lights the portrait; null while nobody has said. */
  portrait: ApplicationDocument['portrait'] | null
  findings: readonly Finding[]
  requests: readonly CaseRequest[]
  returnReasons: readonly string[]
  returnNote: string | null
  attention: ApplicationDocument['attention'] | null
  history: readonly CaseEntry[]
  claim: Claim | null
  submittedAt: Date | null
  completeAt: Date | null
  readyAt: Date | null
  stageAt: Date
}
export type CaseRequest = {
  id: string
  kind: 'cancel' | 'file' | 'note'
  at: Date
  by: string
  files: readonly string[]
  from?: string
  note: string | null
}
export type CaseEntry = Omit<HistoryEntry, 'sealed'> & SealedEntry

export function caseOf(application: ApplicationDocument, sealer: Sealer): Case {
  return {
    id: application._id,
    ticket: application.ticket ?? null,
    rev: application.rev,
    stage: application.stage,
    state: application.state,
    start: application.start ?? null,
    reason: application.reason,
    npsn: application.npsn,
    coordinator: application.coordinator,
    chat: application.chat,
    pupil: pupilOf(application, sealer),
    documents: application.documents,
    portrait: application.portrait ?? null,
    findings: findingsOf(application, sealer),
    requests: application.requests.map(({ id, kind, at, by, files, from, sealed }) => ({
      id,
      kind,
      at,
      by,
      files: files ?? [],
      ...(from === undefined ? {} : { from }),
      note: sealed ? sealer.openText(toBuffer(sealed)) : null,
    })),
    returnReasons: application.returnReasons ?? [],
    returnNote: application.returnNote ? sealer.openText(toBuffer(application.returnNote)) : null,
    attention: application.attention ?? null,
    history: entriesOf(application).map(({ sealed, ...entry }) => ({
      ...entry,
      ...(sealed ? sealer.openJson<SealedEntry>(toBuffer(sealed)) : {}),
    })),
    claim: application.claim ?? null,
    submittedAt: application.submittedAt ?? null,
    completeAt: application.completeAt ?? null,
    readyAt: application.readyAt ?? null,
    stageAt: application.stageAt,
  }
}
