import { afterEach, expect, test } from 'vitest'
import { armFailpoints } from '../../../src/models/store/failpoint.ts'
import type { PrintBatch } from '../../../src/models/printing/print-batch.ts'
import { printBatches } from '../../../src/models/printing/kept.ts'
import { shareOf } from '../../support/share.ts'
import { createWorld, worker } from '../world.ts'
import type { World } from '../world.ts'
import { next, printable } from './printable.ts'

const OKA = worker('oka', 'cetak')
const RANI = worker('rani', 'cetak')
const BOSS = worker('bos', 'supervisor')
afterEach(() => armFailpoints(undefined))

const states = (batch: PrintBatch) => batch.rows.map((row) => row.state)
const open = (w: World, operator: typeof OKA, applications: readonly string[], requestId = next()) =>
  w.queue.batches.open({ operator, stage: 'printing', applications, printer: 'Printer 1', requestId })

test('two operators who make a batch of the same cards at once share them, and each sees what the other holds', async () => {
  const w = await createWorld()
  const ids = await printable(w, 6)
  const [one, two] = await Promise.all([open(w, OKA, ids), open(w, RANI, ids.toReversed())])
  expect(new Set([one.number, two.number])).toEqual(new Set([1, 2]))
  const had = [one, two].flatMap((batch) =>
    batch.rows.filter((row) => row.state === 'waiting').map((r) => r.application),
  )
  expect(had.toSorted()).toEqual(ids.toSorted())
  const missed = [one, two].flatMap((batch) => batch.rows.filter((row) => row.state === 'missed'))
  expect(missed).toHaveLength(6)
  expect(await w.queue.claims.heldBy('oka')).toEqual([])
})

test('a card is printed, another comes out wrong and is printed again; each uses one blank', async () => {
  const w = await createWorld()
  const ids = await printable(w, 2)
  const [first = '', second = ''] = ids
  await w.queue.stock.add({ kind: 'blank', source: 'in', amount: 10, by: 'oka', transactionId: 'in-1' })
  await w.queue.stock.add({ kind: 'blank', source: 'in', amount: 10, by: 'oka', transactionId: 'in-1' })
  const { number } = await open(w, OKA, ids)
  const done = { act: 'done', operator: OKA, transactionId: next() } as const
  await w.queue.batches.actOn(number, first, done)
  await w.queue.batches.actOn(number, first, done)
  expect((await w.queue.cases.get(first)).stage).toBe('ready')

  const wrong = {
    act: 'misprint',
    reason: 'STRIPES',
    note: 'Pita kotor',
    operator: OKA,
    transactionId: next(),
  } as const
  await w.queue.batches.actOn(number, second, wrong)
  expect(states(await w.queue.batches.actOn(number, second, wrong))).toEqual(['done', 'misprint'])
  expect((await w.queue.cases.get(second)).history.at(-1)).toMatchObject({
    action: 'misprint',
    note: 'Warna bergaris: Pita kotor',
  })
  await w.queue.batches.actOn(number, second, { act: 'retake', operator: OKA, transactionId: next() })
  await w.queue.batches.actOn(number, second, { act: 'done', operator: OKA, transactionId: next() })
  // the second card turns out to be wrong as well, after it was noted as printed
  const late = { act: 'misprint', reason: 'JAMMED', operator: OKA, transactionId: next() } as const
  const batch = await w.queue.batches.actOn(number, second, late)
  expect((await w.queue.cases.get(second)).stage).toBe('printing')
  expect(batch.uses).toHaveLength(3)
  const stock = await w.queue.stock.state()
  expect(stock.blank.onHand).toBe(7)
  expect(stock.month).toEqual({ used: 3, misprints: { STRIPES: 1, JAMMED: 1 } })
  expect(stock.printedToday).toBe(1)

  // a count of the shelf wins over what was written down
  await w.queue.stock.add({ kind: 'blank', source: 'count', amount: 5, by: 'oka', transactionId: 'count-1' })
  await w.queue.stock.add({ kind: 'blank', source: 'count', amount: 5, by: 'oka', transactionId: 'count-1' })
  expect((await w.queue.stock.state()).blank.onHand).toBe(5)
})

test('a card printed from its case uses a blank once its undo is over, and so does one that came out wrong', async () => {
  const w = await createWorld()
  const [first = '', second = ''] = await printable(w, 2)
  await w.queue.stock.add({ kind: 'blank', source: 'in', amount: 10, by: 'oka', transactionId: 'in-2' })
  const onHand = async () => (await w.queue.stock.state()).blank.onHand
  const take = async () => (await w.queue.claims.take({ operator: OKA }))?.claim.token
  const approve = async (id: string, transactionId: string) =>
    w.queue.decisions.decide(id, { token: await take(), operator: OKA, action: 'approve', transactionId })
  const wrong = async (id: string, why: { token?: string | undefined; code?: 'JAMMED'; reason?: string }) => {
    await w.queue.cards.misprint(id, { ...why, operator: OKA, transactionId: next() })
    await w.settle()
  }

  await approve(first, 'print-1')
  await w.queue.undo(first, OKA, 'print-1')
  await w.settle()
  expect(await onHand()).toBe(10)
  await w.queue.decisions.decide(first, {
    token: (await w.queue.claims.heldBy('oka'))[0]?.claim.token,
    operator: OKA,
    action: 'approve',
    transactionId: 'print-2',
  })
  await w.settle()
  await w.settle()
  expect(await onHand()).toBe(9)
  await wrong(second, { token: await take(), code: 'JAMMED' })
  expect(await onHand()).toBe(8)
  // found wrong after it was ready: the blank is counted already, the new card is another
  await wrong(first, { reason: 'Pita kusut' })
  expect(await onHand()).toBe(8)
  expect((await w.queue.stock.state()).month).toEqual({ used: 2, misprints: { JAMMED: 1, OTHER: 1 } })
  // a batch counts its own cards, and nobody else does
  const { number } = await open(w, OKA, [first, second])
  for (const id of [first, second]) {
    await w.queue.batches.actOn(number, id, { act: 'done', operator: OKA, transactionId: next() })
  }
  await w.settle()
  await w.queue.batches.actOn(number, first, {
    act: 'misprint',
    reason: 'JAMMED',
    operator: OKA,
    transactionId: next(),
  })
  await w.settle()
  expect(await onHand()).toBe(6)
  expect((await w.queue.stock.state()).month).toEqual({ used: 4, misprints: { OTHER: 1, JAMMED: 2 } })
})

test('a batch is its own operator’s, and of a role that works the stage', async () => {
  const w = await createWorld()
  const ids = await printable(w, 1)
  const { number } = await open(w, OKA, ids)
  const act = { act: 'done', transactionId: next() } as const
  await expect(w.queue.batches.actOn(number, ids[0]!, { ...act, operator: RANI })).rejects.toThrow('another operator')
  await expect(w.queue.batches.close(number, worker('foto', 'foto'))).rejects.toThrow('not a stage')
  await expect(open(w, worker('foto', 'foto'), ids)).rejects.toThrow('not a stage')
  await expect(w.queue.batches.get(99)).rejects.toThrow('no such batch')
})

test('a colleague takes over the batch of somebody who is away, with what it holds, or closes it', async () => {
  const w = await createWorld()
  const [printed = '', first = '', expired = '', last = ''] = await printable(w, 4)
  const { number } = await open(w, OKA, [printed, first, expired, last])
  await w.queue.batches.actOn(number, printed, { act: 'done', operator: OKA, transactionId: next() })
  await w.queue.claims.takeBack(expired, BOSS, 'Salah muatan')
  const take = (operator: typeof OKA, from: string) => w.queue.batches.takeOver(number, { operator, from })
  await expect(take(worker('foto', 'foto'), 'oka')).rejects.toThrow('not a stage')
  await expect(take(RANI, 'bos')).rejects.toThrow('not that colleague')
  const both = await Promise.allSettled([take(RANI, 'oka'), take(BOSS, 'oka')])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const batch = await w.queue.batches.get(number)
  const [mine, other] = batch.by === 'rani' ? [RANI, BOSS] : [BOSS, RANI]
  expect(states(await take(mine, 'oka'))).toEqual(['done', 'waiting', 'waiting', 'waiting'])
  expect((await w.queue.cases.get(first)).claim).toMatchObject({ by: mine.id, batch: number })

  const done = (id: string, operator: typeof OKA) =>
    w.queue.batches.actOn(number, id, { act: 'done', operator, transactionId: next() })
  await expect(done(first, OKA)).rejects.toThrow('another operator')
  for (const id of [first, expired]) await done(id, mine)
  expect((await w.queue.cases.get(expired)).stage).toBe('ready')
  const told = (await w.queue.cases.get(printed)).history.filter((entry) => entry.action === 'approve').at(-1)
  expect(told?.by.id).toBe('oka')

  expect(await w.queue.batches.close(number, other)).toMatchObject({ by: mine.id, closedBy: other.id })
  const left = await w.queue.cases.get(last)
  expect([left.state, left.history.at(-1)?.by.id]).toEqual(['queued', other.id])
  await expect(take(OKA, mine.id)).rejects.toThrow('not that colleague')
})

test('a closed batch gives back what it has not printed, and nobody is kept from it', async () => {
  const w = await createWorld()
  const ids = await printable(w, 3)
  const { number } = await open(w, OKA, ids)
  await w.queue.batches.actOn(number, ids[0]!, { act: 'done', operator: OKA, transactionId: next() })
  const closed = await w.queue.batches.close(number, OKA)
  expect(states(closed)).toEqual(['done', 'left', 'left'])
  expect(states(await w.queue.batches.close(number, OKA))).toEqual(['done', 'left', 'left'])
  expect(await w.queue.cases.get(ids[1]!)).toMatchObject({ stage: 'printing', state: 'queued', claim: null })
  expect(states(await open(w, OKA, ids.slice(1)))).toEqual(['waiting', 'waiting'])
  const late = { act: 'done', operator: OKA, transactionId: next() } as const
  await expect(w.queue.batches.actOn(number, ids[1]!, late)).rejects.toThrow('not there any more')
})

test('a card that a supervisor took back is counted where it was printed all the same, and can be taken again', async () => {
  const w = await createWorld()
  const ids = await printable(w, 1)
  const id = ids[0]!
  const { number } = await open(w, OKA, ids)
  await w.queue.claims.takeBack(id, BOSS, 'Salah muatan')
  const printed = await w.queue.batches.actOn(number, id, { act: 'done', operator: OKA, transactionId: next() })
  expect(printed.uses).toHaveLength(1)
  expect(await w.queue.cases.get(id)).toMatchObject({ stage: 'printing', state: 'queued' })
})

test('killed before or after any write and driven on by two sweepers, a batch counts each card once', async () => {
  const w = await createWorld()
  const kill = new Error('killed')
  /** Stops `work` at its `at`-th moment; resolves with how many there were until then. */
  async function stopped(at: number, work: () => Promise<unknown>): Promise<number> {
    let moment = 0
    armFailpoints(() => {
      if (moment++ === at) throw kill
    })
    try {
      await work()
    } catch (error) {
      if (error !== kill) throw error
    } finally {
      armFailpoints(undefined)
    }
    return moment
  }
  const sweep = () => Promise.all([w.sweeper.round(), w.sweeper.round()])
  let used = 0
  /** Stopped at a moment, or at none; then driven on, by the sweepers first or by the operator. */
  async function killedAt(at: number, swept: boolean): Promise<number> {
    const [id = '', wrong = ''] = await printable(w, 2)
    const [request, done, misprint] = [next(), next(), next()]
    const work = async () => {
      const { number } = await open(w, OKA, [id, wrong], request)
      // sent again, it is Rani's already
      if ((await w.queue.batches.get(number)).by === 'oka')
        await w.queue.batches.actOn(number, id, { act: 'done', operator: OKA, transactionId: done })
      await w.queue.batches.takeOver(number, { operator: RANI, from: 'oka' })
      await w.queue.batches.actOn(number, wrong, {
        act: 'misprint',
        reason: 'JAMMED',
        operator: RANI,
        transactionId: misprint,
      })
      await w.queue.batches.close(number, RANI)
    }
    const moments = await stopped(at, work)
    if (swept) await sweep()
    await work()
    await sweep()
    used += 2
    expect((await w.queue.cases.get(id)).stage).toBe('ready')
    expect(await w.queue.cases.get(wrong)).toMatchObject({ stage: 'printing', state: 'queued' })
    const batches = await printBatches(w.database).find().sort({ _id: 1 }).lean()
    expect(batches.map((batch) => batch._id)).toEqual(batches.map((_, i) => i + 1))
    expect(batches.flatMap((batch) => batch.uses)).toHaveLength(used)
    expect(batches.flatMap((batch) => batch.rows.filter((row) => row.pending !== undefined))).toEqual([])
    const acts = (await w.queue.cases.get(wrong)).history.filter((entry) => entry.action === 'misprint')
    expect(acts).toHaveLength(1)
    // the wrong one is out of the way of the next round
    const rest = await open(w, OKA, [wrong])
    await w.queue.batches.actOn(rest.number, wrong, { act: 'done', operator: OKA, transactionId: next() })
    used += 1
    await w.queue.batches.close(rest.number, OKA)
    return moments
  }
  const moments = Array.from({ length: await killedAt(-1, false) }, (_, i) => i)
  expect(moments.length).toBeGreaterThan(20)
  for (const [i, at] of shareOf(moments, 0).entries()) expect(await killedAt(at, i % 2 === 0)).toBe(at + 1)
})
