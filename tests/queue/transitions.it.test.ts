import { expect, test } from 'vitest'
import { CLAIM_STAGES, STAGES, isClaimStage } from '../../src/models/application/application.ts'
import { ACTIONS, ROLES, legalTargets } from '../../src/models/application/transitions.ts'
import type { Stage } from '../../src/models/application/application.ts'
import type { Action, Party } from '../../src/models/application/transitions.ts'
import { Refusal } from '../../src/models/store/errors.ts'
import { applications } from '../../src/models/application/kept.ts'
import { entriesOf } from '../../src/models/application/history.ts'
import type { ApplicationDocument } from '../../src/models/application/kept.ts'
import { SCHOOL_A, createWorld, paper, submission } from './world.ts'
import type { World } from './world.ts'

const OPERATOR = 'operator'
const TOKEN = 'token'
const PARTIES: readonly Party[] = [...ROLES, 'school', 'system']

/** How a party asks the queue for an action; undefined where there is no way to even ask. */
type Ask = (world: World, one: ApplicationDocument, party: Party, transactionId: string) => Promise<unknown> | undefined
const byOperator =
  (
    ask: (
      world: World,
      one: ApplicationDocument,
      party: Exclude<Party, 'school' | 'system'>,
      t: string,
    ) => Promise<unknown>,
  ): Ask =>
  (world, one, party, t) =>
    party === 'school' || party === 'system' ? undefined : ask(world, one, party, t)
const bySchool =
  (ask: (world: World, one: ApplicationDocument, t: string) => Promise<unknown>): Ask =>
  (world, one, party, t) =>
    party === 'school' ? ask(world, one, t) : undefined
const decide = (action: 'approve' | 'return' | 'reject') =>
  byOperator((world, one, role, transactionId) =>
    world.queue.decisions.decide(one._id, {
      token: TOKEN,
      operator: { id: OPERATOR, roles: [role] },
      action,
      reasons: ['RR_INCOMPLETE'],
      transactionId,
    }),
  )

const ASKS: Partial<
  Record<Action, { ask: Ask; state?: 'queued' | 'idle'; set?: (one: ApplicationDocument) => object }>
> = {
  claim: {
    state: 'queued',
    ask: byOperator(async (world, one, role) => {
      const claimed = await world.queue.claims.take({ operator: { id: `${one.stage}-${role}`, roles: [role] } })
      if (!claimed) throw new Refusal('not-found', 'nothing waits')
    }),
  },
  approve: { ask: decide('approve') },
  return: { ask: decide('return') },
  reject: {
    ask: (world, one, party, t) => (party === 'supervisor' ? decide('reject')(world, one, party, t) : undefined),
  },
  propose_reject: {
    ask: (world, one, party, t) => (party === 'supervisor' ? undefined : decide('reject')(world, one, party, t)),
  },
  put_back: {
    state: 'idle',
    set: () => ({ attention: 'reject-proposed' }),
    ask: byOperator((world, one, role, t) =>
      world.queue.decisions.putBack(one._id, { id: OPERATOR, roles: [role] }, 'lihat lagi', t),
    ),
  },
  correct: {
    ask: byOperator((world, one, role, transactionId) =>
      world.queue.corrections.pupil(one._id, {
        token: TOKEN,
        operator: { id: OPERATOR, roles: [role] },
        changes: { class: transactionId },
        transactionId,
      }),
    ),
  },
  undo: {
    state: 'idle',
    set: (one) => ({
      undo: {
        seq: one.seq,
        transactionId: 'decided',
        by: OPERATOR,
        stage: one.stage,
        token: TOKEN,
        until: new Date('2100-01-01'),
        restore: {},
      },
    }),
    ask: byOperator((world, one, role) => world.queue.undo(one._id, { id: OPERATOR, roles: [role] }, 'decided')),
  },
  move_front: {
    state: 'queued',
    ask: byOperator((world, one, role, transactionId) =>
      world.queue.supervision.moveToFront(one._id, {
        supervisor: { id: OPERATOR, roles: [role] },
        note: 'mutasi',
        transactionId,
      }),
    ),
  },
  reassign: {
    ask: byOperator((world, one, role, transactionId) =>
      world.queue.supervision.reassign(one._id, {
        supervisor: { id: OPERATOR, roles: [role] },
        to: { id: 'rekan', roles: ['supervisor'] },
        note: 'sakit',
        transactionId,
      }),
    ),
  },
  misprint: {
    ask: byOperator((world, one, role, transactionId) =>
      world.queue.cards.misprint(one._id, {
        token: TOKEN,
        operator: { id: OPERATOR, roles: [role] },
        reason: 'pita',
        transactionId,
      }),
    ),
  },
  hand_over: {
    ask: byOperator(async (world, one, role, transactionId) => {
      const [result] = await world.queue.cards.handOver([one._id], {
        operator: { id: OPERATOR, roles: [role] },
        transactionId,
      })
      if (!result?.done) throw new Refusal('forbidden', 'not handed over')
    }),
  },
  receive: {
    ask: (world, one, party, transactionId) =>
      world.queue.cards.receive(one._id, { by: { kind: 'operator', id: OPERATOR }, parties: [party], transactionId }),
  },
  cancel: {
    state: 'queued',
    ask: (world, one, party, transactionId) => {
      const kind = party === 'school' ? 'coordinator' : party === 'system' ? 'system' : 'operator'
      return world.queue.schoolChanges.cancel({
        application: one._id,
        by: { kind, id: 'who' },
        parties: [party],
        transactionId,
      })
    },
  },
  request: {
    ask: bySchool((world, one, transactionId) =>
      world.queue.schoolChanges.attach({
        application: one._id,
        by: 'c',
        documents: [paper('letter', 'x')],
        transactionId,
      }),
    ),
  },
  attach: {
    state: 'queued',
    // beyond verification the same call is a request, asked for above
    ask: (world, one, party, transactionId) =>
      party === 'school' && (one.stage === 'verification' || !isClaimStage(one.stage))
        ? world.queue.schoolChanges.attach({ application: one._id, by: 'c', documents: [], transactionId })
        : undefined,
  },
  resubmit: {
    ask: bySchool((world, one, transactionId) => {
      const pupil = { name: 'Anak Rekaan', nik: '6311060107150001', birthDate: '2015-07-01' }
      return world.queue.submissions.resubmit({
        application: one._id,
        by: 'c',
        pupil,
        documents: [],
        findings: [],
        done: [],
        transactionId,
      })
    }),
  },
}

test('the queue does what the transition table says, and refuses all the rest without a trace', async () => {
  const world = await createWorld()
  const first = submission(SCHOOL_A)
  await world.queue.submissions.submit(first)
  const model = applications(world.database)
  const blank = (await model.findById(first.draft).lean<ApplicationDocument>())!
  const claim = { by: OPERATOR, token: TOKEN, leaseUntil: new Date('2100-01-01') }
  let asked = 0
  const wrong: string[] = []

  async function at(
    stage: Stage,
    how: { state?: string; set?: (one: ApplicationDocument) => object },
  ): Promise<ApplicationDocument> {
    const worked = isClaimStage(stage)
    const state = how.state ?? (worked ? 'claimed' : 'idle')
    const one = { ...blank, stage, state: worked ? state : 'idle' } as ApplicationDocument
    const whole = { ...one, ...(one.state === 'claimed' ? { claim } : {}), ...how.set?.(one) }
    await model.collection.replaceOne({ _id: one._id as never }, whole as never)
    return one
  }

  for (const [action, how] of Object.entries(ASKS)) {
    for (const stage of STAGES) {
      let one = await at(stage, how)
      for (const party of PARTIES) {
        const asking = how.ask(world, one, party, `t${(asked += 1)}`)
        if (!asking) continue
        const refusal = await asking.then(
          () => undefined,
          (error: unknown) => {
            if (error instanceof Refusal) return error.kind
            throw error
          },
        )
        const after = (await model.findById(one._id).lean<ApplicationDocument>())!
        const targets = legalTargets(stage, action as Action, party)
        const name = `${stage} ${action} by ${party}`
        if (refusal === undefined) {
          const entry = entriesOf(after).at(-1)!
          const done = entry.action === action && targets.includes(after.stage) && entry.seq === one.seq + 1
          if (!done) wrong.push(`${name}: done, though not as the table says`)
          one = await at(stage, how)
        } else {
          if (targets.length > 0) wrong.push(`${name}: refused (${refusal})`)
          if (after.rev !== one.rev) wrong.push(`${name}: refused, but written`)
        }
      }
    }
  }
  expect(wrong).toEqual([])
  expect(asked).toBeGreaterThan(600)
})

test('every action of the table is asked for above, or belongs to a sweeper or the holder of a token', () => {
  const others: Action[] = ['submit', 'release', 'expire', 'remind', 'purge']
  expect([...Object.keys(ASKS), ...others].toSorted()).toEqual([...ACTIONS].toSorted())
  expect(CLAIM_STAGES.every((stage) => legalTargets(stage, 'expire', 'system').length === 1)).toBe(true)
})
