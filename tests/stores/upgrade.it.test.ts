import { beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { applicationById } from '../../src/models/application/changes.ts'
import { createDrafts } from '../../src/models/application/drafts.ts'
import { createOpenApplications } from '../../src/models/application/open.ts'
import { applications } from '../../src/models/application/kept.ts'
import { pupilOf } from '../../src/models/application/sealed.ts'
import { createTurns } from '../../src/models/chat/turns.ts'
import { consentsOf } from '../../src/models/consent/consents.ts'
import type { Database } from '../../src/models/store/connect.ts'
import { checkDataVersion, DATA_VERSION, databaseFacts } from '../../src/models/store/data-version.ts'
import type { Sealer } from '../../src/models/store/sealing.ts'
import { upgradeData } from '../../src/stores/upgrade.ts'
import { testDatabase, testSealer } from '../support/stores.ts'

type Row = { _id: string; [field: string]: unknown }

const log = createLog('silent')
const now = (): Date => new Date('2026-12-07T01:10:00Z')
const NIK = '6311065402160003'
const CHILD = { name: 'Chloe Contoh', nik: NIK, birthDate: '2016-02-14', class: '4A' }
const ANSWERS = { reason: 'WNA', name: 'Chloe Contoh', nik: NIK }

let database: Database
let sealer: Sealer
beforeEach(async () => {
  database = await testDatabase()
  sealer = testSealer()
  await databaseFacts(database).create({ _id: 'data', version: 3 })
})
const rows = (name: string) => database.collection<Row>(name)
const upgrade = async (): Promise<void> => {
  await checkDataVersion(database)
  await upgradeData({ database, sealer, log })
}
const application = (_id: string, more: object): Row => ({
  _id,
  rev: 1,
  stage: 'verification',
  npsn: '69900014',
  coordinator: 'c1',
  chat: 'chat',
  documents: [],
  history: [],
  reason: 'WNA',
  ...more,
})
/** As data version 3 stores a turn. */
const turn = (chat: string, more: object): Row => ({
  _id: `${chat}.1`,
  chat,
  n: 1,
  messages: [`message of ${chat}`],
  state: 'done',
  closedAt: now(),
  ...more,
})
const session = (more: object) => ({
  flow: 'submit',
  version: 1,
  step: 'class',
  answers: ANSWERS,
  memory: {},
  waitingSince: now().toISOString(),
  rev: 1,
  ...more,
})

describe('the reason WNA of data version 3', () => {
  test('becomes a new card of a foreign child, which is found as that pupil is', async () => {
    const hash = sealer.lookup('nik', NIK)
    const open = { pupil: sealer.sealJson(CHILD), nikHash: hash, openKey: `69900014/${hash}/WNA`, ticket: 'B417-6' }
    await rows('applications').insertOne(application('a1', open))
    await upgrade()
    const one = await applicationById(database, 'a1')
    expect(one).toMatchObject({ reason: 'NEW', rev: 2, openKey: `69900014/${hash}/NEW` })
    expect(pupilOf(one!, sealer)).toEqual({ ...CHILD, citizenship: 'wna' })
    const found = await createOpenApplications({ database, sealer }).withNik('69900014', NIK)
    expect(found.here).toMatchObject([{ application: 'a1', reason: 'NEW' }])
  })
  test('leaves a new card that the child has under way as well its place', async () => {
    const child = { pupil: sealer.sealJson(CHILD), nikHash: 'h' }
    await rows('applications').insertMany([
      application('a1', { ...child, reason: 'NEW', openKey: '69900014/h/NEW' }),
      application('a2', { ...child, openKey: '69900014/h/WNA' }),
    ])
    await upgrade()
    expect(await applicationById(database, 'a1')).toMatchObject({ reason: 'NEW', rev: 1, openKey: '69900014/h/NEW' })
    expect(await applicationById(database, 'a2')).toMatchObject({ reason: 'NEW', openKey: '69900014/h/WNA' })
  })
  test('goes from drafts and from purged applications, and other reasons stay as they are', async () => {
    const draft = {
      step: 'class',
      answers: sealer.sealJson({ answers: ANSWERS, files: [] }),
      updatedAt: now(),
      turn: 1,
    }
    const lost = sealer.sealJson(CHILD)
    await rows('applications').insertMany([
      application('d1', { stage: 'draft', draft }),
      application('a1', { stage: 'received', purgedAt: now() }),
      application('a2', { reason: 'LOST', pupil: lost }),
    ])
    await upgrade()
    const [kept] = await createDrafts({ database, sealer }).of('c1')
    expect(kept).toMatchObject({ id: 'd1', answers: { ...ANSWERS, reason: 'NEW', citizenship: 'wna' } })
    expect(await applicationById(database, 'a1')).toMatchObject({ reason: 'NEW' })
    const other = await applicationById(database, 'a2')
    expect(other).toMatchObject({ reason: 'LOST', rev: 1 })
    expect(pupilOf(other!, sealer)).toEqual(CHILD)
  })
  test('goes from where chats are and from what was decided and is not done', async () => {
    const parked = { flow: 'submit', answers: ANSWERS }
    const effects = [{ kind: 'submit', draft: 'd1', answers: ANSWERS }]
    await rows('turns').insertMany([
      turn('talks', { session: sealer.sealJson(session({})) }),
      turn('parked', { session: sealer.sealJson(session({ flow: 'menu', answers: {}, memory: { parked } })) }),
      turn('undone', { state: 'decided', session: null, decided: sealer.sealJson(effects) }),
      turn('before', {}),
    ])
    await rows('sessions').insertOne({ _id: 'before', session: sealer.sealJson(session({})), updatedAt: now() })
    await upgrade()
    const turns = createTurns({ database, sealer, now, log })
    const latest = async (chat: string) => (await turns.latest(chat)).session
    const foreign = { ...ANSWERS, reason: 'NEW', citizenship: 'wna' }
    expect((await latest('talks'))?.answers).toEqual(foreign)
    expect((await latest('before'))?.answers).toEqual(foreign)
    expect((await latest('parked'))?.memory).toEqual({ parked: { flow: 'submit', answers: foreign } })
    const undone = (await turns.latest('undone')).turn
    expect(turns.effectsOf(undone!)).toEqual([{ kind: 'submit', draft: 'd1', answers: foreign }])
  })
  test('does not keep the service from starting where a value lies under a lost key', async () => {
    const lost = testSealer()
    await rows('applications').insertOne(application('a1', { pupil: lost.sealJson(CHILD) }))
    await rows('turns').insertOne(turn('chat', { session: lost.sealJson(session({})) }))
    await upgrade()
    expect(await applicationById(database, 'a1')).toMatchObject({ reason: 'NEW' })
  })
})

test('what is upgraded is so once, and a kill in between is made good by the next start', async () => {
  await rows('applications').insertOne(application('a1', { pupil: sealer.sealJson(CHILD) }))
  // version 4 was marked so that no older program starts, and then came the kill
  await checkDataVersion(database)
  await upgrade()
  expect(await applicationById(database, 'a1')).toMatchObject({ reason: 'NEW', rev: 2 })
  await upgrade()
  expect(await applicationById(database, 'a1')).toMatchObject({ rev: 2 })
  expect(await databaseFacts(database).findById('data').lean()).toMatchObject({ upgraded: DATA_VERSION })
})

test('earlier data get the form of this version once, before anything reads them', async () => {
  const consent = { at: new Date(0), by: 'c', textVersion: 'id-1', evidence: sealer.seal('t1: kirim') }
  await applications(database).collection.insertOne({ _id: 'a', consent } as never)
  await checkDataVersion(database)
  await Promise.all([upgradeData({ database, sealer, log }), upgradeData({ database, sealer, log })])
  expect(await consentsOf(database, 'a')).toHaveLength(1)
  expect(await databaseFacts(database).findById('data').lean()).toEqual({
    _id: 'data',
    version: DATA_VERSION,
    upgraded: DATA_VERSION,
  })
  // from then on nothing is looked through again
  await applications(database).collection.insertOne({ _id: 'b', consent } as never)
  await upgradeData({ database, sealer, log })
  expect(await consentsOf(database, 'b')).toEqual([])
})
