import { expect, test } from 'vitest'
import { createAppraising } from '../../src/media/appraising.ts'
import { createLog } from '../../src/config/log.ts'
import type { ReadValue } from '../../src/models/file/look.ts'
import { appraisalModel, createAppraisals, forgetAppraisal } from '../../src/models/application/appraisals.ts'
import { createFiles } from '../../src/models/file/files.ts'
import { coordinators } from '../../src/models/coordinator/kept.ts'
import { createInbox } from '../../src/models/chat/inbox.ts'
import { createLooks } from '../../src/models/file/looks.ts'
import { LOOK_PATIENCE_MS } from '../../src/models/file/verdict.ts'
import { openedLook } from './fake-examiner.ts'
import { goodLook } from './portrait/rules.ts'
import { SCHOOL_A, createWorld, submission } from '../queue/world.ts'

/** A submitted pupil, whose documents can be looked at one by one. */
async function sent() {
  const world = await createWorld()
  const { database, sealer, queue } = world
  const [appraisals, looks, inbox] = [
    createAppraisals(world),
    createLooks(world),
    createInbox({ ...world, log: createLog('silent') }),
  ]
  const run = createAppraising({
    database,
    sealer,
    office: { current: () => world.office },
    appraisals,
    looks,
    inbox,
    jobs: { hint: () => undefined },
    now: world.now,
    log: createLog('silent'),
    onAppraised: () => undefined,
  })
  const pupil = submission(SCHOOL_A)
  const { application: id } = await queue.submissions.submit(pupil)
  const { coordinator, npsn, chat } = pupil
  await coordinators(database).create({ _id: coordinator, rev: 0, npsn, state: 'approved', chats: [chat] })
  const files = pupil.documents.map((document) => document.id)
  const codes = async () => (await appraisals.of([id])).get(id)?.appraised
  return {
    ...world,
    id,
    pupil,
    appraisals,
    inbox,
    run,
    codes: async () => Object.values((await codes()) ?? {}).map(({ findings }) => findings.map(({ code }) => code)),
    pass: (milliseconds: number) => world.pass(milliseconds),
    settle: () => world.settle(),
    looked: async (n: number, look = openedLook()): Promise<void> => {
      await looks.settle({ _id: files[n]!, chat: pupil.chat }, { state: 'done', look, pages: 1, proposal: false })
      await appraisals.mark(id)
    },
    mark: () => appraisals.mark(id),
  }
}

const nik = (value: string): ReadValue => ({
  field: 'nik',
  value,
  confidence: 0.99,
  row: 0,
  box: { x: 0.1, y: 0.2, width: 0.3, height: 0.02 },
})

test('what nobody has looked at in time is said to be so, until it is looked at', async () => {
  const { mark, run, codes, looked, pass } = await sent()
  await mark()
  await run()
  // its look may be there in a moment
  expect(await codes()).toEqual([[], []])
  pass(LOOK_PATIENCE_MS)
  await run()
  expect(await codes()).toEqual([['NOT_READ'], ['NOT_READ']])
  await looked(0, openedLook('birth_certificate'))
  await run()
  expect(await codes()).toEqual([[], ['NOT_READ']])
})

test('a NIK that reads otherwise is a finding with both values, sealed, and its code stands in lists', async () => {
  const { looked, run, codes, database, id, appraisals, pupil } = await sent()
  const other = pupil.pupil.nik.replace(/.$/, (digit) => String((Number(digit) + 1) % 10))
  await looked(0, openedLook('birth_certificate', [nik(other)]))
  await run()
  expect((await codes())[0]).toContain('NIK_READ_DIFFERS')
  const found = Object.values((await appraisals.of([id])).get(id)!.appraised)[0]!
  expect(found.findings.find(({ code }) => code === 'NIK_READ_DIFFERS')?.detail).toMatchObject({ read: other })
  expect(found.values).toMatchObject([{ field: 'nik', value: other, page: 1 }])
  const row = await appraisalModel(database).findById(id).lean()
  expect(row?.codes).toContainEqual({ code: 'NIK_READ_DIFFERS', severity: 'check' })
  expect(JSON.stringify(row)).not.toContain(other)
})

test('a file that cannot be opened is asked for again once, as long as nobody has the case', async () => {
  const { looked, run, inbox, pupil, id, pass, mark } = await sent()
  pass(1000)
  await looked(1, { opened: false, refusal: 'broken' })
  await run()
  await mark()
  await run()
  const { messages: told } = await inbox.waiting(pupil.chat)
  expect(told.map((message) => message.body)).toEqual([
    expect.objectContaining({ event: 'retake', application: id, of: 'portrait', code: 'FILE_DAMAGED' }),
  ])
})

test('once an operator has the case, the school is not asked', async () => {
  const { looked, run, inbox, pupil, queue, settle, pass } = await sent()
  await settle()
  await queue.claims.take({ operator: { id: 'ani', roles: ['supervisor'] } })
  pass(1000)
  await looked(1, { opened: false, refusal: 'broken' })
  await run()
  expect((await inbox.waiting(pupil.chat)).messages).toEqual([])
})

test('a file that was sent for another pupil as well is a finding with that ticket', async () => {
  const { looked, run, appraisals, id, pupil, queue, database, sealer, now } = await sent()
  const [files, looks] = [createFiles({ database, sealer, now }), createLooks({ database, sealer, now })]
  // from a colleague of the same school
  const twin = submission(SCHOOL_A, { coordinator: 'rekan', chat: 'chat-rekan' })
  await coordinators(database).create({ _id: 'rekan', rev: 0, npsn: SCHOOL_A, state: 'approved', chats: [twin.chat] })
  const { application, ticket } = await queue.submissions.submit(twin)
  const [akta, portrait] = twin.documents.map((document) => document.id)
  const own = pupil.documents.map((document) => document.id)
  const register = async (file: string) => {
    const media = { kind: 'photo', ref: 'r' } as const
    await files.register({ id: file, chat: pupil.chat, channel: 'webchat', message: 'm', media })
  }
  for (const file of [akta!, portrait!, own[0]!]) await register(file)
  await files.match(application, [akta!, portrait!])
  // the certificate byte for byte, the portrait saved anew
  for (const file of [akta!, own[0]!]) {
    await files.settle(file, { state: 'stored', mediaType: 'image/jpeg', bytes: 9, sha256: 'same', blob: file })
  }
  await looks.settle(
    { _id: portrait!, chat: twin.chat },
    { state: 'done', look: openedLook(), pages: 1, proposal: false },
  )
  await looked(1, openedLook('portrait', [], goodLook()))
  await run()
  const found = (await appraisals.of([id])).get(id)!.appraised
  expect(found[own[0]!]?.findings).toContainEqual(
    expect.objectContaining({ code: 'SAME_FILE', severity: 'check', detail: { ticket } }),
  )
  expect(found[own[1]!]?.findings).toContainEqual(
    expect.objectContaining({ code: 'SAME_PORTRAIT', severity: 'check', detail: { ticket } }),
  )
})

test('an appraisal goes with its application', async () => {
  const { mark, run, database, id } = await sent()
  await mark()
  await run()
  await forgetAppraisal(database, id)
  expect(await appraisalModel(database).countDocuments()).toBe(0)
})
