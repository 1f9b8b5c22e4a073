import { pino } from 'pino'
import { beforeEach, describe, expect, test } from 'vitest'
import { outgoingRules } from '../../src/bots/outgoing-rules.ts'
import { readEnv } from '../../src/config/env.ts'
import { loadOffice } from '../../src/config/office.ts'
import { hoursText } from '../../src/conversation/hours.ts'
import type { Stage } from '../../src/models/application/application.ts'
import type { HistoryEntry } from '../../src/models/application/history.ts'
import type { Action } from '../../src/models/application/transitions.ts'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import { applications } from '../../src/models/application/kept.ts'
import type { ApplicationDocument } from '../../src/models/application/kept.ts'
import { toBuffer } from '../../src/models/store/binary.ts'
import { touchChat } from '../../src/models/chat/chats.ts'
import { suspendCoordinator } from '../../src/models/coordinator/changes.ts'
import { registerCoordinator } from '../../src/models/coordinator/coordinators.ts'
import type { CoordinatorContext } from '../../src/models/coordinator/coordinators.ts'
import { createDelivery } from '../../src/models/notice/deliveries.ts'
import { deliveries } from '../../src/models/notice/kept.ts'
import { forgetGroups, noticeGroups, noticesWaiting } from '../../src/models/notice/groups.ts'
import { storeSchools } from '../../src/models/school/schools.ts'
import { SAMPLE_SCHOOLS } from '../../src/dev/sample-schools.ts'
import { createNotifier } from '../../src/notify/notifier.ts'
import type { Notifier } from '../../src/notify/notifier.ts'
import { testDatabase, testSealer } from '../support/stores.ts'

const office = loadOffice('office/balangan.yaml')
const NPSN = '69900014'
const MORNING = new Date('2026-12-07T01:00:00Z')
let at: Date
let context: CoordinatorContext
let notifier: Notifier

beforeEach(async () => {
  at = MORNING
  context = { database: await testDatabase(), sealer: testSealer(), now: () => at }
  await storeSchools(context.database, SAMPLE_SCHOOLS)
  notifier = newNotifier()
})

function newNotifier(demo = false): Notifier {
  return createNotifier({
    ...context,
    office: { current: () => office },
    log: pino({ level: 'silent' }),
    ...outgoingRules({ ...readEnv({}), demo }, office),
    hours: () => hoursText(office, at),
    createDelivery: (delivery) => createDelivery(context, delivery),
  })
}
const pass = (seconds: number): void => void (at = new Date(at.getTime() + seconds * 1000))
/** Once the groups of now have closed. */
async function flushGroups(): Promise<void> {
  pass(office.notices.groupSeconds)
  await notifier.flush()
}
async function coordinator(id: string, npsn = NPSN): Promise<{ id: string; chat: string }> {
  const chat = await touchChat(context, { from: { channel: 'webchat', id }, account: 'demo' })
  const consent = { at, by: chat, textVersion: 'consent-1', evidence: 'setuju' }
  const registration = { key: `${id}/0`, chat, npsn, name: 'Rina Contoh', role: 'teacher' as const, consent }
  return { id: (await registerCoordinator(context, registration)).coordinator.id, chat }
}
function application(
  id: string,
  of: { id: string; chat: string },
  more: Partial<ApplicationDocument> = {},
): ApplicationDocument {
  const pupil = { name: `Ahmad Contoh ${id}`, nik: '6311060107150001', birthDate: '2015-07-01' }
  return {
    _id: id,
    rev: 3,
    ticket: `B41${id.slice(-1)}-6`,
    stage: 'returned',
    state: 'idle',
    skip: [],
    releases: 0,
    npsn: NPSN,
    coordinator: of.id,
    chat: of.chat,
    reason: 'NEW',
    pupil: context.sealer.sealJson(pupil),
    findingCodes: [],
    documents: [],
    requests: [],
    history: [],
    seq: 4,
    createdAt: MORNING,
    stageAt: MORNING,
    ...more,
  }
}
function entry(action: Action, to: Stage, more: Partial<HistoryEntry> = {}): HistoryEntry {
  return { seq: 4, at, by: { kind: 'operator', id: 'op1' }, action, from: 'verification', to, ...more }
}
const ready = entry('approve', 'ready', { from: 'printing' })
const returned = (more: Partial<HistoryEntry> = {}) =>
  entry('return', 'returned', { reasons: ['RR_PORTRAIT_BLURRED'], ...more })

async function sent() {
  const found = await deliveries(context.database).find().sort({ createdAt: 1, n: 1 }).lean()
  return found.map(({ _id: key, text, ...more }) => ({ ...more, key, text: context.sealer.openText(toBuffer(text)) }))
}

/** All of them are told, none twice, in whatever order. */
async function expectOnce(all: readonly string[], where?: string): Promise<void> {
  const told = (await sent()).flatMap(({ subject }) => [subject, ...(subject.also ?? [])].map((one) => one.application))
  expect(new Set(told), where).toEqual(new Set(all))
  expect(told.length, where).toBe(all.length)
}

describe('a notice', () => {
  test('goes to the chat that submitted, once, however often the relay comes', async () => {
    const rina = await coordinator('1')
    const app = application('a1', rina)
    const note = context.sealer.sealJson({ note: 'foto gelap' })
    for (let i = 0; i < 3; i++) await notifier.notify(app, [returned({ sealed: note })])
    expect(await notifier.flush()).toBe(0)
    pass(office.notices.groupSeconds)
    expect(await notifier.flush()).toBe(1)
    for (let i = 0; i < 3; i++) await notifier.notify(app, [returned({ sealed: note })])
    await flushGroups()
    const all = await sent()
    expect(all).toMatchObject([
      { chat: rina.chat, notice: true, subject: { application: 'a1', event: 'returned', seq: 4 } },
    ])
    expect(all[0]?.text).toContain('Pas foto buram; foto ulang di tempat terang. Catatan petugas: foto gelap.')
    expect(all[0]?.text).not.toContain('6311')
  })

  test('of what the school does itself is none', async () => {
    const rina = await coordinator('1')
    await notifier.notify(application('a1', rina), [
      entry('resubmit', 'verification', { by: { kind: 'coordinator', id: rina.id } }),
      entry('approve', 'photo'),
    ])
    expect(await noticeGroups(context.database).countDocuments()).toBe(0)
  })

  test('lies sealed until it is told, and leaves no content behind', async () => {
    await notifier.notify(application('a1', await coordinator('1')), [returned()])
    const groups = noticeGroups(context.database)
    const due = new Date(at.getTime() + office.notices.groupSeconds * 1000)
    expect(await noticesWaiting(context.database, 'a1')).toMatchObject([{ event: 'returned', seq: 4, closesAt: due }])
    expect(await noticesWaiting(context.database, 'a2')).toEqual([])
    const [raw] = await groups.collection.find({}, { raw: true }).toArray()
    expect(Buffer.from(raw as unknown as Uint8Array).includes('Ahmad')).toBe(false)
    await flushGroups()
    const keys = [expect.stringContaining('a1/4/')]
    expect(await groups.findOne().lean()).toMatchObject({ state: 'done', members: [], keys })
    expect(await noticesWaiting(context.database, 'a1')).toEqual([])
    expect(await forgetGroups(context.database, at)).toBe(1)
  })

  test('goes to the substitute of a suspended coordinator, to nobody where the school has none', async () => {
    const [old, next] = [await coordinator('1'), await coordinator('2')]
    await suspendCoordinator(context, old.id, { by: 'op1', substitute: next.id })
    await notifier.notify(application('a1', old), [returned()])
    const alone = await coordinator('3', '69900001')
    await suspendCoordinator(context, alone.id, { by: 'op1' })
    await notifier.notify(application('a2', alone, { npsn: '69900001' }), [returned()])
    pass(office.notices.groupSeconds)
    expect(await notifier.flush()).toBe(1)
    expect(await sent()).toMatchObject([{ chat: next.chat }])
  })

  test('that waits when its coordinator is suspended goes to the substitute, or to nobody', async () => {
    const [old, next] = [await coordinator('1'), await coordinator('2')]
    const alone = await coordinator('3', '69900001')
    const ones = [application('a1', old), application('a2', alone, { npsn: '69900001' })]
    await applications(context.database).collection.insertMany(ones as never[])
    for (const one of ones) await notifier.notify(one, [returned()])
    await suspendCoordinator(context, old.id, { by: 'op1', substitute: next.id })
    await suspendCoordinator(context, alone.id, { by: 'op1' })
    pass(office.notices.groupSeconds)
    expect(await notifier.flush()).toBe(2)
    expect(await sent()).toMatchObject([{ chat: next.chat, subject: { application: 'a1' } }])
    expect(await noticeGroups(context.database).countDocuments({ state: 'done' })).toBe(2)
  })

  test('of the night waits for the morning in one message, in DEMO it goes at once', async () => {
    const rina = await coordinator('1')
    at = new Date('2026-12-07T13:00:00Z')
    await notifier.notify(application('a1', rina), [returned()])
    pass(4 * 3600)
    await notifier.notify(application('a2', rina), [returned()])
    expect(await notifier.flush()).toBe(0)
    at = new Date('2026-12-07T22:00:00Z')
    expect(await notifier.flush()).toBe(1)
    at = new Date('2026-12-08T13:00:00Z')
    const demo = newNotifier(true)
    await demo.notify(application('a3', rina), [returned()])
    pass(5)
    expect(await demo.flush()).toBe(1)
    const [first, second] = await sent()
    expect(first?.text).toContain('2 berkas perlu diperbaiki')
    expect(second).toMatchObject({ notBefore: at })
  })

  test('whose group is closed late, in quiet hours, still waits for the morning', async () => {
    await notifier.notify(application('a1', await coordinator('1')), [returned()])
    at = new Date('2026-12-07T15:00:00Z')
    expect(await notifier.flush()).toBe(1)
    expect(await sent()).toMatchObject([{ notBefore: new Date('2026-12-07T22:00:00Z') }])
  })

  test('of a reminder comes once for its key, and not where the application went on', async () => {
    const rina = await coordinator('1')
    await applications(context.database).collection.insertMany([
      application('a1', rina),
      application('a2', rina, { stage: 'verification' }),
    ] as never[])
    const purgeOn = new Date('2027-02-05T00:00:00Z')
    for (const id of ['a1', 'a1', 'a2'])
      await notifier.remind({ key: `${id}/remind/1`, id, stage: 'returned' }, purgeOn)
    await flushGroups()
    expect(await sent()).toMatchObject([{ text: expect.stringContaining('paling lambat 5 Februari 2027') }])
  })
})

describe('several events of one school', () => {
  test('are told without those that something has overtaken while the group waited', async () => {
    const rina = await coordinator('1')
    const ones = ['a1', 'a2', 'a3'].map((id) => application(id, rina, id === 'a1' ? {} : { stage: 'ready' }))
    await applications(context.database).collection.insertMany(ones as never[])
    await notifier.notify(ones[0]!, [returned()])
    for (const one of ones.slice(1)) await notifier.notify(one, [ready])
    expect(await notifier.toCome('a1')).toMatchObject([{ event: 'returned', seq: 4 }])
    for (const [_id, stage] of [['a1', 'verification'] as const, ['a2', 'handed_over'] as const])
      await applications(context.database).updateOne({ _id }, { $set: { stage } })
    // nobody is promised what will not come
    const toCome = await Promise.all(['a1', 'a2', 'a3'].map((id) => notifier.toCome(id)))
    expect(toCome).toMatchObject([[], [], [{ event: 'ready', seq: 4 }]])
    await flushGroups()
    const [all, ...more] = await sent()
    expect(more).toEqual([])
    expect(all?.text).toMatch(/^KIA \*Ahmad Contoh a3\* .* siap diambil/)
    expect(all?.subject).toEqual({ application: 'a3', event: 'ready', seq: 4 })
    const overtaken = ['a1/4/', 'a2/4/'].map((key) => expect.stringContaining(key))
    expect(await noticeGroups(context.database).findOne().lean()).toMatchObject({ state: 'done', overtaken })
    await notifier.notify(ones[0]!, [returned({ seq: 6 })])
    await flushGroups()
    expect(await sent()).toHaveLength(1)
  })

  test('within the time of a group go in one message, later ones in another', async () => {
    at = new Date('2027-03-05T07:00:00Z') // the Friday before Idul Fitri: the hours say so
    const rina = await coordinator('1')
    await Promise.all(['a1', 'a2', 'a3', 'a4', 'a5', 'a6'].map((id) => notifier.notify(application(id, rina), [ready])))
    await notifier.notify(application('a7', await coordinator('2', '69900001'), { npsn: '69900001' }), [ready])
    pass(office.notices.groupSeconds)
    await notifier.notify(application('a8', rina), [ready])
    await notifier.flush()
    await flushGroups()
    const texts = (await sent()).map(({ text }) => text)
    expect(texts).toHaveLength(3)
    expect(texts.join('\n').match(/KIA 6 murid SDN Contoh 14.*kecuali libur 8–15 Maret 2027: B/g)).toHaveLength(1)
    await expectOnce(['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8'])
  })

  test('are each told once although many relays and flushers run at once', async () => {
    const rina = await coordinator('1')
    const ids = Array.from({ length: 90 }, (_, i) => `b${i}`)
    const relays = [0, 1, 2].flatMap(() => ids.map((id) => notifier.notify(application(id, rina), [returned()])))
    await Promise.all(relays)
    pass(office.notices.groupSeconds)
    await Promise.all([notifier.flush(), notifier.flush(), newNotifier().flush()])
    await expectOnce(ids)
  })
})

test('a kill between any two writes loses no notice and doubles none', async () => {
  const rina = await coordinator('1')
  const tellAll = async () => {
    for (const id of ['k1', 'k2']) await notifier.notify(application(id, rina), [returned()])
  }
  const places: string[] = []
  armFailpoints((name, moment) => void places.push(`${name}:${moment}`))
  await tellAll()
  await flushGroups()
  armFailpoints(undefined)
  expect(new Set(places.map((place) => place.split(':')[0]))).toEqual(
    new Set(['notice.join', 'notice.open', 'notice.close', 'delivery.create', 'notice.done']),
  )
  for (const killedAt of places.keys()) {
    await Promise.all([noticeGroups(context.database).deleteMany({}), deliveries(context.database).deleteMany({})])
    let count = 0
    armFailpoints(() => {
      if (count++ === killedAt) throw new Error('killed')
    })
    // the kill may end the relay or the flush; both come again
    await tellAll().catch(() => undefined)
    await flushGroups().catch(() => undefined)
    armFailpoints(undefined)
    await tellAll()
    await flushGroups()
    await flushGroups()
    await expectOnce(['k1', 'k2'], `killed at ${places[killedAt]}`)
    expect(await noticeGroups(context.database).countDocuments({ state: { $ne: 'done' } })).toBe(0)
  }
})
