import type { Finding } from './findings.ts'

/**
 * The application (permohonan) of one pupil: one document from the first answer to the received card. Actions and who
 * may do what are one table beside it (`transitions.ts`); server, bot and console all read it.
 */
export const STAGES = [
  'draft',
  'verification',
  'photo',
  'siak_entry',
  'signature',
  'printing',
  'ready',
  'handed_over',
  'received',
  'returned',
  'rejected',
  'cancelled',
] as const
export type Stage = (typeof STAGES)[number]

/** Stages in which operators claim single items in the order of the key. */
export const CLAIM_STAGES = [
  'verification',
  'photo',
  'siak_entry',
  'signature',
  'printing',
] as const satisfies readonly Stage[]
export type ClaimStage = (typeof CLAIM_STAGES)[number]
export function isClaimStage(stage: string): stage is ClaimStage {
  return (CLAIM_STAGES as readonly string[]).includes(stage)
}
/** One open application per (school, NIK hash, reason) while the stage is one of these; drafts do not count. */
export const OPEN_STAGES = [
  'verification',
  'photo',
  'siak_entry',
  'signature',
  'printing',
  'ready',
  'handed_over',
  'returned',
] as const satisfies readonly Stage[]

export const REASONS = ['NEW', 'EXPIRED_AT_5', 'LOST', 'DAMAGED', 'MOVED_IN', 'DATA_CHANGE'] as const
export type ApplicationReason = (typeof REASONS)[number]

/** Kewarganegaraan: a status of the child that crosses every reason. WNA ("Orang Asing" in the law): a foreign child. */
export const CITIZENSHIPS = ['wni', 'wna'] as const
export type Citizenship = (typeof CITIZENSHIPS)[number]

export const DOCUMENT_KINDS = [
  'birth_certificate',
  'family_card',
  'eid_card',
  'child_card',
  'letter',
  'passport',
  'stay_permit',
  'portrait',
  'other',
] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** Personal values. Stored sealed as one field, emptied by the purge. Dates are `YYYY-MM-DD`. */
export type Pupil = {
  name: string
  nik: string
  birthDate: string
  class?: string
  kk?: string
  origin?: 'domestic' | 'abroad'
  /** Missing: WNI. */
  citizenship?: Citizenship
  /** The school has said so, where the office asks. */
  unmarried?: true
}

export type StoredDocument = {
  id: string
  kind: DocumentKind
  page: number
  mediaType: string
  /** Blob id in the blob store; sealed bytes as they came. */
  blob: string
  at: Date
  findings: readonly Finding[]
  derivedFrom?: string
  /** Set when a correction replaced it; it stays visible in the history. */
  supersededAt?: Date
  /** Came while somebody held the application: part of this request until it is looked at. */
  request?: string
}

/**
 * `n` numbers an operator's claims (0 current, 1 prefetched, more in a series); a claim given back by undo has none, and
 * neither has one of a print `batch`, which is that batch's number.
 */
export type Claim = { by: string; token: string; leaseUntil: Date; prefetch?: boolean; n?: number; batch?: number }
/** Why an application is on the supervisors' list; `office-due`: returned, and only the office can mend it. */
export const ATTENTIONS = ['released-often', 'reject-proposed', 'office-due'] as const
export type Attention = (typeof ATTENTIONS)[number]
export type QueueState = 'unkeyed' | 'queued' | 'claimed' | 'idle'

export type Actor = { kind: 'operator' | 'coordinator' | 'system'; id: string }

/** The portrait that counts: the latest that no correction has replaced. */
export function portraitOf(application: { documents: readonly StoredDocument[] }): string | undefined {
  return application.documents.findLast((d) => d.kind === 'portrait' && d.supersededAt === undefined)?.id
}
/** A portrait that counts: there, and not replaced by a later one. */
export function hasPortrait(application: {
  documents: readonly Pick<StoredDocument, 'kind' | 'supersededAt'>[]
}): boolean {
  return application.documents.some((d) => d.kind === 'portrait' && d.supersededAt === undefined)
}

/** What changed between two versions of a pupil, for the sealed part of the history. */
export function differences(before: Pupil | null, after: Pupil): { before?: Partial<Pupil>; after?: Partial<Pupil> } {
  const names = Object.keys({ ...before, ...after }) as (keyof Pupil)[]
  const changed = names.filter((name) => before?.[name] !== after[name])
  if (changed.length === 0) return {}
  const pick = (pupil: Pupil | null) =>
    Object.fromEntries(changed.flatMap((name) => (pupil?.[name] === undefined ? [] : [[name, pupil[name]]])))
  return { before: pick(before), after: pick(after) }
}

const RESUBMITTED = '/r'

/** The flow of a school's first submissions, or of its resubmissions after a return. */
export function flowOf(npsn: string, resubmission: boolean): string {
  return resubmission ? npsn + RESUBMITTED : npsn
}
export const isResubmission = (flow: string): boolean => flow.endsWith(RESUBMITTED)

/** Moved before all others by a supervisor, and still in work: its key has no virtual start. The wall counts the same. */
export const isForward = ({
  stage,
  key,
  start,
}: {
  stage: Stage
  key?: string | undefined
  start?: number | undefined
}) => isClaimStage(stage) && key !== undefined && start === undefined
