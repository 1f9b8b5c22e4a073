import { expect, test } from 'vitest'
import { applications } from '../../../src/models/application/kept.ts'
import type { PrintBatch } from '../../../src/models/printing/print-batch.ts'
import { createWorld, paper, SCHOOL_A, worker } from '../world.ts'
import type { World } from '../world.ts'
import { next, printable } from './printable.ts'

const OKA = worker('oka', 'cetak')

const states = (batch: PrintBatch) => batch.rows.map((row) => row.state)
const open = (w: World, operator: typeof OKA, wanted: readonly string[]) =>
  w.queue.batches.open({ operator, stage: 'printing', applications: wanted, requestId: next() })

test('who turned five without a portrait comes into no batch and is sent back to the school; what is printed stays printed', async () => {
  const w = await createWorld()
  const pupil = { name: 'Anak Rekaan', nik: '6311062511210001', birthDate: '2021-11-25' }
  const small = { pupil, documents: [paper('birth_certificate', 'kecil')] }
  const [early = '', late = '', held = '', grown = ''] = await printable(w, 4, (i) =>
    i === 3 ? {} : { ...small, pupil: { ...pupil, nik: `631106251121000${i}` } },
  )
  const done = { act: 'done', operator: OKA } as const
  const wrong = { act: 'misprint', reason: 'JAMMED', operator: OKA } as const
  const { number } = await open(w, OKA, [early, late])
  await w.queue.batches.actOn(number, early, { ...wrong, transactionId: next() })
  w.pass(2 * 86_400_000)

  // a batch has asked before its first card: the one on paper goes on, the one to be printed anew does not
  await w.queue.batches.actOn(number, late, { ...done, transactionId: next() })
  expect((await w.queue.cases.get(late)).stage).toBe('ready')
  const again = await w.queue.batches.actOn(number, early, { act: 'retake', operator: OKA, transactionId: next() })
  expect(states(again)).toEqual(['missed', 'done'])
  const mixed = await open(w, OKA, [held, grown])
  expect(mixed.rows.map((row) => row.application)).toEqual([grown])
  await expect(open(w, OKA, [held])).rejects.toThrow('no card of these can be printed')

  const back = await w.queue.decisions.sendBack(held, OKA, next())
  expect(back).toMatchObject({ stage: 'returned', returnReasons: ['RR_TURNED_FIVE'], completeAt: null })
  await expect(w.queue.decisions.sendBack(grown, OKA, next())).rejects.toThrow('does not wait for a batch')
  await w.queue.batches.close(mixed.number, OKA)
  await expect(w.queue.decisions.sendBack(grown, OKA, next())).rejects.toThrow('can be printed')
})

test('a card whose school asks to cancel comes into no batch and is cancelled; in a batch its mark is asked for twice', async () => {
  const w = await createWorld()
  const [asked = '', held = '', grown = '', late = ''] = await printable(w, 4)
  const wish = (application: string) =>
    w.queue.schoolChanges.cancel({
      application,
      by: { kind: 'coordinator', id: `coordinator-${SCHOOL_A}` },
      parties: ['school'],
      transactionId: next(),
    })
  const first = await open(w, OKA, [asked])
  expect((await wish(asked)).outcome).toBe('requested')
  await w.queue.batches.close(first.number, OKA)
  await expect(open(w, OKA, [asked])).rejects.toThrow('no card of these can be printed')

  const { number } = await open(w, OKA, [asked, held, grown, late])
  await wish(held)
  await wish(late)
  const done = (application: string, despite?: readonly string[]) =>
    w.queue.batches.actOn(number, application, { act: 'done', operator: OKA, transactionId: next(), despite })
  await expect(done(held)).rejects.toMatchObject({ kind: 'unconfirmed', detail: { doubts: ['cancel'] } })
  expect(states(await w.queue.batches.get(number))).toEqual(['waiting', 'waiting', 'waiting'])
  expect(states(await done(held, ['cancel']))).toEqual(['done', 'waiting', 'waiting'])
  expect((await w.queue.cases.get(held)).history.at(-1)).toMatchObject({ action: 'approve', despite: ['cancel'] })
  expect((await done(grown)).uses).toHaveLength(2)

  // put back it is hindered like the other, and its pupil may be submitted anew once it is cancelled
  await w.queue.batches.close(number, OKA)
  for (const one of [asked, late]) {
    await w.queue.decisions.sendBack(one, OKA, next())
    const gone = await applications(w.database).findById(one).lean()
    expect(gone).toMatchObject({ stage: 'cancelled', state: 'idle' })
    expect(gone).not.toHaveProperty('openKey')
  }
})
