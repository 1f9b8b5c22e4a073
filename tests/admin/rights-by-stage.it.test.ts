import { expect, test } from 'vitest'
import { mayRead, RIGHTS } from '../../src/admin/rights.ts'
import { isClaimStage, legalTargets, ROLES, STAGES } from '../../src/models/application.ts'
import type { Action, Role } from '../../src/models/application.ts'
import { applications } from '../../src/models/mongo/application-schema.ts'
import { testService } from './support/service.ts'

const TOKEN = 'token-rekaan'
/** For a supervisor: nobody holds it. */
const WAITING = { state: 'idle', attention: 'reject-proposed' }
const key = { transactionId: 'rekaan-1' }

/**
 * What is asked of an application whose claim one holds, and the action that it is. To renew a claim or give it back its
 * token is enough, which only a claim gives.
 */
const ACTS: Readonly<Record<string, (role: Role) => { action: Action; body: object }>> = {
  correct: () => ({ action: 'correct', body: { token: TOKEN, changes: { class: '6C' }, ...key } }),
  'decisions approve': () => ({ action: 'approve', body: { token: TOKEN, action: 'approve', ...key } }),
  'decisions return': () => ({
    action: 'return',
    body: { token: TOKEN, action: 'return', reasons: ['RR_PORTRAIT_BLURRED'], ...key },
  }),
  'decisions reject': (role) => ({
    action: role === 'supervisor' ? 'reject' : 'propose_reject',
    body: { token: TOKEN, action: 'reject', note: 'Uji coba', ...key },
  }),
  cancel: () => ({ action: 'cancel', body: { token: TOKEN, note: 'Uji coba', ...key } }),
  misprint: () => ({ action: 'misprint', body: { token: TOKEN, reason: 'Uji coba', ...key } }),
  'put-back': () => ({ action: 'put_back', body: key }),
  reject: () => ({ action: 'reject', body: { note: 'Uji coba', ...key } }),
  receive: () => ({ action: 'receive', body: key }),
}

test('role by role and stage by stage a route does what the two tables allow, and nothing else', async () => {
  const { database, submit, picture, operator, clock } = await testService()
  const document = await picture()
  const id = await submit([document])
  const model = applications(database)
  const stored = await model.findById(id).lean()
  for (const role of ROLES) {
    const call = await operator(`satu-${role}`, role)
    for (const stage of STAGES.filter((one) => one !== 'draft')) {
      const put = (change: object) => model.collection.replaceOne({ _id: id as never }, { ...stored, stage, ...change })
      const leaseUntil = new Date(clock.at.getTime() + 60_000)
      const held = isClaimStage(stage)
        ? { state: 'claimed', claim: { by: call.id, token: TOKEN, leaseUntil } }
        : { state: 'idle' }
      const found: unknown[] = []
      const wanted: unknown[] = []
      for (const [name, act] of Object.entries(ACTS)) {
        await put(['put-back', 'reject'].includes(name) ? WAITING : held)
        const { action, body } = act(role)
        const route = `POST /api/applications/:id/${name.split(' ')[0]}`
        const { status } = await call('POST', `/api/applications/${id}/${name.split(' ')[0]}`, { body })
        const mayCall = (RIGHTS[route]!.roles as readonly Role[]).includes(role)
        const legal = mayCall && legalTargets(stage, action, role).length > 0
        found.push([name, status < 300 ? 'done' : status])
        wanted.push([name, legal ? 'done' : mayCall ? expect.toSatisfy((code) => [403, 409].includes(code)) : 403])
      }
      if (isClaimStage(stage) && role !== 'loket') {
        await put({ state: 'queued' })
        const { status } = await call('POST', '/api/queue/claim', {
          body: { stages: [stage], requestId: `${role}-${stage}` },
        })
        found.push(['claim', status])
        wanted.push(['claim', legalTargets(stage, 'claim', role).length > 0 ? 200 : 403])
      }
      await put({ state: 'idle' })
      const { status } = await call('GET', `/api/applications/${id}/documents/${document.id}`)
      found.push(['document', status])
      wanted.push(['document', mayRead({ id: call.id, roles: [role] }, { stage }) ? 200 : 403])
      expect({ role, stage, found }).toEqual({ role, stage, found: wanted })
    }
  }
})
