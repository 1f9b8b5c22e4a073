import { beforeEach, expect, test } from 'vitest'
import { armFailpoints } from '../../../src/models/store/failpoint.ts'
import { closePlea, createPlea, emptyPleas, listPleas, pleas } from '../../../src/models/plea/pleas.ts'
import type { NewPlea, PleaContext } from '../../../src/models/plea/pleas.ts'
import { checkDigit } from '../../../src/models/application/ticket.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

let at: Date
let context: PleaContext
beforeEach(async () => {
  at = new Date('2026-12-07T01:00:00Z')
  context = { database: await testDatabase(), sealer: testSealer(), now: () => at }
})
function plea(key: string, more: Partial<NewPlea> = {}): NewPlea {
  return { key, kind: 'help', chat: 'chat1', ...more }
}

test('a plea gets a number with a check digit, the same for the same effect', async () => {
  const first = await createPlea(context, plea('t1/0'))
  expect(first.number).toBe(`P10-${checkDigit('P', '10')}`)
  expect(await createPlea(context, plea('t1/0'))).toEqual(first)
  const complaint = await createPlea(
    context,
    plea('t2/0', { kind: 'complaint', text: 'kartu 5 hari blm jadi', files: ['f1'] }),
  )
  expect(complaint.number).toBe(`A10-${checkDigit('A', '10')}`)
  const many = await Promise.all(Array.from({ length: 20 }, (_, i) => createPlea(context, plea(`m${i}/0`))))
  expect(new Set(many.map(({ number }) => number)).size).toBe(20)
})

test('a plea that is killed between any two writes is there once when it runs again', async () => {
  for (const place of ['plea.number:before', 'plea.number:after', 'plea.create:before', 'plea.create:after']) {
    armFailpoints((name, moment) => {
      if (`${name}:${moment}` === place) throw new Error('killed')
    })
    await expect(createPlea(context, plea(`${place}/0`, { text: 'tolong' }))).rejects.toThrow('killed')
    armFailpoints(undefined)
    const { id, number } = await createPlea(context, plea(`${place}/0`, { text: 'tolong' }))
    expect(await pleas(context.database).findById(id).lean()).toMatchObject({ number })
  }
  expect(await pleas(context.database).countDocuments()).toBe(4)
})

test('its text is sealed, shown in the list in the order of arrival, and closed once', async () => {
  const due = new Date('2026-12-14T01:00:00Z')
  const first = await createPlea(
    context,
    plea('t1/0', { kind: 'complaint', text: 'kartu belum jadi', npsn: '69900014', due }),
  )
  at = new Date(at.getTime() + 1000)
  const second = await createPlea(context, plea('t2/0', { text: 'saya bingung' }))
  const [raw] = await pleas(context.database).collection.find({}, { raw: true }).toArray()
  expect(Buffer.from(raw as unknown as Uint8Array).includes('kartu')).toBe(false)
  const page = await listPleas(context, { state: 'open', limit: 1 })
  expect(page).toMatchObject([{ id: first.id, text: 'kartu belum jadi', due, kind: 'complaint' }])
  expect(await listPleas(context, { state: 'open', limit: 5, after: first.id })).toMatchObject([{ id: second.id }])
  expect(await listPleas(context, { state: 'open', kind: 'help', limit: 5 })).toMatchObject([{ id: second.id }])
  const tried = await Promise.allSettled(
    ['op1', 'op2'].map((by) => closePlea(context, first.id, { by, outcome: 'sudah dijelaskan' })),
  )
  expect(tried.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await listPleas(context, { state: 'closed', limit: 5 })).toMatchObject([
    { id: first.id, outcome: 'sudah dijelaskan' },
  ])
  await expect(closePlea(context, 'none', { by: 'op1', outcome: 'x' })).rejects.toMatchObject({ kind: 'not-found' })
})

test('they come in pages of any size, of both kinds or one: open ones in the order of arrival, closed ones the latest first', async () => {
  // two of each moment, closed in another order than they came
  const rows = Array.from({ length: 12 }, (_, i) => ({
    _id: `plea-${String(i).padStart(2, '0')}`,
    number: `P${i}`,
    kind: i % 3 === 0 ? ('complaint' as const) : ('help' as const),
    state: i < 6 ? ('open' as const) : ('closed' as const),
    chat: 'chat1',
    files: [],
    at: new Date(at.getTime() + Math.floor(i / 2) * 1000),
    ...(i >= 6 && { closedAt: new Date(at.getTime() + 60_000 + Math.floor(((5 * i) % 12) / 3) * 1000) }),
  }))
  await pleas(context.database).insertMany(rows.toReversed())
  const closed = rows
    .filter((row) => row.closedAt)
    .toSorted((a, b) => b.closedAt!.getTime() - a.closedAt!.getTime() || (a._id < b._id ? 1 : -1))
  const open = rows.filter((row) => row.state === 'open')
  for (const [state, wanted] of [
    ['open', open],
    ['closed', closed],
  ] as const) {
    for (const kind of [undefined, 'help', 'complaint'] as const) {
      for (const limit of [1, 4, 50]) {
        const seen: string[] = []
        for (;;) {
          const page = await listPleas(context, { state, kind, limit, after: seen.at(-1) })
          seen.push(...page.map(({ id }) => id))
          if (page.length < limit) break
        }
        const of = wanted.filter((row) => kind === undefined || row.kind === kind)
        expect(seen).toEqual(of.map((row) => row._id))
      }
    }
  }
  // one that a page ended with and that is closed meanwhile still says where the page ended
  await closePlea(context, 'plea-01', { by: 'op1', outcome: 'sudah' })
  const rest = await listPleas(context, { state: 'open', limit: 50, after: 'plea-01' })
  expect(rest.map(({ id }) => id)).toEqual(['plea-02', 'plea-03', 'plea-04', 'plea-05'])
})

test('texts of pleas that were closed long ago go, numbers stay', async () => {
  const { id, number } = await createPlea(context, plea('t1/0', { text: 'tolong' }))
  await createPlea(context, plea('t2/0', { text: 'masih terbuka' }))
  await closePlea(context, id, { by: 'op1', outcome: 'selesai' })
  expect(await emptyPleas(context.database, new Date(at.getTime() - 1))).toBe(0)
  expect(await emptyPleas(context.database, at)).toBe(1)
  expect(await emptyPleas(context.database, at)).toBe(0)
  const [closed] = await listPleas(context, { state: 'closed', limit: 5 })
  expect(closed).toMatchObject({ number })
  expect(closed).not.toHaveProperty('text')
  expect(await listPleas(context, { state: 'open', limit: 5 })).toMatchObject([{ text: 'masih terbuka' }])
})
