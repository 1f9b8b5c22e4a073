import { beforeEach, describe, expect, test } from 'vitest'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import { applications } from '../../src/models/application/kept.ts'
import { consentHash, consentsOf } from '../../src/models/consent/consents.ts'
import { consents } from '../../src/models/consent/kept.ts'
import { fileModel } from '../../src/models/file/files.ts'
import { markRestored, restoredAt } from '../../src/models/store/data-version.ts'
import { pleas } from '../../src/models/plea/pleas.ts'
import { markFiles } from '../../src/models/application/purge.ts'
import { views } from '../../src/models/operator/views.ts'
import { toBuffer } from '../../src/models/store/binary.ts'
import { addDays } from '../../src/queue/retention.ts'
import { PERSON, purgeWorld, START } from './purge-world.ts'
import type { World } from './purge-world.ts'

let world: World
beforeEach(async () => {
  world = await purgeWorld()
})

describe('an application that came to its end', () => {
  test('loses every personal value and its files, and keeps ticket, school, stages, times and who', async () => {
    const file = await world.storeFile('file-0000-0')
    await world.apply('a', 'received', { files: [file] })
    await world.look(file, 'a')
    await views(world.database).create({
      _id: 'view-a',
      application: 'a',
      operator: 'operator-a',
      at: START,
      what: 'nik',
      how: 'view',
      reason: world.sealer.seal(`orang tua ${PERSON} menelepon`),
    })
    expect(await world.everything()).toContain(`ANAK ${PERSON}`)
    expect(await world.kept()).toHaveLength(4)
    world.goTo(30)
    expect(await world.purge().run()).toMatchObject({ applications: 1, files: 1, failed: 0 })
    expect(await world.everything()).not.toContain(PERSON)
    expect(await world.kept()).toEqual([])
    const left = await world.found('a')
    expect(left).toMatchObject({
      ticket: 'T-a',
      npsn: '69900001',
      coordinator: 'coordinator-a',
      stage: 'received',
      reason: 'NEW',
      submittedAt: START,
      stageAt: START,
      purgedAt: addDays(START, 30),
      documents: [],
      requests: [],
      findingCodes: [],
    })
    expect(left?.history.map(({ seq, action, from, to }) => ({ seq, action, from, to }))).toEqual([
      { seq: 1, action: 'submit', from: 'draft', to: 'verification' },
      { seq: 2, action: 'return', from: 'verification', to: 'received' },
      { seq: 3, action: 'purge', from: 'received', to: 'received' },
    ])
    expect(left?.history[1]).toMatchObject({ reasons: ['RR_NAME_DIFFERS'], transactionId: 'transaction-a' })
    for (const gone of ['pupil', 'nikHash', 'openKey', 'findings', 'returnNote'] as const) {
      expect(left).not.toHaveProperty(gone)
    }
    expect(await views(world.database).findById('view-a').lean()).not.toHaveProperty('reason')
  })

  test('leaves its consent, which whoever has the NIK finds, for its own 1,825 days', async () => {
    await world.apply('a', 'received')
    await world.apply('b', 'verification')
    world.goTo(30)
    await world.purge().run()
    const [left] = await consentsOf(world.database, 'a')
    expect(left).toMatchObject({ ticket: 'T-a', by: { id: 'coordinator-a' }, at: START, textVersion: '1' })
    expect(world.sealer.openText(toBuffer(left!.evidence!))).toBe('iya kirim')
    const hash = consentHash(world.sealer, world.sealer.identify('consent', 'nik-of-a'))
    expect(await consents(world.database).distinct('_id', { subjectHash: hash })).toEqual(['a/statement/1'])
    expect(await world.everything()).not.toContain('nik-of-a')

    world.goTo(30 + 1_825 - 1 / 24)
    expect(await world.purge().run()).toMatchObject({ consents: 0 })
    world.goTo(30 + 1_825)
    expect(await world.purge().run()).toMatchObject({ consents: 1, failed: 0 })
    // what is still worked on is not over, however old
    expect(await consents(world.database).distinct('_id')).toEqual(['b/statement/1'])
  })

  test.each([
    ['received', 30],
    ['handed_over', 90],
    ['rejected', 30],
    ['cancelled', 30],
  ] as const)('%s is purged after %d days, not an hour sooner', async (stage, days) => {
    await world.apply('a', stage)
    world.goTo(days - 1 / 24)
    await world.purge().run()
    expect((await world.found('a'))?.pupil).toBeDefined()
    world.goTo(days)
    await world.purge().run()
    expect((await world.found('a'))?.pupil).toBeUndefined()
  })

  test('no open application is touched, however old', async () => {
    const stages = ['verification', 'photo', 'siak_entry', 'signature', 'printing', 'ready'] as const
    for (const stage of stages) await world.apply(stage, stage, { files: [await world.storeFile(`file-${stage}`)] })
    const before = await world.everything()
    world.goTo(400)
    await world.purge().run()
    expect(await world.everything()).toBe(before)
    expect(await world.kept()).toHaveLength(stages.length)
  })

  test('a family card that twins share goes with the second of them', async () => {
    const shared = await world.storeFile('file-shared')
    await world.apply('a', 'received', { files: [shared] })
    await world.apply('b', 'verification', { files: [shared] })
    world.goTo(31)
    await world.purge().run()
    expect(await world.kept()).toEqual([shared])
    await applications(world.database).updateOne({ _id: 'b' }, { $set: { stage: 'rejected' } })
    await world.purge().run()
    expect(await world.kept()).toEqual([])
  })

  test('a card that is received while the purge runs keeps its values until after the receipt', async () => {
    await world.apply('a', 'handed_over')
    world.goTo(91)
    armFailpoints((name, moment) => {
      if (name !== 'application.purge' || moment !== 'before') return
      armFailpoints(undefined)
      throw new Error('somebody was first')
    })
    expect(await world.purge().run()).toMatchObject({ applications: 0, failed: 1 })
    await applications(world.database).updateOne(
      { _id: 'a' },
      { $set: { stage: 'received', stageAt: world.now(), rev: 2 } },
    )
    await world.purge().run()
    expect((await world.found('a'))?.pupil).toBeDefined()
  })
})

describe('files that nobody uses', () => {
  test('are purged 30 days after they came, matched ones are not', async () => {
    await world.storeFile('file-unmatched')
    await world.apply('a', 'verification', { files: [await world.storeFile('file-matched')] })
    world.goTo(29)
    await world.purge().run()
    expect(await world.kept()).toEqual(['file-matched', 'file-unmatched'])
    world.goTo(30)
    await world.purge().run()
    expect(await world.kept()).toEqual(['file-matched'])
    expect(await fileModel(world.database).countDocuments()).toBe(1)
  })

  test('those of a draft that its owner discarded count as unused', async () => {
    await world.draft('d', [await world.storeFile('file-of-draft')])
    await applications(world.database).deleteOne({ _id: 'd' })
    world.goTo(30)
    await world.purge().run()
    expect(await world.kept()).toEqual([])
    expect(await world.everything()).not.toContain(PERSON)
  })

  test('those of a draft that its owner erased go at once, those of a twin stay', async () => {
    const [own, shared] = [await world.storeFile('file-of-draft'), await world.storeFile('file-of-both')]
    await world.draft('d', [own, shared])
    await world.draft('twin', [shared])
    await markFiles(world.database, { _id: 'd', documents: [] }, world.now())
    await world.purge().run()
    expect(await world.kept()).toEqual(['file-of-both'])
    await markFiles(world.database, { _id: 'twin', documents: [] }, world.now())
    await world.purge().run()
    expect(await world.kept()).toEqual([])
  })

  test('those of a complaint wait until it is closed', async () => {
    await world.storeFile('file-of-plea')
    const plea = { _id: 'plea-a', number: 'A12-4', kind: 'complaint' as const, chat: 'chat-a', at: START }
    await pleas(world.database).create({ ...plea, state: 'open', files: ['file-of-plea'] })
    world.goTo(40)
    await world.purge().run()
    expect(await world.kept()).toEqual(['file-of-plea'])
    await pleas(world.database).updateOne({ _id: 'plea-a' }, { $set: { state: 'closed', closedAt: world.now() } })
    await world.purge().run()
    expect(await world.kept()).toEqual([])
  })

  test('one that is being fetched at this moment is left alone', async () => {
    const media = { kind: 'photo' as const, ref: 'x' }
    await world.files.register({ id: 'file-slow', chat: 'c', channel: 'webchat', message: 'm', media })
    world.goTo(31)
    await world.files.begin('file-slow', 10_000)
    await world.purge().run()
    expect(await world.files.byId('file-slow')).not.toBeNull()
    world.goTo(32)
    await world.purge().run()
    expect(await world.files.byId('file-slow')).toBeNull()
  })
})

describe('after a restore', () => {
  test('what came back goes again, and the mark is taken away', async () => {
    await world.apply('a', 'received')
    world.goTo(60)
    await markRestored(world.database, world.now())
    await world.purge().run()
    expect(await restoredAt(world.database)).toBeUndefined()
    expect(await world.everything()).not.toContain(PERSON)
  })

  test('a run that could not do all leaves the mark', async () => {
    await world.apply('a', 'received')
    await world.draft('d')
    world.goTo(60)
    await markRestored(world.database, world.now())
    const counts = await world.purge(() => Promise.reject(new Error('no chat'))).run()
    expect(counts).toMatchObject({ failed: 1, applications: 1 })
    expect(await restoredAt(world.database)).toEqual(world.now())
  })
})

test('the log of a run holds ids and counts, nothing of a person', async () => {
  await world.apply('application-a', 'received')
  await world.draft('draft-d')
  world.goTo(60)
  await world.purge(() => Promise.reject(new Error(`cannot reach ${PERSON}`))).run()
  const text = world.lines.join('')
  expect(text).toContain('draft-d')
  expect(text).not.toContain(PERSON)
})
