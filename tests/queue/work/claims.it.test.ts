import { describe, expect, test } from 'vitest'
import { applications } from '../../../src/models/application/kept.ts'
import { SCHOOL_A, SCHOOL_B, createWorld, submission, worker } from '../world.ts'
import type { World } from '../world.ts'
import { SITI, refused } from './held.ts'

const BUDI = worker('budi', 'verifikator')

async function filled(count: number): Promise<{ world: World; ids: string[] }> {
  const world = await createWorld()
  const ids: string[] = []
  for (let i = 0; i < count; i++) {
    const one = submission(i % 3 === 0 ? SCHOOL_B : SCHOOL_A)
    await world.queue.submissions.submit(one)
  }
  for (;;) {
    const { items } = await world.queue.lists.page({ limit: 200, after: ids.at(-1) })
    if (items.length === 0) break
    ids.push(...items.map((item) => item.id))
  }
  return { world, ids }
}

describe('claiming', () => {
  test('64 claimers get every application once, in the order of service', async () => {
    const { world, ids } = await filled(128)
    const taken: { id: string; asked: number; got: number }[] = []
    let clock = 0
    await Promise.all(
      Array.from({ length: 64 }, async (_, i) => {
        const operator = worker(`operator-${i}`, 'verifikator')
        for (;;) {
          const asked = (clock += 1)
          const claimed = await world.queue.claims.take({ operator })
          if (!claimed) return
          taken.push({ id: claimed.id, asked, got: (clock += 1) })
          const { token } = claimed.claim
          await world.queue.decisions.decide(claimed.id, {
            token,
            operator,
            action: 'approve',
            transactionId: `t-${claimed.id}`,
          })
        }
      }),
    )
    expect(taken.map((o) => o.id).toSorted()).toEqual(ids.toSorted())
    const place = new Map(ids.map((id, i) => [id, i]))
    for (const one of taken) {
      const later = taken.filter((other) => other.asked > one.got)
      expect(later.every((other) => place.get(other.id)! > place.get(one.id)!)).toBe(true)
    }
  })
  test('follows the keys exactly when one claims after the other', async () => {
    const { world, ids } = await filled(24)
    const served: string[] = []
    for (;;) {
      const claimed = await world.queue.claims.take({ operator: SITI })
      if (!claimed) break
      served.push(claimed.id)
      const transactionId = `t-${claimed.id}`
      await world.queue.decisions.decide(claimed.id, {
        token: claimed.claim.token,
        operator: SITI,
        action: 'approve',
        transactionId,
      })
    }
    expect(served).toEqual(ids)
  })
  test('an operator holds one and one prefetched with a short lease, and no more', async () => {
    const { world } = await filled(4)
    const first = (await world.queue.claims.take({ operator: SITI }))!
    const second = (await world.queue.claims.take({ operator: SITI }))!
    expect(first.claim.leaseUntil.getTime() - world.now().getTime()).toBe(600_000)
    expect(second.claim).toMatchObject({ prefetch: true, leaseUntil: new Date(world.now().getTime() + 60_000) })
    expect(await refused(world.queue.claims.take({ operator: SITI }))).toBe('claim-limit')
    expect((await world.queue.claims.heldBy('siti')).map((c) => c.id)).toEqual([first.id, second.id])
    const decision = { token: first.claim.token, operator: SITI, action: 'approve', transactionId: 't' } as const
    await world.queue.decisions.decide(first.id, decision)
    const [now] = await world.queue.claims.heldBy('siti')
    expect(now).toMatchObject({ id: second.id, claim: { token: second.claim.token, prefetch: false } })
    expect((await world.queue.claims.take({ operator: SITI }))!.claim.prefetch).toBe(true)
  })
  test('after a release the prefetched one keeps its short lease, and goes back without a word about anybody', async () => {
    const { world } = await filled(3)
    const first = (await world.queue.claims.take({ operator: SITI }))!
    const second = (await world.queue.claims.take({ operator: SITI, ahead: true }))!
    await world.queue.claims.release(first.id, first.claim.token, 'RL_BREAK')
    expect(await world.queue.claims.heldBy('siti')).toMatchObject([{ id: second.id, claim: { prefetch: true } }])
    world.pass(60_000)
    await world.sweeper.round()
    expect(await world.queue.claims.heldBy('siti')).toEqual([])
    expect((await world.queue.cases.get(second.id)).history.at(-1)).toMatchObject({
      action: 'expire',
      by: { kind: 'system' },
    })
    expect((await world.queue.claims.take({ operator: SITI }))!.id).toBe(second.id)
  })
  test('many calls of one operator at once never give more than two', async () => {
    const { world } = await filled(10)
    const results = await Promise.all(
      Array.from({ length: 10 }, () => refused(world.queue.claims.take({ operator: SITI }))),
    )
    expect(results.filter((r) => r === 'claim-limit')).toHaveLength(8)
    expect(await world.queue.claims.heldBy('siti')).toHaveLength(2)
  })
  test('the same request gets the same answer, at once or later', async () => {
    const { world } = await filled(6)
    const ask = () => world.queue.claims.take({ operator: SITI, requestId: 'r1' })
    const both = await Promise.all([ask(), ask(), ask()])
    expect(new Set(both.map((c) => c?.claim.token)).size).toBe(1)
    const first = both[0]!
    await world.queue.decisions.decide(first.id, {
      token: first.claim.token,
      operator: SITI,
      action: 'approve',
      transactionId: 't',
    })
    expect(await ask()).toMatchObject({ id: first.id, claim: { token: first.claim.token } })
    expect((await world.queue.claims.take({ operator: BUDI, requestId: 'r1' }))!.id).not.toBe(first.id)
    const empty = await createWorld()
    expect(await empty.queue.claims.take({ operator: SITI, requestId: 'r1' })).toBeNull()
  })
  test('a request whose case has gone on to others never gets a second one, nor the same one once more', async () => {
    const { world } = await filled(3)
    const ask = () => world.queue.claims.take({ operator: SITI, requestId: 'r1' })
    const first = (await ask())!
    await world.queue.claims.release(first.id, first.claim.token, 'RL_BREAK')
    const other = (await world.queue.claims.take({ operator: BUDI, requestId: 'r2' }))!
    expect(other.id).toBe(first.id)
    expect(await ask()).toMatchObject({ id: first.id, claim: { token: first.claim.token }, ended: true })
    await world.queue.claims.release(other.id, other.claim.token, 'RL_BREAK')
    world.pass(30 * 60_000)
    await world.sweeper.round()
    // it waits again, and first: still the old answer
    expect(await ask()).toMatchObject({ id: first.id, claim: { token: first.claim.token }, ended: true })
    expect(await world.queue.claims.heldBy('siti')).toEqual([])
    expect((await world.queue.claims.take({ operator: SITI, requestId: 'r3' }))?.id).toBe(first.id)
    expect(await ask()).toMatchObject({ id: first.id, claim: { token: first.claim.token }, ended: true })
    const series = () => world.queue.claims.takeSeries({ operator: BUDI, count: 2, requestId: 's' })
    const taken = await series()
    for (const { id, claim } of taken) await world.queue.claims.release(id, claim.token, 'RL_BREAK')
    for (const name of ['a', 'b'])
      expect(await world.queue.claims.take({ operator: worker(name, 'verifikator'), requestId: name })).not.toBeNull()
    expect((await series()).map((one) => one.claim.token)).toEqual(taken.map((one) => one.claim.token))
    expect(await world.queue.claims.heldBy('budi')).toEqual([])
  })
  test('a series is claimed with empty hands, all of it with a whole lease, and again the same', async () => {
    const { world, ids } = await filled(9)
    const series = await world.queue.claims.takeSeries({ operator: SITI, count: 5, requestId: 's' })
    expect(series.map((c) => c.id)).toEqual(ids.slice(0, 5))
    expect(series.every((c) => c.claim.leaseUntil.getTime() - world.now().getTime() === 600_000)).toBe(true)
    const again = await world.queue.claims.takeSeries({ operator: SITI, count: 5, requestId: 's' })
    expect(again.map((c) => c.claim.token)).toEqual(series.map((c) => c.claim.token))
    expect(await refused(world.queue.claims.takeSeries({ operator: SITI, count: 5 }))).toBe('claim-limit')
    for (const { id, claim } of series.slice(0, 3)) {
      await world.queue.decisions.decide(id, {
        token: claim.token,
        operator: SITI,
        action: 'approve',
        transactionId: `t${id}`,
      })
      expect(await refused(world.queue.claims.take({ operator: SITI }))).toBe('claim-limit')
    }
    expect((await world.queue.claims.heldBy('siti')).map((c) => c.id)).toEqual(ids.slice(3, 5))
  })
  test('only stages of the operator’s roles are worked', async () => {
    const { world } = await filled(1)
    expect(await world.queue.claims.take({ operator: worker('foto', 'foto') })).toBeNull()
    expect(await refused(world.queue.claims.take({ operator: worker('loket', 'loket') }))).toBe('forbidden')
    expect(await refused(world.queue.claims.take({ operator: SITI, stages: ['printing'] }))).toBe('forbidden')
    expect(await world.queue.claims.take({ operator: worker('kepala') })).not.toBeNull()
  })
  test('is one operation, with its history entry in it', async () => {
    const { world, ids } = await filled(1)
    const claimed = (await world.queue.claims.take({ operator: SITI }))!
    expect(claimed.history.at(-1)).toMatchObject({ seq: 2, action: 'claim', by: { kind: 'operator', id: 'siti' } })
    expect(world.events.at(-1)).toMatchObject({ application: ids[0], action: 'claim', state: 'claimed' })
  })
})

describe('a claim', () => {
  test('that is released keeps its place, and goes to somebody else', async () => {
    const { world, ids } = await filled(3)
    const held = (await world.queue.claims.take({ operator: SITI }))!
    expect(await refused(world.queue.claims.release(held.id, held.claim.token, 'because'))).toBe('invalid')
    await world.queue.claims.release(held.id, held.claim.token, 'RL_OWN_FAMILY')
    expect((await world.queue.cases.placeOf(held.id)).position).toBe(1)
    expect((await world.queue.claims.take({ operator: SITI }))!.id).toBe(ids[1])
    expect((await world.queue.claims.take({ operator: BUDI }))!.id).toBe(ids[0])
    expect(await refused(world.queue.claims.release(held.id, held.claim.token, 'RL_BREAK'))).toBe('claim-lost')
  })
  test('comes back to whoever released it after half an hour', async () => {
    const { world } = await filled(1)
    const held = (await world.queue.claims.take({ operator: SITI }))!
    await world.queue.claims.release(held.id, held.claim.token, 'RL_BREAK')
    await world.sweeper.round()
    expect(await world.queue.claims.take({ operator: SITI })).toBeNull()
    world.pass(30 * 60_000)
    await world.sweeper.round()
    expect((await world.queue.claims.take({ operator: SITI }))!.id).toBe(held.id)
  })
  test('that is released for the third time is on the supervisors’ list', async () => {
    const { world } = await filled(1)
    for (const name of ['a', 'b', 'c']) {
      expect(await world.queue.lists.attention({ limit: 10 })).toEqual({ total: 0, items: [] })
      const held = (await world.queue.claims.take({ operator: worker(name, 'verifikator') }))!
      await world.queue.claims.release(held.id, held.claim.token, 'RL_OTHER')
    }
    expect(await world.queue.lists.attention({ limit: 10 })).toMatchObject({
      total: 1,
      items: [{ attention: 'released-often', state: 'queued' }],
    })
  })
  test('ends with its lease by the sweeper, and a late writer is refused', async () => {
    const { world } = await filled(2)
    const held = (await world.queue.claims.take({ operator: SITI }))!
    world.pass(599_000)
    await world.queue.claims.renew(held.id, held.claim.token)
    world.pass(599_000)
    await world.sweeper.round()
    expect(await world.queue.claims.heldBy('siti')).toHaveLength(1)
    world.pass(1_000)
    await Promise.all([world.sweeper.round(), world.sweeper.round()])
    expect((await world.queue.cases.get(held.id)).history.filter((e) => e.action === 'expire')).toHaveLength(1)
    const late = { token: held.claim.token, operator: SITI, action: 'approve', transactionId: 't' } as const
    expect(await refused(world.queue.decisions.decide(held.id, late))).toBe('claim-lost')
    expect(await refused(world.queue.claims.renew(held.id, held.claim.token))).toBe('claim-lost')
    expect(await refused(world.queue.claims.renew('nothing', 'x'))).toBe('not-found')
    expect((await world.queue.claims.take({ operator: BUDI }))!.id).toBe(held.id)
  })
  test('is taken back by a supervisor only', async () => {
    const { world } = await filled(1)
    const held = (await world.queue.claims.take({ operator: SITI }))!
    expect(await refused(world.queue.claims.takeBack(held.id, BUDI, 'pulang'))).toBe('forbidden')
    await world.queue.claims.takeBack(held.id, worker('kepala'), 'pulang')
    expect(await world.queue.claims.heldBy('siti')).toEqual([])
    expect((await world.queue.cases.get(held.id)).history.at(-1)).toMatchObject({ action: 'release', note: 'pulang' })
    expect(await refused(world.queue.claims.takeBack(held.id, worker('kepala'), 'pulang'))).toBe('conflict')
    // nor given back to whoever lost it by a console that was about to claim ahead
    expect(await world.queue.claims.take({ operator: SITI })).toBeNull()
    expect((await world.queue.claims.take({ operator: BUDI }))?.id).toBe(held.id)
  })

  test('goes from its holder to a colleague who works the stage, at once, with the reason and beside what they hold', async () => {
    const { world } = await filled(4)
    const kepala = worker('kepala', 'supervisor')
    const held = (await world.queue.claims.take({ operator: SITI }))!
    const ahead = (await world.queue.claims.take({ operator: SITI }))!
    const own = (await world.queue.claims.take({ operator: BUDI }))!
    const how = { supervisor: kepala, to: BUDI, note: 'Siti sakit', transactionId: 'r' }
    const give = (other: Partial<typeof how> = {}) => world.queue.supervision.reassign(held.id, { ...how, ...other })
    expect(await refused(give({ supervisor: BUDI }))).toBe('forbidden')
    expect(await refused(give({ to: worker('fajar', 'foto') }))).toBe('invalid')
    expect(await refused(give({ note: ' ' }))).toBe('invalid')
    expect(await refused(give({ to: SITI }))).toBe('conflict')

    const given = await give()
    expect(given.history.at(-1)).toMatchObject({ action: 'reassign', by: { id: 'kepala' }, holder: 'budi' })
    expect(given.history.at(-1)?.note).toBe('Siti sakit')
    expect((await give()).rev).toBe(given.rev)
    expect((await world.queue.claims.heldBy('budi')).map(({ id }) => id).toSorted()).toEqual(
      [held.id, own.id].toSorted(),
    )
    // what Siti has ahead is hers to go on with
    expect(await world.queue.claims.heldBy('siti')).toMatchObject([{ id: ahead.id, claim: { n: 0 } }])
    expect(await refused(world.queue.claims.renew(held.id, held.claim.token))).toBe('claim-lost')
    const token = given.claim?.token ?? ''
    await world.queue.decisions.decide(held.id, { token, operator: BUDI, action: 'approve', transactionId: 't' })
    expect(await refused(give({ to: worker('wakil', 'supervisor'), transactionId: 'late' }))).toBe('conflict')
  })

  test('that supervisors take back from themselves comes to them again', async () => {
    const { world } = await filled(1)
    const kepala = worker('kepala', 'supervisor')
    const held = (await world.queue.claims.take({ operator: kepala }))!
    await world.queue.claims.takeBack(held.id, kepala, 'salah tekan')
    expect((await world.queue.claims.take({ operator: kepala }))?.id).toBe(held.id)
  })
})

test('the virtual time follows first claims, is repaired from them, and a move to the front does not carry it', async () => {
  const { world, ids } = await filled(30)
  const last = ids.at(-1)!
  await world.queue.supervision.moveToFront(last, {
    supervisor: worker('kepala'),
    note: 'mutasi besok',
    transactionId: 'm',
  })
  expect((await world.queue.claims.take({ operator: SITI }))!.id).toBe(last)
  await world.queue.close()
  expect(await world.queue.cases.servedRound()).toBe(1)
  const later = ids[20]!
  await applications(world.database).updateOne({ _id: later }, { $set: { served: true } })
  await world.queue.places.repair()
  const { start } = (await applications(world.database).findById(later).lean())!
  expect(await world.queue.cases.servedRound()).toBe(Math.floor(start! / 1000) + 1)
})
