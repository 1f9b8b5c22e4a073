import { expect, test } from 'vitest'
import { findingId } from '../../src/admin/views/findings.ts'
import { mayCall, RIGHTS } from '../../src/admin/rights.ts'
import { isClaimStage, STAGES } from '../../src/models/application/application.ts'
import { ROLES } from '../../src/models/application/transitions.ts'
import type { Stage } from '../../src/models/application/application.ts'
import type { Role } from '../../src/models/application/transitions.ts'
import { applications } from '../../src/models/application/kept.ts'
import { shareOf } from '../support/share.ts'
import { actsOf, DECISION, EDIT, FINDING, TOKEN } from './support/acts.ts'
import type { Situation } from './support/acts.ts'
import { testService } from './support/service.ts'
import type { Call } from './support/service.ts'

const ABOUT_ONE = /^\w+ \/api\/(?:applications\/:id(?:\/.*)?|queue\/claim|handovers|portrait-sheets)$/
type Operator = Call & { id: string }

/** For each role an operator with an application, all of one school. */
async function setUp() {
  // how a portrait is drawn is not what is asked here
  const { database, sealer, picture, submit, operator, clock } = await testService({}, async ({ bytes }) => bytes)
  const certificate = { ...(await picture()), findings: [FINDING] }
  const portrait = await picture('portrait')
  const finding = findingId(sealer, FINDING)
  const colleague = (await operator('rekan', 'supervisor')).id
  const operators = new Map<Role, Operator>()
  for (const role of ROLES) operators.set(role, await operator(`satu-${role}`, role))
  const model = applications(database)
  const until = new Date(clock.at.getTime() + 60_000)

  async function desk(role: Role, call: Operator) {
    const [id, other] = [await submit([certificate, portrait]), await submit()]
    const { ticket, ...stored } = (await model.findById(id).lean())!
    const neighbour = await model.findById(other).lean()
    const kept = {
      ...stored,
      portrait: { document: portrait.id, edit: EDIT },
      // a claim is for this operator alone
      skip: [...operators.values()].filter((one) => one !== call).map((one) => ({ by: one.id, until })),
    }
    const situations: Record<Situation, (stage: Stage) => object> = {
      idle: () => ({ state: 'idle' }),
      queued: () => ({ state: 'queued' }),
      held: (stage) =>
        isClaimStage(stage)
          ? { state: 'claimed', claim: { by: call.id, token: TOKEN, leaseUntil: until } }
          : { state: 'idle' },
      proposed: () => ({ state: 'idle', attention: 'reject-proposed' }),
      // an undo is of the stage that it restores, wherever the decision has led
      decided: (stage) => {
        const decision = { seq: stored.seq, transactionId: DECISION, by: call.id, stage, token: TOKEN, until }
        return { state: 'idle', stage: 'returned', undo: { ...decision, restore: { stageAt: stored.stageAt } } }
      },
    }
    return {
      role,
      call,
      acts: actsOf({ id, other, colleague, finding, certificate, portrait }),
      urlOf: (pattern: string) => pattern.replace(':id', id).replace(':documentId', certificate.id),
      /** As it was submitted, but in this stage and situation; a draft has no ticket yet. */
      put: (stage: Stage, situation: Situation) =>
        model.collection.replaceOne(
          { _id: id as never },
          { ...kept, ...(stage === 'draft' ? {} : { ticket }), stage, ...situations[situation](stage) },
        ),
      putOther: (stage: Stage) =>
        model.collection.replaceOne({ _id: other as never }, { ...neighbour, stage, state: 'idle' }),
    }
  }
  const desks = []
  for (const [role, call] of operators) desks.push(await desk(role, call))
  await model.updateMany({}, { state: 'idle' })
  return desks
}

// hundreds of calls: on a busy machine they take a minute
test('role by role and stage by stage a route does what the two tables allow, and nothing else', async () => {
  const desks = await setUp()
  const outcomes = new Map<string, Set<string>>()
  // side by side, since most of the time is waiting for the store
  await Promise.all(
    desks.map(async ({ role, call, acts, urlOf, put, putOther }) => {
      const bySituation = acts.toSorted((a, b) => a.situation.localeCompare(b.situation))
      for (const stage of STAGES) {
        await putOther(stage)
        let lies: Situation | undefined
        const found: unknown[] = []
        const wanted: unknown[] = []
        for (const [place, act] of bySituation.entries()) {
          const { row, name, situation, body, query = '', may, needless, done, refused } = act
          // that a reason opens it turns on no stage: in each a share of the roles is asked
          const asked = shareOf(ROLES, place + STAGES.indexOf(stage))
          if (needless && (needless(role, stage) || !asked.includes(role))) continue
          // what is refused or only read leaves it as it lay
          if (lies !== situation) await put(stage, situation)
          const [method, pattern] = row.split(' ') as [string, string]
          const answer = await call(method, `${urlOf(pattern)}${query}`, body && { body })
          const outcome = answer.status < 300 && (done?.(answer) ?? true) ? 'done' : 'refused'
          lies = outcome === 'done' && method !== 'GET' ? undefined : situation
          outcomes.set(name, (outcomes.get(name) ?? new Set()).add(outcome))
          found.push([name, outcome === 'done' ? outcome : answer.status])
          const named = mayCall(RIGHTS[row]!, [role])
          const codes = named ? refused(stage) : [403]
          wanted.push([name, named && may(role, stage) ? 'done' : expect.toSatisfy((code) => codes.includes(code))])
        }
        expect({ role, stage, found }).toEqual({ role, stage, found: wanted })
      }
    }),
  )
  // an act that was never done, or never refused, would prove nothing
  for (const [name, both] of outcomes)
    expect({ name, both: [...both].toSorted() }).toEqual({ name, both: ['done', 'refused'] })
}, 180_000)

test('a route about one application that is not walked is missed', () => {
  const file = { id: 'x', kind: 'portrait', page: 1, mediaType: 'x', blob: 'x', at: new Date(), findings: [] } as const
  const walked = actsOf({ id: 'x', other: 'x', colleague: 'x', finding: 'x', certificate: file, portrait: file })
  // whatever acts on one is about one, by whatever path
  const rows = Object.entries(RIGHTS).flatMap(([row, { acts }]) => (acts || ABOUT_ONE.test(row) ? row : []))
  expect([...new Set(walked.map(({ row }) => row))].toSorted()).toEqual(rows.toSorted())
})
