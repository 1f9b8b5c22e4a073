import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { createBlobs } from '../../src/media/blobs.ts'
import { pageBlob } from '../../src/media/derived.ts'
import { createLooking } from '../../src/media/looking.ts'
import type { Examine } from '../../src/media/looking.ts'
import { MissingPart } from '../../src/media/worker/parts.ts'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import type { Database } from '../../src/models/store/connect.ts'
import { createFiles, fileModel } from '../../src/models/file/files.ts'
import { createInbox } from '../../src/models/chat/inbox.ts'
import { createLooks, lookModel } from '../../src/models/file/looks.ts'
import { createTurns } from '../../src/models/chat/turns.ts'
import { createVerdicts } from '../../src/media/verdicts.ts'
import { testDatabase, testSealer } from '../support/stores.ts'
import { fakeExaminer, openedLook } from './fake-examiner.ts'

afterEach(() => armFailpoints(undefined))

const PICTURE = Buffer.from('ffd8ffe0', 'hex')

/** Stored files of one turn, an examiner, and a clock that is moved by hand. */
async function world(examine: Examine = fakeExaminer(), count = 2, given?: Database) {
  const database = await testDatabase(given)
  const root = await mkdtemp(join(tmpdir(), 'looking-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const clock = { at: new Date('2026-12-07T01:00:00Z') }
  const context = { database, sealer: testSealer(), now: () => clock.at }
  const blobs = createBlobs({ ...context, root })
  const [files, looks, turns, inbox] = [
    createFiles(context),
    createLooks(context),
    createTurns({ ...context, log: createLog('silent') }),
    createInbox({ ...context, log: createLog('silent') }),
  ]
  const verdicts = createVerdicts({
    ...context,
    log: createLog('silent'),
    looks,
    turns,
    inbox,
    jobs: { hint: () => undefined },
  })
  const looking = createLooking({
    ...context,
    blobs,
    examine,
    log: createLog('silent'),
    onLook: async () => undefined,
    onLooked: (file) => verdicts.recheck([file._id]),
  })
  const ids = Array.from({ length: count }, (_, i) => `filefilefile-${i}`)
  const addFile = async (id: string, chat: string): Promise<string> => {
    const media = { kind: 'photo' as const, ref: 'r' }
    await files.register({ id, chat, channel: 'telegram', message: 'filefilefile', media })
    await blobs.put(id, PICTURE)
    await files.settle(id, { state: 'stored', mediaType: 'image/jpeg', bytes: 4, sha256: id, blob: id }, true)
    return id
  }
  for (const id of ids) await addFile(id, 'chat')
  const verdictAt = new Date(clock.at.getTime() + 60_000)
  await turns.insert(
    { _id: 'chat.1', chat: 'chat', n: 1, messages: ['m'], closedAt: clock.at },
    { decided: { session: null, effects: [] }, by: 'p', awaiting: [], looking: { files: ids, verdictAt } },
  )

  return {
    database,
    blobs,
    looks,
    ids,
    looking,
    addFile,
    verdicts,
    wait: (ms: number) => void (clock.at = new Date(clock.at.getTime() + ms)),
    /** What a process does that comes up: whatever is due. */
    sweep: async (): Promise<void> => {
      for (const id of await looking.due(10)) await looking.run(id)
      await verdicts.sweep()
    },
    told: async () => (await inbox.waiting('chat')).messages.map((message) => message.body),
  }
}

test('files are looked at, drawn, and told once when all of the turn are', async () => {
  const { looking, ids, told, looks, blobs } = await world(fakeExaminer(() => openedLook('family_card')))
  await looking.run(ids[0]!)
  expect(await told()).toEqual([])
  await looking.run(ids[1]!)
  expect(await told()).toEqual([{ kind: 'system', event: 'verdicts', files: ids }])
  expect((await looks.of(ids)).map(({ state, pages }) => `${state} ${pages}`)).toEqual(['done 1', 'done 1'])
  expect(await blobs.get(pageBlob(ids[0]!, 1, 'thumbnail'))).toBeDefined()
})

test('chats take turns: a few files do not wait behind a great many', async () => {
  const { looking, looks, ids, addFile, wait } = await world(fakeExaminer(), 5)
  wait(1000)
  const few = [await addFile('few-files-0', 'other'), await addFile('few-files-1', 'other')]
  for (let i = 0; i < 4; i++) await looking.runNext()
  expect((await looks.of([...ids, ...few])).map(({ id }) => id).toSorted()).toEqual([...few, ids[0], ids[1]])
  for (let i = 0; i < 5; i++) await looking.runNext()
  expect(await looks.of(ids)).toHaveLength(5)
})

test('a minute after its turn a chat is told with what was looked at by then', async () => {
  const { looking, ids, told, wait, verdicts } = await world()
  await looking.run(ids[0]!)
  wait(59_000)
  await verdicts.sweep()
  expect(await told()).toEqual([])
  wait(1000)
  await verdicts.sweep()
  expect(await told()).toHaveLength(1)
  await looking.run(ids[1]!)
  await verdicts.sweep()
  expect(await told()).toHaveLength(1)
})

test('a crash before or after any write looks at every file, and tells once', { timeout: 120_000 }, async () => {
  const names = new Set<string>()
  let given: Database | undefined
  for (let stop = 1; ; stop++) {
    const { sweep, wait, told, looks, ids, database } = await world(fakeExaminer(), 1, given)
    given = database
    let hits = 0
    armFailpoints((name, moment) => {
      names.add(`${name} ${moment}`)
      if (++hits === stop) throw new Error('stopped here')
    })
    await sweep().catch(() => undefined)
    armFailpoints(undefined)
    const finished = hits < stop
    // the lease of the killed process, then the wait after a failed attempt
    for (let i = 0; i < 3; i++) {
      wait(7000)
      await sweep()
    }
    expect(await told()).toEqual([{ kind: 'system', event: 'verdicts', files: ids }])
    expect((await looks.of(ids)).map(({ state }) => state)).toEqual(['done'])
    expect(await fileModel(database).countDocuments({ lookAt: { $exists: true } })).toBe(0)
    if (finished) break
  }
  expect([...names]).toEqual(
    expect.arrayContaining(
      ['look.begin', 'look.settle', 'look.close', 'inbox.insert', 'turn.verdicts-told'].map((name) => `${name} after`),
    ),
  )
})

test('who cannot look tries three times, then operators look', async () => {
  const { sweep, wait, told, looks, ids } = await world(() => Promise.reject(new Error('no')))
  await sweep()
  wait(2000)
  await sweep()
  expect(await told()).toEqual([])
  wait(20_000)
  await sweep()
  expect((await looks.of(ids)).map(({ state }) => state)).toEqual(['failed', 'failed'])
  expect(await told()).toHaveLength(1)
})

test('where a part is missing no second try is made', async () => {
  const { sweep, looks, ids } = await world(() => Promise.reject(new MissingPart('heic')), 1)
  await sweep()
  expect((await looks.of(ids)).map(({ state }) => state)).toEqual(['failed'])
})

test('what was made of a file that is purged meanwhile goes with it', async () => {
  const { database, looking, ids, blobs, looks } = await world((file) => {
    return fileModel(database)
      .updateMany({}, { $set: { purgeAt: new Date() } })
      .then(() => fakeExaminer()(file))
  })
  await looking.run(ids[0]!)
  expect(await looks.of(ids)).toEqual([])
  expect(await blobs.get(pageBlob(ids[0]!, 1, 'page'))).toBeUndefined()
})

test('a look is sealed', async () => {
  const { looking, ids, database } = await world(
    fakeExaminer(() =>
      openedLook('family_card', [
        {
          field: 'nik',
          value: '6311065402160003',
          confidence: 1,
          box: { x: 0, y: 0, width: 1, height: 1 },
        },
      ]),
    ),
  )
  await looking.run(ids[0]!)
  const row = await lookModel(database).findById(ids[0]).lean()
  expect(JSON.stringify(row)).not.toContain('6311065402160003')
  expect(Buffer.from(JSON.stringify(row)).toString('latin1')).not.toContain('family_card')
})
