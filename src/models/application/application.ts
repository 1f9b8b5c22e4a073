/**
 * The application (permohonan) of one pupil: one document from the first answer to the received card.
 * Stages, actions and who may do what are one table here; server, bot and console all read it.
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

export const REASONS = ['NEW', 'EXPIRED_AT_5', 'LOST', 'DAMAGED', 'MOVED_IN', 'DATA_CHANGE', 'WNA'] as const
export type ApplicationReason = (typeof REASONS)[number]

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

export const SEVERITIES = ['heavy', 'check', 'note'] as const
export type Severity = (typeof SEVERITIES)[number]
/**
 * A warning with its evidence: never a wall for a teacher. `code` has a sentence in the console; `field` names the
 * answer it is about; `detail` may hold personal values and is sealed with the pupil.
 */
export type Finding = {
  code: string
  severity: Severity
  field?: string
  document?: string
  detail?: Readonly<Record<string, string | number>>
}

/** Law 27/2022: who agreed, when, to which text, and the words that show it. */
export type Consent = { at: Date; by: string; textVersion: string; evidence: string }

/** Personal values. Stored sealed as one field, emptied by the purge. Dates are `YYYY-MM-DD`. */
export type Pupil = {
  name: string
  nik: string
  birthDate: string
  class?: string
  kk?: string
  origin?: 'domestic' | 'abroad'
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

export const ACTIONS = [
  'submit',
  'claim',
  'release',
  'expire',
  'approve',
  'return',
  'resubmit',
  'propose_reject',
  'put_back',
  'reject',
  'cancel',
  'attach',
  'request',
  'correct',
  'undo',
  'misprint',
  'move_front',
  'reassign',
  'hand_over',
  'receive',
  'remind',
  'purge',
] as const
export type Action = (typeof ACTIONS)[number]
/** Actions by which an operator is done with a case. */
export const DECISIONS = ['approve', 'return', 'reject', 'propose_reject'] as const satisfies readonly Action[]

/** The office's own work on an application, of which the school hears nothing. */
export const CORRECTION_SUBJECTS = ['files', 'portrait', 'finding', 'note'] as const
export type CorrectionSubject = (typeof CORRECTION_SUBJECTS)[number]

/** One line of the audit trail and of the outbox at once: pushed by the very write that it tells of. */
export type HistoryEntry = {
  seq: number
  at: Date
  by: Actor
  action: Action
  from: Stage
  to: Stage
  reasons?: readonly string[]
  transactionId?: string
  /** What a `correct` was about; absent: the pupil's data, of which the school hears. */
  subject?: CorrectionSubject
  /** Number of the print batch that this came from, which counts the card. */
  batch?: number
  /** The operator to whom a supervisor gave the claim. */
  holder?: string
  /** Sealed: free text and old or new personal values. Emptied by the purge. */
  sealed?: Buffer
}

export const ROLES = ['supervisor', 'verifikator', 'foto', 'siak', 'cetak', 'loket'] as const
export type Role = (typeof ROLES)[number]
/** `school` is the coordinator in the chat, `system` the sweepers. */
export type Party = Role | 'school' | 'system'

/** Which role works which stage by claims. Supervisors work them all. */
export const STAGE_ROLE: Record<ClaimStage, Role> = {
  verification: 'verifikator',
  photo: 'foto',
  siak_entry: 'siak',
  signature: 'siak',
  printing: 'cetak',
}

export type Transition = { from: Stage; action: Action; by: readonly Party[]; to: readonly Stage[] }

/** Whoever holds one application may hand a file that came to it by mistake to another pupil's of that school. */
const WORKERS: readonly Party[] = [...new Set(Object.values(STAGE_ROLE)), 'supervisor']

const worked = (from: ClaimStage, next: readonly Stage[]): Transition[] => {
  const by: Party[] = [STAGE_ROLE[from], 'supervisor']
  return [
    { from, action: 'claim', by, to: [from] },
    { from, action: 'release', by, to: [from] },
    { from, action: 'expire', by: ['system'], to: [from] },
    { from, action: 'approve', by, to: next },
    { from, action: 'return', by, to: ['returned'] },
    { from, action: 'propose_reject', by: [STAGE_ROLE[from]], to: [from] },
    { from, action: 'put_back', by: ['supervisor'], to: [from] },
    { from, action: 'reject', by: ['supervisor', 'system'], to: ['rejected'] },
    { from, action: 'correct', by, to: [from] },
    { from, action: 'move_front', by: ['supervisor'], to: [from] },
    { from, action: 'reassign', by: ['supervisor'], to: [from] },
    { from, action: 'cancel', by: ['school', ...by], to: ['cancelled'] },
    { from, action: 'request', by: ['school', ...WORKERS], to: [from] },
    { from, action: 'undo', by, to: [from] },
  ]
}

/**
 * The legal moves, whole. `to` lists every stage an action may lead to; which one is decided by `nextStage`.
 * `undo` is listed at the stage that it restores.
 */
export const TRANSITIONS: readonly Transition[] = [
  { from: 'draft', action: 'submit', by: ['school'], to: ['verification'] },
  { from: 'draft', action: 'cancel', by: ['school', 'system'], to: ['cancelled'] },
  { from: 'draft', action: 'remind', by: ['system'], to: ['draft'] },
  ...worked('verification', ['photo', 'siak_entry']),
  { from: 'verification', action: 'attach', by: ['school'], to: ['verification'] },
  ...worked('photo', ['siak_entry']),
  ...worked('siak_entry', ['signature', 'printing']),
  ...worked('signature', ['printing']),
  ...worked('printing', ['ready']),
  { from: 'printing', action: 'misprint', by: ['cetak', 'supervisor'], to: ['printing'] },
  { from: 'ready', action: 'hand_over', by: ['loket', 'supervisor'], to: ['handed_over'] },
  { from: 'ready', action: 'misprint', by: ['cetak', 'loket', 'supervisor'], to: ['printing'] },
  { from: 'handed_over', action: 'receive', by: ['school', 'loket', 'supervisor'], to: ['received'] },
  { from: 'returned', action: 'resubmit', by: ['school'], to: ['verification'] },
  { from: 'returned', action: 'put_back', by: ['supervisor'], to: ['verification'] },
  { from: 'returned', action: 'remind', by: ['system'], to: ['returned'] },
  { from: 'returned', action: 'cancel', by: ['school', 'system', 'supervisor'], to: ['cancelled'] },
  ...(['received', 'handed_over', 'rejected', 'cancelled'] as const).map((from): Transition => ({
    from,
    action: 'purge',
    by: ['system'],
    to: [from],
  })),
]

/** Every stage that `action` by `party` may lead to from `from`; empty when it is not legal. */
export function legalTargets(from: Stage, action: Action, party: Party): readonly Stage[] {
  return TRANSITIONS.filter((t) => t.from === from && t.action === action && t.by.includes(party)).flatMap((t) => t.to)
}

/**
 * Where an approval leads. The photo stage falls away for cards without a portrait (under 5 on the print date) and by
 * `skip`; the signature stage exists only where the office has switched it on.
 */
export function nextStage(from: ClaimStage, how: { portrait: boolean; signature: boolean; skipPhoto: boolean }): Stage {
  switch (from) {
    case 'verification':
      return how.portrait && !how.skipPhoto ? 'photo' : 'siak_entry'
    case 'photo':
      return 'siak_entry'
    case 'siak_entry':
      return how.signature ? 'signature' : 'printing'
    case 'signature':
      return 'printing'
    case 'printing':
      return 'ready'
  }
}

export function isClaimStage(stage: Stage): stage is ClaimStage {
  return (CLAIM_STAGES as readonly Stage[]).includes(stage)
}
