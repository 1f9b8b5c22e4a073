import { afterEach, describe, expect, test } from 'vitest'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import { applications } from '../../src/models/application/kept.ts'
import type { ApplicationDocument } from '../../src/models/application/kept.ts'
import { consents } from '../../src/models/consent/kept.ts'
import { queueFlows } from '../../src/models/application/flows.ts'
import { stopped } from './stopped.ts'
import { createWorld, submission, worker } from './world.ts'
import type { World } from './world.ts'

const SITI = worker('siti', 'verifikator')
afterEach(() => armFailpoints(undefined))

/** Runs `work` once for every moment at which it can be stopped. */
async function atEveryMoment(round: (at: number) => Promise<boolean>): Promise<number> {
  let at = 0
  while (await round(at)) at += 1
  return at
}
async function stored(world: World): Promise<ApplicationDocument[]> {
  return applications(world.database).find().sort({ key: 1 }).lean<ApplicationDocument[]>()
}

describe('a process that stops before or after any write', () => {
  test('of a submission: tried again, or driven on by two sweepers at once, it takes one place', async () => {
    const world = await createWorld()
    let expected = 0
    const moments = await atEveryMoment(async (at) => {
      const one = submission('69900001')
      const crashed = await stopped(at, () => world.queue.submissions.submit(one))
      if (at % 2 === 0) await Promise.all([world.sweeper.round(), world.sweeper.round()])
      const again = await world.queue.submissions.submit(one)
      expected += 1
      expect(again).toMatchObject({ outcome: 'queued', position: expected })
      return crashed
    })
    // ticket, application, consent, V, tick, flow, key, settle: each before and after
    expect(moments).toBeGreaterThanOrEqual(12)
    await world.sweeper.round()
    const all = await stored(world)
    expect(all).toHaveLength(expected)
    expect(new Set(all.map((a) => a.key)).size).toBe(expected)
    expect(new Set(all.map((a) => a.ticket)).size).toBe(expected)
    // what was stated is there with each, and with nothing else
    const stated = await consents(world.database).find().lean()
    expect(stated.map(({ subject, ticket }) => `${subject} ${ticket}`).toSorted()).toEqual(
      all.map(({ _id, ticket }) => `${_id} ${ticket}`).toSorted(),
    )
    // no place of the round is lost either: rounds are full
    const places = all.map((a) => a.key!.split('|')).map(([S, , n]) => [Number(S), Number(n)])
    expect(places).toEqual(places.map((_, i) => [Math.floor(i / 5) * 1000, (i % 5) + 1]))
    expect(await queueFlows(world.database).countDocuments({ 'pending.0': { $exists: true } })).toBe(0)
  })
  test('of a correction: the second try takes the same place', async () => {
    const world = await createWorld()
    await atEveryMoment(async (at) => {
      const one = submission('69900002')
      await world.queue.submissions.submit(one)
      const held = (await world.queue.claims.take({ operator: SITI }))!
      const decision = {
        token: held.claim.token,
        operator: SITI,
        action: 'return',
        reasons: ['RR_INCOMPLETE'],
      } as const
      await world.queue.decisions.decide(one.draft, { ...decision, transactionId: 'b' })
      await world.settle()
      const fix = {
        application: one.draft,
        by: 'c',
        pupil: one.pupil,
        documents: [],
        findings: [],
        done: [],
        transactionId: 'f',
      }
      const crashed = await stopped(at, () => world.queue.submissions.resubmit(fix))
      await world.queue.submissions.resubmit(fix)
      await world.sweeper.round()
      const after = await world.queue.cases.get(one.draft)
      expect(after.history.map((e) => e.action)).toEqual(['submit', 'claim', 'return', 'resubmit'])
      expect(after.state).toBe('queued')
      await world.queue.schoolChanges.cancel({
        application: one.draft,
        by: { kind: 'coordinator', id: 'c' },
        parties: ['school'],
        transactionId: 'x',
      })
      return crashed
    })
  })
  test('of a decision and its relay: it happens once, is told at least once, and goes to work', async () => {
    const world = await createWorld()
    await atEveryMoment(async (at) => {
      const one = submission('69900003')
      await world.queue.submissions.submit(one)
      await world.settle()
      const held = (await world.queue.claims.take({ operator: SITI }))!
      const decision = { token: held.claim.token, operator: SITI, action: 'approve', transactionId: 'd' } as const
      const crashed = await stopped(at, async () => {
        await world.queue.decisions.decide(one.draft, decision)
        world.pass(5_000)
        await world.relay.round()
      })
      await world.queue.decisions.decide(one.draft, decision)
      // a relay that failed tries again after a while
      world.pass(10_000)
      await Promise.all([world.relay.round(), world.relay.round()])
      const after = await world.queue.cases.get(one.draft)
      expect(after.history.map((e) => e.action)).toEqual(['submit', 'claim', 'approve'])
      expect(after).toMatchObject({ stage: 'photo', state: 'queued' })
      const told = world.relayed
        .filter((r) => r.application === one.draft)
        .flatMap((r) => r.entries.map((e) => e.action))
      expect(new Set(told)).toEqual(new Set(['submit', 'claim', 'approve']))
      return crashed
    })
  })
  test('of a cancel: the second try forgives the school its rounds, too', async () => {
    const world = await createWorld()
    await world.queue.submissions.submit(submission('69900006'))
    await atEveryMoment(async (at) => {
      const dump = Array.from({ length: 11 }, () => submission('69900005'))
      for (const one of dump) await world.queue.submissions.submit(one)
      const cancel = (application: string) =>
        world.queue.schoolChanges.cancel({
          application,
          by: { kind: 'coordinator', id: 'c' },
          parties: ['school'],
          transactionId: `x-${application}`,
        })
      const [last, ...others] = dump.toReversed().map((one) => one.draft)
      for (const id of others) await cancel(id)
      const crashed = await stopped(at, () => cancel(last!))
      expect(await cancel(last!)).toMatchObject({ outcome: 'cancelled' })
      const flow = (await queueFlows(world.database).findById('69900005').lean())!
      expect(flow).toMatchObject({ F: 1000, bs: 0 })
      return crashed
    })
  })
  test('of a claim: the same request gets what it had claimed, and nothing else is held', async () => {
    const world = await createWorld()
    await atEveryMoment(async (at) => {
      await world.queue.submissions.submit(submission('69900004'))
      const ask = () => world.queue.claims.take({ operator: SITI, requestId: `r${at}` })
      const crashed = await stopped(at, ask)
      const claimed = (await ask())!
      expect((await world.queue.claims.heldBy('siti')).map((c) => c.id)).toEqual([claimed.id])
      const { token } = claimed.claim
      await world.queue.decisions.decide(claimed.id, {
        token,
        operator: SITI,
        action: 'approve',
        transactionId: `d${at}`,
      })
      return crashed
    })
  })
})
