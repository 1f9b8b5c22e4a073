import { CLAIM_STAGES } from './application.ts'
import type { ClaimStage, Stage } from './application.ts'

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

/** Whether one of these roles works this stage. */
export function worksStage(roles: readonly Role[], stage: ClaimStage): boolean {
  return roles.includes('supervisor') || roles.includes(STAGE_ROLE[stage])
}
/** The stages that these roles work by claims, in the order of the work. */
export function stagesOf(roles: readonly Role[]): readonly ClaimStage[] {
  return CLAIM_STAGES.filter((stage) => worksStage(roles, stage))
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
  { from: 'ready', action: 'undo', by: ['cetak', 'loket', 'supervisor'], to: ['ready'] },
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
