import { mayRead, onlyCounter, RIGHTS } from '../../../src/admin/rights.ts'
import { isClaimStage } from '../../../src/models/application/application.ts'
import { legalTargets } from '../../../src/models/application/transitions.ts'
import type { Stage, StoredDocument } from '../../../src/models/application/application.ts'
import type { Finding } from '../../../src/models/application/findings.ts'
import type { Action, Role } from '../../../src/models/application/transitions.ts'
import { at } from './service.ts'
import type { Answer } from './service.ts'

/**
 * How the application lies: held by who asks (where its stage has claims; else by nobody), waiting, with a rejection
 * proposed, or just decided by who asks.
 */
export type Situation = 'held' | 'idle' | 'queued' | 'proposed' | 'decided'

/** One way to ask a route for something, and who gets it by the tables; what its row says of roles goes without saying. */
export type Act = {
  row: string
  name: string
  situation: Situation
  body?: object
  query?: string
  may: (role: Role, stage: Stage) => boolean
  /** Of what is asked with a reason: where it opens without one. */
  needless?: (role: Role, stage: Stage) => boolean
  /** Where a success says more than its status does. */
  done?: (answer: Answer) => boolean
  /** What is answered to a role of its row that may not. */
  refused: (stage: Stage) => readonly number[]
}

export const TOKEN = 'token-rekaan'
const key = { transactionId: 'rekaan-1' }
/** What was decided, for the undo of it. */
export const DECISION = 'rekaan-0'
export const EDIT = { rotation: 0, crop: { x: 0, y: 0, width: 1, height: 1 }, brightness: 1 }
export const FINDING: Finding = { code: 'BLURRED', severity: 'note' }
const reason = 'Uji coba'

const submitted = (stage: Stage) => stage !== 'draft'
const reads = (role: Role, stage: Stage) => submitted(stage) && mayRead({ id: '', roles: [role] }, { stage })
const hidden = (stage: Stage) => [submitted(stage) ? 403 : 404]

/** A move of the table of transitions: what its row acts, if nothing else is said. */
function move(route: string, body: object, how: Partial<Act> & { as?: (role: Role) => readonly Action[] } = {}): Act {
  const { as, ...rest } = how
  const row = `POST ${route}`
  const actions = as ?? (() => RIGHTS[row]?.acts ?? [])
  return {
    row,
    name: row,
    situation: 'held',
    body,
    may: (role, stage) => actions(role).every((action) => legalTargets(stage, action, role).length > 0),
    refused: () => [403, 409],
    ...rest,
  }
}

/**
 * What the claim's token alone opens: that its holder may do it was decided when the claim was given, and nothing else
 * gives the token.
 */
function byToken(route: string, body: object): Act {
  return move(route, { token: TOKEN, ...body }, { may: (_, stage) => isClaimStage(stage), refused: () => [409] })
}

/** What no stage closes: the row alone says who may. A draft is its coordinator's own. */
function anywhere(row: string, body?: object): Act {
  const may = (_: Role, stage: Stage) => submitted(stage)
  return { row, name: row, situation: 'idle', ...(body && { body }), may, refused: () => [404] }
}

/** Reading, without a reason and with one; `opened`: those to whom a reason opens it, everybody if not said. */
function reading(row: string, how: Partial<Act> = {}, opened: (role: Role) => boolean = () => true): Act[] {
  const without: Act = {
    row,
    name: row,
    situation: 'idle',
    may: reads,
    refused: hidden,
    ...how,
  }
  const given = how.body ? { body: { ...how.body, reason } } : { query: `?reason=${encodeURIComponent(reason)}` }
  const may: Act['may'] = (role, stage) => submitted(stage) && opened(role)
  return [without, { ...without, ...given, name: `${row} with a reason`, may, needless: without.may }]
}
const notCounter = (role: Role) => !onlyCounter({ roles: [role] })

/** Every route about one application, with a body that holds. `other`: another pupil's at its school, in the same stage. */
export function actsOf(the: {
  id: string
  other: string
  colleague: string
  finding: string
  certificate: StoredDocument
  portrait: StoredDocument
}): readonly Act[] {
  const { id, other, colleague, finding, certificate, portrait } = the
  const of = '/api/applications/:id'
  const token = TOKEN
  const decide = (action: string, more: object, as: (role: Role) => Action) =>
    move(
      `${of}/decisions`,
      { token, action, ...more, ...key },
      { name: `POST ${of}/decisions ${action}`, as: (role) => [as(role)] },
    )
  const documents = [certificate, portrait].map((one) => ({ id: one.id, kind: one.kind }))
  const drawn = { token, document: portrait.id, edit: EDIT }
  return [
    move(
      '/api/queue/claim',
      { requestId: 'rekaan' },
      {
        situation: 'queued',
        done: (answer) => at(answer, 'id') === id,
        refused: () => [204],
      },
    ),
    byToken(`${of}/renew`, {}),
    byToken(`${of}/release`, { reason: 'RL_BREAK' }),
    byToken(`${of}/portrait/preview`, { document: portrait.id, edit: EDIT }),
    decide('approve', {}, () => 'approve'),
    decide('return', { reasons: ['RR_PORTRAIT_BLURRED'] }, () => 'return'),
    decide('reject', { note: reason }, (role) => (role === 'supervisor' ? 'reject' : 'propose_reject')),
    move(`${of}/undo`, { transactionId: DECISION }, { situation: 'decided' }),
    move(`${of}/correct`, { token, changes: { class: '6C' }, ...key }),
    move(`${of}/edit-portrait`, { ...drawn, ...key }),
    move(`${of}/sort-files`, { token, documents, ...key }),
    move(`${of}/findings`, { token, finding, ...key }),
    move(`${of}/notes`, { token, note: reason, ...key }),
    move(`${of}/notes`, { note: reason, ...key }, { name: `POST ${of}/notes without a claim`, situation: 'queued' }),
    move(`${of}/split-off`, { token, document: certificate.id, kind: 'other', to: other, ...key }),
    move(`${of}/cancel`, { token, note: reason, ...key }),
    move(`${of}/misprint`, { token, reason, ...key }),
    move(`${of}/reject`, { note: reason, ...key }, { situation: 'proposed' }),
    move(`${of}/put-back`, key, { situation: 'proposed' }),
    // to end somebody's claim is a release, too, but its row keeps it for supervisors
    move(`${of}/take-back`, { reason, ...key }, { as: () => ['release'] }),
    move(`${of}/reassign`, { to: colleague, reason, ...key }),
    move(`${of}/move-front`, { reason, ...key }, { situation: 'queued' }),
    move(`${of}/receive`, key),
    move(
      '/api/handovers',
      { applications: [id], receivedBy: 'Rekaan', ...key },
      {
        done: (answer) => at(answer, 'items.0.done') === true,
        refused: () => [200],
      },
    ),
    move(
      '/api/handovers/undo',
      { applications: [id], transactionId: DECISION },
      {
        situation: 'decided',
        done: (answer) => at(answer, 'items.0.done') === true,
        refused: () => [200],
      },
    ),

    anywhere(`GET ${of}/deliveries`),
    anywhere(`GET ${of}/views`),
    anywhere(`POST ${of}/return-text`, { reasons: ['RR_PORTRAIT_BLURRED'] }),
    // to whom it is not open it is shown all the same, with its numbers masked
    ...reading(
      `GET ${of}`,
      {
        done: (answer) => at(answer, 'pupil.masked') === false,
        refused: (stage) => [submitted(stage) ? 200 : 404],
      },
      notCounter,
    ),
    ...reading(`GET ${of}/related`, {}, notCounter),
    ...reading(`GET ${of}/documents/:documentId`),
    ...reading(`GET ${of}/portrait`),
    ...reading(`GET ${of}/portrait/picture`),
    ...reading(`GET ${of}/portrait/result`),
    ...reading(`POST ${of}/export`, { body: { format: 'csv' } }, notCounter),
    // no reason opens it: it says that what was prefetched is on the screen
    ...reading(`POST ${of}/views`, { body: { documents: [certificate.id] } }).slice(0, 1),
    // the portraits of a ready list are for whoever hands them out
    ...reading('POST /api/portrait-sheets', {
      body: { applications: [other] },
      may: (role, stage) => stage === 'ready' || reads(role, stage),
    }),
  ]
}
