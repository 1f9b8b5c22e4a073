import { describe, expect, test } from 'vitest'
import type { Claimed } from '../../src/queue/work/claims.ts'
import { SCHOOL_A, SCHOOL_B, createWorld, paper, submission, worker } from './world.ts'
import type { World } from './world.ts'

async function claimed(world: World, id = 'siti', ...roles: Parameters<typeof worker>[1][]): Promise<Claimed> {
  const claim = await world.queue.claims.take({ operator: worker(id, ...roles) })
  if (!claim) throw new Error('nothing waits')
  return claim
}

describe('submitting', () => {
  test('gives a ticket, a position and a round, and the application waits in verification', async () => {
    const world = await createWorld()
    const first = await world.queue.submissions.submit(submission(SCHOOL_A))
    expect(first).toMatchObject({ outcome: 'queued', position: 1, round: 1 })
    const second = await world.queue.submissions.submit(submission(SCHOOL_A))
    expect(second).toMatchObject({ outcome: 'queued', position: 2 })
    const { items, total } = await world.queue.lists.page({ limit: 50 })
    expect(items.map((i) => [i.id, i.position, i.state])).toEqual([
      [(first as { application: string }).application, 1, 'queued'],
      [(second as { application: string }).application, 2, 'queued'],
    ])
    expect(total).toBe(2)
  })
  test('again with the same transaction takes no second place', async () => {
    const world = await createWorld()
    const once = submission(SCHOOL_A)
    const first = await world.queue.submissions.submit(once)
    expect(await world.queue.submissions.submit(once)).toEqual(first)
    expect((await world.queue.lists.page({ limit: 50 })).items).toHaveLength(1)
  })
  test('twice at once is one application, and both hear of its ticket', async () => {
    const world = await createWorld()
    for (let i = 0; i < 20; i++) {
      const once = submission(SCHOOL_A)
      const [first, ...others] = await Promise.all([1, 2, 3].map(() => world.queue.submissions.submit(once)))
      expect(first).toMatchObject({ outcome: 'queued' })
      for (const other of others) expect(other).toMatchObject({ outcome: 'queued', ticket: first!.ticket })
    }
  })
  test('keeps the draft’s id and takes its answers away', async () => {
    const world = await createWorld()
    const next = submission(SCHOOL_A)
    const { draft, coordinator, chat, npsn } = next
    const at = world.now()
    const saved = await world.queue.drafts.save({
      draft,
      coordinator,
      chat,
      npsn,
      step: 'name',
      answers: { a: 1 },
      files: [],
      at,
      turn: 1,
    })
    expect(saved).toBe(true)
    expect(await world.queue.drafts.of(coordinator)).toMatchObject([{ id: draft, step: 'name', answers: { a: 1 } }])
    await world.queue.submissions.submit(next)
    expect(await world.queue.drafts.of(coordinator)).toEqual([])
    const late = { draft, coordinator, chat, npsn, step: 'x', answers: {}, files: [], at, turn: 2 }
    expect(await world.queue.drafts.save(late)).toBe(false)
    await world.queue.drafts.discard(draft)
    expect(await world.queue.cases.get(draft)).toMatchObject({ stage: 'verification', pupil: next.pupil })
  })
  test('a draft is not set back by a late replay of an earlier turn of its chat', async () => {
    const world = await createWorld()
    const { draft, coordinator, chat, npsn } = submission(SCHOOL_A)
    const saved = (turn: number, of = chat) =>
      world.queue.drafts.save({
        draft,
        coordinator,
        chat: of,
        npsn,
        step: 'name',
        answers: { turn },
        files: [],
        // clocks of two processes need not agree: the turn's number decides
        at: new Date(world.now().getTime() - turn * 1000),
        turn,
      })
    expect([await saved(1), await saved(2), await saved(2), await saved(1)]).toEqual([true, true, true, false])
    expect(await world.queue.drafts.of(coordinator)).toMatchObject([{ answers: { turn: 2 } }])
    // the substitute's chat counts its own turns
    expect(await saved(1, 'chat-of-the-substitute')).toBe(true)
  })
  test('a draft stays of its school, and is submitted for it, whoever was moved meanwhile', async () => {
    const world = await createWorld()
    const begun = submission(SCHOOL_A)
    const { draft, coordinator, chat } = begun
    const saved = (npsn: string, turn: number) =>
      world.queue.drafts.save({
        draft,
        coordinator,
        chat,
        npsn,
        turn,
        step: 'name',
        answers: { turn },
        files: [],
        at: world.now(),
      })
    await saved(SCHOOL_A, 1)
    await saved(SCHOOL_B, 2)
    expect(await world.queue.drafts.of(coordinator)).toMatchObject([{ npsn: SCHOOL_A, answers: { turn: 2 } }])
    await world.queue.submissions.submit({ ...begun, npsn: SCHOOL_B })
    expect((await world.queue.lists.page({ limit: 50 })).items).toMatchObject([{ npsn: SCHOOL_A }])
  })
  test('the same pupil and reason at the same school is named as a duplicate, at another school it is a finding', async () => {
    const world = await createWorld()
    const first = submission(SCHOOL_A)
    const queued = await world.queue.submissions.submit(first)
    const again = await world.queue.submissions.submit(submission(SCHOOL_A, { pupil: first.pupil }))
    expect(again).toEqual({
      outcome: 'duplicate',
      application: first.draft,
      ticket: queued.ticket,
      stage: 'verification',
    })
    const elsewhere = submission(SCHOOL_B, { pupil: first.pupil })
    expect(await world.queue.submissions.submit(elsewhere)).toMatchObject({ outcome: 'queued' })
    expect((await world.queue.cases.get(elsewhere.draft)).findings).toMatchObject([{ code: 'NIK_ELSEWHERE' }])
  })
  test('that only the school says that a parent agreed is no finding, unless the office wants it to be one', async () => {
    const { queue, office } = await createWorld((file) => structuredClone(file))
    const one = submission(SCHOOL_A)
    await queue.submissions.submit(one)
    expect((await queue.cases.get(one.draft)).findings).toEqual([])
    office.consents.schoolOnly = 'note'
    const noted = submission(SCHOOL_A)
    await queue.submissions.submit(noted)
    expect((await queue.cases.get(noted.draft)).findings).toEqual([{ code: 'CONSENT_SCHOOL_ONLY', severity: 'note' }])
  })
})

describe('the whole way', () => {
  test('plain approvals lead from verification to ready, and each stage opens once undo is over', async () => {
    const world = await createWorld()
    const one = submission(SCHOOL_A)
    await world.queue.submissions.submit(one)
    for (const stage of ['verification', 'photo', 'siak_entry', 'printing']) {
      const claim = await claimed(world)
      expect(claim.stage).toBe(stage)
      const operator = worker('siti')
      const transactionId = `approve-${stage}`
      const after = await world.queue.decisions.decide(claim.id, {
        token: claim.claim.token,
        operator,
        action: 'approve',
        transactionId,
      })
      expect(after.state).toBe('idle')
      expect(await world.queue.claims.take({ operator })).toBeNull()
      await world.settle()
    }
    expect(await world.queue.cases.get(one.draft)).toMatchObject({ stage: 'ready', state: 'idle', claim: null })
    const operator = worker('loket', 'loket')
    await world.queue.cards.handOver([one.draft], { operator, transactionId: 'h' })
    const by = { kind: 'coordinator' as const, id: one.coordinator }
    const received = await world.queue.cards.receive(one.draft, { by, parties: ['school'], transactionId: 'r' })
    expect(received.stage).toBe('received')
    expect(received.history.map((e) => e.seq)).toEqual(received.history.map((_, i) => i + 1))
    expect(received.history.map((e) => e.action)).toEqual([
      'submit',
      ...['verification', 'photo', 'siak_entry', 'printing'].flatMap(() => ['claim', 'approve']),
      'hand_over',
      'receive',
    ])
  })
  test('a returned application comes back with its ticket and one round of credit', async () => {
    const world = await createWorld()
    const one = submission(SCHOOL_A)
    const { ticket } = await world.queue.submissions.submit(one)
    for (let i = 0; i < 12; i++) await world.queue.submissions.submit(submission(SCHOOL_B))
    const claim = await claimed(world)
    const operator = worker('siti')
    const decision = {
      token: claim.claim.token,
      operator,
      action: 'return',
      reasons: ['RR_FAMILY_CARD_CUT'],
      note: 'Kiri terpotong',
      transactionId: 't',
    } as const
    const returned = await world.queue.decisions.decide(claim.id, decision)
    expect(returned).toMatchObject({
      stage: 'returned',
      returnReasons: ['RR_FAMILY_CARD_CUT'],
      returnNote: 'Kiri terpotong',
    })
    await world.settle()
    const fresh = paper('family_card', 'again')
    const correction = {
      application: one.draft,
      by: one.coordinator,
      pupil: { ...one.pupil, name: 'Anak Rekaan Baru' },
      documents: [fresh],
      findings: [],
      done: [],
      transactionId: 'fix',
    }
    const back = await world.queue.submissions.resubmit(correction)
    expect(back).toMatchObject({ outcome: 'queued', ticket, position: 6 })
    expect(await world.queue.submissions.resubmit(correction)).toEqual(back)
    await world.settle()
    expect((await world.queue.lists.page({ limit: 50 }, { corrected: true })).items.map((row) => row.id)).toEqual([
      one.draft,
    ])
    const now = await world.queue.cases.get(one.draft)
    expect(now).toMatchObject({ stage: 'verification', returnReasons: [], returnNote: null })
    expect(now.history.at(-1)).toMatchObject({ before: { name: one.pupil.name }, after: { name: 'Anak Rekaan Baru' } })
  })
})
