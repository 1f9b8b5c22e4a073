import { afterEach, expect, test } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { loadOffice } from '../../src/config/office.ts'
import { createTakeovers } from '../../src/conversation/takeover.ts'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import { deliveries } from '../../src/models/notice/kept.ts'
import { createInbox } from '../../src/models/chat/inbox.ts'
import { createPlea, listPleas } from '../../src/models/plea/pleas.ts'
import { testDatabase, testSealer } from '../support/stores.ts'

const office = loadOffice('office/balangan.yaml')
const MINUTE = 60_000

afterEach(() => armFailpoints(undefined))

async function setUp() {
  const database = await testDatabase()
  return { database }
}
/** One chat `chat` of that database, which has called for help where `asked`. */
async function world({ database }: { database: Awaited<ReturnType<typeof testDatabase>> }, chat: string, asked = true) {
  const clock = { at: new Date('2026-11-24T01:00:00Z') }
  const now = () => clock.at
  const context = { database, sealer: testSealer(), now }
  const inbox = createInbox({ ...context, log: createLog('silent') })
  const takeovers = createTakeovers({
    ...context,
    office: { current: () => office },
    log: createLog('silent'),
    send: () => undefined,
    publish: () => undefined,
    coordinatorOf: () => Promise.resolve({ id: 'wati', npsn: '69900001' }),
  })
  if (asked) await createPlea(context, { key: `asked-${chat}`, kind: 'help', chat })
  let order = 0
  return {
    takeovers,
    tick: (ms: number) => void (clock.at = new Date(clock.at.getTime() + ms)),
    writes: (text: string) =>
      inbox.accept(chat, {
        platformId: `${chat}-${(order += 1)}`,
        from: { channel: 'webchat', id: chat },
        account: 'demo',
        order,
        at: now(),
        body: { kind: 'text', text },
      }),
    said: async () => {
      const rows = await deliveries(database).find({ chat }).sort({ n: 1 }).lean()
      return rows.map(({ _id, subject }) => (subject.operator ? 'answer' : _id.slice(_id.indexOf('/') + 1)))
    },
    open: async () =>
      (await listPleas(context, { state: 'open', limit: 50 })).filter((plea) => plea.chat === chat).length,
  }
}
const hello = { text: 'Selamat pagi', files: [], transactionId: 't1' }

test('of two operators at once one has the chat; the coordinator is told once; only the one answers', async () => {
  const { takeovers, said, open } = await world(await setUp(), 'a')
  const taken = await Promise.allSettled(['ani', 'budi'].map((by) => takeovers.take('a', by)))
  expect(taken.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  const [mine, other] = taken[0]?.status === 'fulfilled' ? ['ani', 'budi'] : ['budi', 'ani']
  await takeovers.take('a', mine!)
  await expect(takeovers.answer('a', other!, hello)).rejects.toMatchObject({ kind: 'conflict' })
  await expect(takeovers.handBack('a', other!)).rejects.toMatchObject({ kind: 'conflict' })
  await takeovers.answer('a', mine!, hello)
  await takeovers.answer('a', mine!, hello)
  expect(await takeovers.has('a')).toBe(true)
  await takeovers.handBack('a', mine!)
  expect(await takeovers.has('a')).toBe(false)
  expect(await said()).toEqual(['begin', 'answer', 'end'])
  expect(await open()).toBe(0)
})

test('fifteen minutes after the last answer the bot is back; who has no answer is on the list again', async () => {
  const database = await setUp()
  const answered = await world(database, 'answered')
  const silent = await world(database, 'silent')
  const uncalled = await world(database, 'uncalled', false)
  const waits = await world(database, 'waits')
  for (const [one, chat] of [
    [answered, 'answered'],
    [silent, 'silent'],
    [uncalled, 'uncalled'],
    [waits, 'waits'],
  ] as const) {
    await one.takeovers.take(chat, 'ani')
    one.tick(10 * MINUTE)
    if (one === answered || one === waits) await one.takeovers.answer(chat, 'ani', hello)
    if (one === waits) {
      one.tick(1)
      await one.writes('Satu lagi, Bu')
    }
    one.tick(6 * MINUTE)
    await one.takeovers.sweep()
    expect(await one.takeovers.has(chat)).toBe(one === answered || one === waits)
    one.tick(10 * MINUTE)
    await one.takeovers.sweep()
    expect(await one.takeovers.has(chat)).toBe(false)
    expect((await one.said()).at(-1)).toBe('end')
  }
  expect(await Promise.all([answered, silent, uncalled, waits].map((one) => one.open()))).toEqual([0, 1, 1, 1])
  await expect(silent.takeovers.answer('silent', 'ani', hello)).rejects.toMatchObject({ kind: 'conflict' })
})

test('a crash before or after any write of a takeover loses no answer and says nothing twice', async () => {
  const database = await setUp()
  const names = new Set<string>()
  for (let stop = 1; ; stop++) {
    const chat = `crash-${stop}`
    const { takeovers, said, open, tick } = await world(database, chat)
    const steps: (() => Promise<unknown>)[] = [
      () => takeovers.take(chat, 'ani'),
      () => takeovers.answer(chat, 'ani', hello),
      () =>
        takeovers.handBack(chat, 'ani').catch((error: unknown) => expect(error).toMatchObject({ kind: 'conflict' })),
    ]
    let hits = 0
    armFailpoints((name, moment) => {
      names.add(`${name} ${moment}`)
      if (++hits === stop) throw new Error('stopped here')
    })
    // the console sends again what was not answered
    for (const step of steps) await step().catch(step)
    armFailpoints(undefined)
    tick(MINUTE)
    await takeovers.sweep()
    expect(await said()).toEqual(['begin', 'answer', 'end'])
    expect(await open()).toBe(0)
    if (hits < stop) break
  }
  expect([...names].sort()).toEqual(
    ['takeover.begin', 'takeover.answer', 'takeover.end', 'takeover.settle', 'delivery.create', 'plea.close']
      .flatMap((name) => [`${name} after`, `${name} before`])
      .sort(),
  )
})

test('a crash before or after any write of a supervisor taking a chat over never has the bot said to be back', async () => {
  const database = await setUp()
  for (let stop = 1; ; stop++) {
    const chat = `over-${stop}`
    const { takeovers, said, tick } = await world(database, chat)
    await takeovers.take(chat, 'ani')
    tick(MINUTE)
    let hits = 0
    armFailpoints(() => {
      if (++hits === stop) throw new Error('stopped here')
    })
    const over = () => takeovers.take(chat, 'bos', { over: true })
    const crashed = await over().then(
      () => false,
      () => true,
    )
    armFailpoints(undefined)
    // another process sweeps before the supervisor tries again
    await takeovers.sweep()
    expect(await takeovers.has(chat)).toBe(true)
    expect(await said()).toEqual(['begin'])
    if (!crashed) break
    expect(await over()).toMatchObject({ by: 'bos' })
    await expect(takeovers.answer(chat, 'ani', hello)).rejects.toMatchObject({ kind: 'conflict' })
    await takeovers.handBack(chat, 'bos')
    expect(await said()).toEqual(['begin', 'end'])
  }
})
