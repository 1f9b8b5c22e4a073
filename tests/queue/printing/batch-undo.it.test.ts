import { afterEach, expect, test } from 'vitest'
import { armFailpoints } from '../../../src/models/store/failpoint.ts'
import { batchByNumber } from '../../../src/models/printing/print-batches.ts'
import { stopped } from '../stopped.ts'
import { createWorld, worker } from '../world.ts'
import type { World } from '../world.ts'
import { next, printable } from './printable.ts'

const OKA = worker('oka', 'cetak')
const RANI = worker('rani', 'cetak')
afterEach(() => armFailpoints(undefined))

const open = (w: World, applications: readonly string[]) =>
  w.queue.batches.open({ operator: OKA, stage: 'printing', applications, printer: 'Printer 1', requestId: next() })
/** What the stock says of the cards used: all, and those that came out wrong. */
const used = async (w: World) => {
  const { blank, month } = await w.queue.stock.state()
  return { blanks: 0 - blank.onHand, wrong: month.misprints }
}

test('a print that was noted by mistake is taken back whole: the row, the claim of the batch, the blank', async () => {
  const w = await createWorld()
  const [id = ''] = await printable(w, 1)
  const { number, rows } = await open(w, [id])
  const act = (how: { act: 'done' | 'undo'; transactionId: string }) =>
    w.queue.batches.actOn(number, id, { ...how, operator: OKA })
  await act({ act: 'done', transactionId: 'p1' })
  w.pass(6_999)
  for (let i = 0; i < 2; i++) {
    expect(await act({ act: 'undo', transactionId: 'p1' })).toMatchObject({ rows: [{ state: 'waiting' }], uses: [] })
  }
  expect(await w.queue.cases.get(id)).toMatchObject({
    stage: 'printing',
    state: 'claimed',
    claim: { token: rows[0]?.token, batch: number },
  })
  expect(await used(w)).toEqual({ blanks: 0, wrong: {} })
  await act({ act: 'done', transactionId: 'p2' })
  await w.settle()
  await expect(act({ act: 'undo', transactionId: 'p2' })).rejects.toMatchObject({ kind: 'too-late' })
  expect(await used(w)).toEqual({ blanks: 1, wrong: {} })
  expect(await batchByNumber(w.database, number)).toMatchObject({ rows: [{ state: 'done' }] })
})

test('a misprint is taken back to what the card was: not printed yet, or printed', async () => {
  const w = await createWorld()
  const [id = ''] = await printable(w, 1)
  const { number } = await open(w, [id])
  const misprint = { act: 'misprint', reason: 'JAMMED', note: 'kusut' } as const
  const act = (how: { act: 'done' | 'undo' } | typeof misprint, transactionId: string) =>
    w.queue.batches.actOn(number, id, { ...how, operator: OKA, transactionId })
  await act(misprint, 'm1')
  const back = await act({ act: 'undo' }, 'm1')
  expect(back).toMatchObject({ rows: [{ state: 'waiting' }], uses: [] })
  expect(back.rows[0]).not.toHaveProperty('reason')
  expect(await w.queue.cases.get(id)).toMatchObject({ state: 'claimed', claim: { batch: number } })

  await act({ act: 'done' }, 'p1')
  await act(misprint, 'm2')
  expect(await used(w)).toEqual({ blanks: 1, wrong: { JAMMED: 1 } })
  expect(await act({ act: 'undo' }, 'm2')).toMatchObject({ rows: [{ state: 'done' }] })
  expect(await used(w)).toEqual({ blanks: 1, wrong: {} })
  expect((await w.queue.cases.get(id)).stage).toBe('ready')
  // a card that is tried again at once is begun: the misprint stays
  await act(misprint, 'm3')
  await w.queue.batches.actOn(number, id, { act: 'retake', operator: OKA, transactionId: next() })
  await expect(act({ act: 'undo' }, 'm3')).rejects.toMatchObject({ kind: 'too-late' })
  expect(await used(w)).toEqual({ blanks: 1, wrong: { JAMMED: 1 } })
})

test('what the former holder of a batch has printed is taken back by nobody else, nor by them any more', async () => {
  const w = await createWorld()
  const [card = '', other = ''] = await printable(w, 2)
  const { number } = await open(w, [card, other])
  const printed = next()
  await w.queue.batches.actOn(number, card, { act: 'done', operator: OKA, transactionId: printed })
  await w.queue.batches.takeOver(number, { operator: RANI, from: 'oka' })
  const undo = (operator: typeof OKA) =>
    w.queue.batches.actOn(number, card, { act: 'undo', operator, transactionId: printed })
  await expect(undo(OKA)).rejects.toMatchObject({ kind: 'claim-lost', detail: { by: 'rani' } })
  await expect(undo(RANI)).rejects.toMatchObject({ kind: 'too-late' })
  const left = await w.queue.batches.get(number)
  expect([left.rows.map((row) => row.state), left.uses.length]).toEqual([['done', 'waiting'], 1])
  expect((await w.queue.cases.get(card)).stage).toBe('ready')
})

test('killed before or after any write of a print and of its undo, the blank is counted once or not at all', async () => {
  const w = await createWorld()
  const ids = await printable(w, 1)
  let at = 0
  for (let crashed = true; crashed; at++) {
    const [id = ''] = ids
    const { number } = await open(w, [id])
    const act = (name: 'done' | 'undo') =>
      w.queue.batches.actOn(number, id, { act: name, operator: OKA, transactionId: `p-${at}` })
    await act('done')
    crashed = await stopped(at, () => act('undo'))
    // the sweepers first, or the operator who had no answer
    if (at % 2 === 0) await Promise.all([w.sweeper.round(), w.sweeper.round()])
    await act('undo')
    expect(await batchByNumber(w.database, number)).toMatchObject({ rows: [{ state: 'waiting' }], uses: [] })
    expect(await w.queue.cases.get(id)).toMatchObject({ stage: 'printing', claim: { batch: number } })
    await w.queue.batches.close(number, OKA)
    expect(await w.queue.cases.get(id)).toMatchObject({ stage: 'printing', state: 'queued' })
  }
  expect(at).toBeGreaterThan(6)
})

test('a batch that was closed while an undo was on its way gives the card back to the queue', async () => {
  const w = await createWorld()
  const [id = ''] = await printable(w, 1)
  const { number } = await open(w, [id])
  const act = (name: 'done' | 'undo') =>
    w.queue.batches.actOn(number, id, { act: name, operator: OKA, transactionId: 'p1' })
  await act('done')
  // stopped when the row is marked, before its application has gone back
  expect(await stopped(2, () => act('undo'))).toBe(true)
  await w.queue.batches.close(number, OKA)
  expect(await batchByNumber(w.database, number)).toMatchObject({
    state: 'closed',
    rows: [{ state: 'left' }],
    uses: [],
  })
  expect(await w.queue.cases.get(id)).toMatchObject({ stage: 'printing', state: 'queued', claim: null })
})
