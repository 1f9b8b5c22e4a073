import { isClaimStage } from '../models/application/application.ts'
import { legalTargets, ROLES, stagesOf, TRANSITIONS, worksStage } from '../models/application/transitions.ts'
import type { Stage } from '../models/application/application.ts'
import type { Action, Role } from '../models/application/transitions.ts'
import { DESK } from '../models/operator/operator.ts'
import type { Operator } from '../models/operator/operator.ts'

/** The board of jobs; the routes below it are its package's own, and one right holds for all of them. */
export const BOARD = '/api/jobs'

/**
 * Who may call a route. `public` needs no session. `acts`: the call does one of these actions on an application, and
 * the table of transitions says in which stage each role may; the queue checks that in its one write, after the
 * claim's token, so that a late writer learns that the claim is lost and not that a stage is not theirs.
 */
export type Right = { roles: readonly Role[] | 'public'; acts?: readonly Action[] }

const ALL: Right = { roles: ROLES }
const SUPERVISOR: Right = { roles: ['supervisor'] }
/** Those who claim: everybody but the counter. */
const WORKERS = ROLES.filter((role) => stagesOf([role]).length > 0)
const COUNTER = ['supervisor', 'loket'] as const
/** Those whose stages are worked in batches. */
const BATCHES: Right = { roles: ['supervisor', 'siak', 'cetak'] }

/** Every route under /api. One without a row here is refused when the server is built. */
export const RIGHTS: Readonly<Record<string, Right>> = {
  'GET /api/openapi.json': { roles: 'public' },
  'POST /api/session': { roles: 'public' },
  'DELETE /api/session': { roles: 'public' },
  'GET /api/session': ALL,
  'PUT /api/session/password': ALL,
  'GET /api/session/sessions': ALL,
  'DELETE /api/session/sessions/:id': ALL,
  'POST /api/session/second-factor': ALL,
  'PUT /api/session/second-factor': ALL,
  'DELETE /api/session/second-factor': ALL,
  'POST /api/operator-invites/look': { roles: 'public' },
  'POST /api/operator-invites/accept': { roles: 'public' },

  'GET /api/events': ALL,
  'GET /api/office': ALL,
  'GET /api/parts': SUPERVISOR,
  'GET /api/reasons': ALL,
  'GET /api/counts': ALL,
  'GET /api/queue': ALL,
  'GET /api/queue/schools': ALL,
  'GET /api/applications': ALL,
  'GET /api/attention': SUPERVISOR,
  'POST /api/queue/claim': { roles: WORKERS, acts: ['claim'] },
  'GET /api/claims': { roles: WORKERS },

  'GET /api/applications/:id': ALL,
  'GET /api/applications/:id/documents/:documentId': ALL,
  'GET /api/applications/:id/related': ALL,
  'GET /api/applications/:id/deliveries': ALL,
  'GET /api/consents/:application': ALL,
  'GET /api/applications/:id/views': SUPERVISOR,
  'POST /api/applications/:id/views': ALL,
  'POST /api/applications/:id/renew': { roles: WORKERS, acts: ['claim'] },
  'POST /api/applications/:id/release': { roles: WORKERS, acts: ['release'] },
  'POST /api/applications/:id/decisions': { roles: WORKERS, acts: ['approve', 'return', 'reject', 'propose_reject'] },
  'POST /api/applications/:id/return-text': { roles: WORKERS },
  'POST /api/applications/:id/undo': { roles: ROLES, acts: ['undo'] },
  'POST /api/applications/:id/correct': { roles: WORKERS, acts: ['correct'] },
  'GET /api/applications/:id/portrait': ALL,
  'GET /api/applications/:id/portrait/picture': ALL,
  'GET /api/applications/:id/portrait/result': ALL,
  'POST /api/applications/:id/portrait/preview': { roles: WORKERS },
  'POST /api/applications/:id/edit-portrait': { roles: WORKERS, acts: ['correct'] },
  'POST /api/applications/:id/sort-files': { roles: WORKERS, acts: ['correct'] },
  'POST /api/applications/:id/findings': { roles: WORKERS, acts: ['correct'] },
  'POST /api/applications/:id/notes': { roles: WORKERS, acts: ['correct'] },
  'POST /api/applications/:id/split-off': { roles: WORKERS, acts: ['correct', 'request'] },
  'POST /api/applications/:id/cancel': { roles: WORKERS, acts: ['cancel'] },
  'POST /api/applications/:id/reject': { roles: ['supervisor'], acts: ['reject'] },
  'POST /api/applications/:id/put-back': { roles: ['supervisor'], acts: ['put_back'] },
  'POST /api/applications/:id/take-back': SUPERVISOR,
  'POST /api/applications/:id/reassign': { roles: ['supervisor'], acts: ['reassign'] },
  'POST /api/applications/:id/move-front': { roles: ['supervisor'], acts: ['move_front'] },
  'POST /api/applications/:id/misprint': { roles: ['supervisor', 'cetak', 'loket'], acts: ['misprint'] },
  'POST /api/applications/:id/receive': { roles: COUNTER, acts: ['receive'] },
  'POST /api/portrait-sheets': { roles: ['supervisor', 'foto', 'cetak'] },
  'POST /api/handovers': { roles: COUNTER, acts: ['hand_over'] },
  'POST /api/handovers/undo': { roles: COUNTER, acts: ['undo'] },

  'GET /api/printing': BATCHES,
  'POST /api/printing/:id/send-back': BATCHES,
  'GET /api/print-batches': BATCHES,
  'POST /api/print-batches': BATCHES,
  'GET /api/print-batches/:number': BATCHES,
  'POST /api/print-batches/:number/rows/:id': BATCHES,
  'POST /api/print-batches/:number/take': BATCHES,
  'POST /api/print-batches/:number/close': BATCHES,
  'GET /api/stock': BATCHES,
  'POST /api/stock': { roles: ['supervisor', 'cetak'] },
  'GET /api/wall': ALL,

  'GET /api/reading-alarms': SUPERVISOR,
  'POST /api/reading-alarms/:id/seen': SUPERVISOR,
  'GET /api/audit': SUPERVISOR,
  'GET /api/keys': SUPERVISOR,
  'GET /api/settings': SUPERVISOR,
  'PUT /api/settings': SUPERVISOR,
  'POST /api/settings/fairness-preview': SUPERVISOR,

  'GET /api/coordinators': SUPERVISOR,
  'POST /api/coordinators/:id/approve': SUPERVISOR,
  'POST /api/coordinators/:id/suspend': SUPERVISOR,
  'POST /api/coordinators/:id/reinstate': SUPERVISOR,
  'POST /api/coordinators/:id/move': SUPERVISOR,
  'POST /api/coordinators/:id/replace': SUPERVISOR,

  'GET /api/schools': ALL,
  'POST /api/schools': SUPERVISOR,
  'PUT /api/schools/:npsn': SUPERVISOR,
  'GET /api/schools/:npsn/invitations': SUPERVISOR,
  'POST /api/schools/:npsn/invitations': SUPERVISOR,
  'POST /api/schools/:npsn/invitation-sheet': SUPERVISOR,

  'GET /api/whatsapp': SUPERVISOR,
  'POST /api/whatsapp/pair': SUPERVISOR,
  'POST /api/whatsapp/unlink': SUPERVISOR,

  'GET /api/pleas': { roles: DESK },
  'POST /api/pleas/:id/close': { roles: DESK },

  'POST /api/search': ALL,
  'POST /api/search/export': { roles: WORKERS },
  'POST /api/applications/:id/export': ALL,
  'GET /api/replies': { roles: DESK },
  'POST /api/conversations/find': { roles: DESK },
  'GET /api/conversations/:id': { roles: DESK },
  'GET /api/conversations/:id/messages': { roles: DESK },
  'POST /api/conversations/:id/search': { roles: DESK },
  'GET /api/conversations/:id/files/:fileId': { roles: DESK },
  'POST /api/conversations/:id/take': { roles: DESK },
  'POST /api/conversations/:id/hand-back': { roles: DESK },
  'POST /api/conversations/:id/answers': { roles: DESK },
  'POST /api/conversations/:id/pictures': { roles: DESK },
  'POST /api/conversations/:id/presence': { roles: DESK },

  'GET /api/operators': SUPERVISOR,
  'POST /api/operators': SUPERVISOR,
  'GET /api/operators/:id/holdings': SUPERVISOR,
  'PATCH /api/operators/:id': SUPERVISOR,
  'POST /api/operators/:id/password': SUPERVISOR,
  'POST /api/operators/:id/invite': SUPERVISOR,
  'GET /api/operators/:id/sessions': SUPERVISOR,
  'DELETE /api/operators/:id/sessions': SUPERVISOR,
  'DELETE /api/operators/:id/second-factor': SUPERVISOR,
}

/** The row of a route; HEAD is its GET. Throws for a route that nobody has thought about. */
export function rightOf(method: string, url: string): Right {
  if (url === BOARD || url.startsWith(`${BOARD}/`)) return SUPERVISOR
  const name = `${method === 'HEAD' ? 'GET' : method} ${url}`
  const right = RIGHTS[name]
  if (!right) throw new Error(`${name} has no row in the table of rights`)
  return right
}

export function mayCall(right: Right, roles: readonly Role[]): boolean {
  return right.roles === 'public' || right.roles.some((role) => roles.includes(role))
}

/** What these roles may do to an application in `stage`. */
export function allowedActions(stage: Stage, roles: readonly Role[]): Action[] {
  const actions = new Set(TRANSITIONS.filter((t) => t.from === stage).map((t) => t.action))
  return [...actions].filter((action) => roles.some((role) => legalTargets(stage, action, role).length > 0))
}

/** Scans and the full NIK without a reason: the claim's holder, supervisors, and the roles of the current stage. */
export function mayRead(
  operator: Pick<Operator, 'id' | 'roles'>,
  application: { stage: Stage; claimedBy?: string | undefined },
): boolean {
  if (operator.roles.includes('supervisor') || application.claimedBy === operator.id) return true
  return isClaimStage(application.stage) && worksStage(operator.roles, application.stage)
}

/** Who sees a NIK masked even with a reason: the counter hands out cards and needs none. */
export function onlyCounter(operator: Pick<Operator, 'roles'>): boolean {
  return operator.roles.every((role) => role === 'loket')
}
