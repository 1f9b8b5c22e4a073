import { afterEach, beforeEach, expect, test } from 'vitest'
import { applications } from '../../../src/models/application/kept.ts'
import { consents } from '../../../src/models/consent/kept.ts'
import { moveConsents } from '../../../src/models/consent/move.ts'
import { coordinators } from '../../../src/models/coordinator/kept.ts'
import { toBuffer } from '../../../src/models/store/binary.ts'
import type { Database } from '../../../src/models/store/connect.ts'
import { armFailpoints } from '../../../src/models/store/failpoint.ts'
import { stopped } from '../../queue/stopped.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

const at = new Date('2026-11-02T02:00:00Z')
/** Several commands' worth of them. */
const MANY = 450
const sealer = testSealer()

let database: Database
beforeEach(async () => {
  database = await testDatabase()
})
afterEach(() => armFailpoints(undefined))

/** As a program of data version 3 kept them: the consent's version was a fingerprint of the card, pupil and all. */
async function fill(count: number): Promise<void> {
  const consent = (n: number) => ({
    at,
    by: 'coordinator-a',
    textVersion: `id-${n}`,
    evidence: sealer.seal(`turn.${n}: kirim`),
  })
  const rows = Array.from({ length: count }, (_, n) => ({ _id: `a${n}`, ticket: `T${n}`, rev: 4, consent: consent(n) }))
  await applications(database).collection.insertMany(rows as never[])
  await applications(database).collection.insertOne({ _id: 'draft', stage: 'draft' } as never)
  const coordinator = { _id: 'coordinator-a', rev: 0, consent: consent(count) }
  await coordinators(database).collection.insertOne(coordinator as never)
}

/** What is kept of all, without the seals, which differ each time. */
async function kept() {
  const rows = await consents(database).find().sort({ _id: 1 }).lean()
  const held = { consent: { $exists: true } }
  return {
    rows: rows.map(({ evidence, ...row }) => ({ ...row, evidence: sealer.openText(toBuffer(evidence!)) })),
    holding: (await applications(database).countDocuments(held)) + (await coordinators(database).countDocuments(held)),
  }
}

test('stored consents become rows of their own, whose version says nothing of a pupil', async () => {
  await fill(MANY)
  await moveConsents({ database, sealer })
  const { rows, holding } = await kept()
  expect(holding).toBe(0)
  expect(rows).toHaveLength(MANY + 1)
  const given = { kind: 'statement', by: { role: 'coordinator', id: 'coordinator-a' }, at, givenVia: 'chat' }
  expect(rows.find(({ subject }) => subject === 'a7')).toEqual({
    ...given,
    _id: 'a7/statement/card',
    subject: 'a7',
    ticket: 'T7',
    textVersion: 'card',
    evidence: 'id-7 turn.7: kirim',
  })
  expect(rows.find(({ subject }) => subject === 'coordinator-a')).toEqual({
    ...given,
    _id: `coordinator-a/statement/id-${MANY}`,
    subject: 'coordinator-a',
    textVersion: `id-${MANY}`,
    evidence: `turn.${MANY}: kirim`,
  })
  // nothing else of them has changed
  expect(await applications(database).findById('a7').lean()).toEqual({ _id: 'a7', ticket: 'T7', rev: 4 })
})

test('stopped before or after any write, or done by two at once, it ends the same', async () => {
  await fill(2)
  await moveConsents({ database, sealer })
  const undisturbed = await kept()
  await moveConsents({ database, sealer })
  expect(await kept()).toEqual(undisturbed)
  for (let moment = 0, cut = true; cut; moment++) {
    await Promise.all([applications, coordinators, consents].map((of) => of(database).collection.deleteMany({})))
    await fill(2)
    cut = await stopped(moment, () => moveConsents({ database, sealer }))
    // a consent is never in neither place
    const { rows, holding } = await kept()
    expect(rows.length + holding).toBeGreaterThanOrEqual(3)
    await Promise.all([moveConsents({ database, sealer }), moveConsents({ database, sealer })])
    expect(await kept(), `moment ${moment}`).toEqual(undisturbed)
  }
})
