import { afterEach, expect, test } from 'vitest'
import { turnModel } from '../../../src/models/chat/turns.ts'
import { createDelivery } from '../../../src/models/notice/deliveries.ts'
import { deliveryRows } from '../../../src/models/notice/kept.ts'
import { armFailpoints } from '../../../src/models/store/failpoint.ts'
import { file, house, text } from './house.ts'

afterEach(() => armFailpoints(undefined))

test('messages become turns in the channel order, whatever order they were stored in, and answers go out at once', async () => {
  const world = await house()
  const { talk } = world.process('a')
  const [one, two] = [world.inbound(text('one')), world.inbound(text('two'))]
  await world.inbox.accept('chat', two)
  await world.inbox.accept('chat', one)
  await talk.wake('chat')
  expect(world.sent).toEqual(['1: one', 'next', '2: two', 'next'])
  expect(await world.said()).toEqual(['1: one sent', 'next sent', '2: two sent', 'next sent'])
})

test('the same message twice is one turn, whoever hands it over again', async () => {
  const world = await house()
  const { talk } = world.process('a')
  const message = world.inbound(text('one'))
  const { fresh } = await world.inbox.accept('chat', message)
  await talk.take('chat', [fresh!])
  expect((await world.inbox.accept('chat', message)).fresh).toBeUndefined()
  await talk.wake('chat')
  await talk.take('chat', [fresh!])
  await world.process('b').talk.take('chat', [fresh!])
  expect(world.sent).toEqual(['1: one', 'next'])
})

test('a placeholder is no turn until its content comes under the same id', async () => {
  const world = await house()
  const { talk } = world.process('a')
  await world.inbox.accept('chat', world.inbound({ kind: 'placeholder' }, 'p1'))
  await talk.wake('chat')
  expect(world.sent).toEqual([])
  const { fresh } = await world.inbox.accept('chat', world.inbound(text('late'), 'p1'))
  await talk.take('chat', [fresh!])
  expect(world.sent).toEqual(['1: late', 'next'])
})

test('files that arrive together are one turn, which waits at most ten seconds for downloads', async () => {
  const world = await house()
  const { talk, turns } = world.process('a')
  const stored = await world.inbox.accept('chat', world.inbound(file))
  const waiting = await world.inbox.accept('chat', world.inbound(file))
  world.states.set(`${stored.id}-0`, 'stored')
  await talk.wake('chat')
  world.clock.at = new Date('2026-12-07T01:00:02Z')
  await talk.wake('chat')
  // its messages are fixed now: what comes later is another turn
  expect(await turnModel(world.database).findById('chat.1').lean()).toMatchObject({
    state: 'open',
    messages: [stored.id, waiting.id],
  })
  await world.inbox.accept('chat', world.inbound(text('behind')))
  await talk.wake('chat')
  expect(world.sent).toEqual([])
  world.clock.at = new Date('2026-12-07T01:00:12Z')
  await talk.wake('chat')
  expect(world.sent).toEqual(['1: 2 files', 'next', '2: behind', 'next'])
  expect(world.rechecked).toEqual([`${waiting.id}-0`])
  expect(await turns.awaitingFile(`${waiting.id}-0`)).toMatchObject({ chat: 'chat' })
})

test('a bag whose files are all there is one write, and one that a killed process had open is closed by the next', async () => {
  const world = await house()
  const { id } = await world.inbox.accept('chat', world.inbound(file))
  world.clock.at = new Date('2026-12-07T01:00:02Z')
  await world.process('a').talk.wake('chat')
  expect(await turnModel(world.database).findById('chat.1').lean()).toMatchObject({ state: 'open' })
  world.dead.add('a')
  world.states.set(`${id}-0`, 'stored')
  await world.process('b').talk.resume('chat')
  expect(world.sent).toEqual(['1: 1 files', 'next'])
  const { id: second } = await world.inbox.accept('chat', world.inbound(file))
  world.states.set(`${second}-0`, 'stored')
  world.clock.at = new Date('2026-12-07T01:00:10Z')
  const written: string[] = []
  armFailpoints((name, moment) => void (moment === 'after' && written.push(name)))
  await world.process('b').talk.wake('chat')
  // that it is done is marked by itself, a moment later
  expect(written.filter((name) => name.startsWith('turn.') && name !== 'turn.done')).toEqual(['turn.insert'])
})

test('while an operator answers, turns are recorded and not answered, and the conversation stays where it was', async () => {
  const world = await house()
  const { talk } = world.process('a')
  await world.inbox.accept('chat', world.inbound(text('one')))
  await talk.wake('chat')
  world.aside.add('chat')
  await world.inbox.accept('chat', world.inbound(text('for a person')))
  await world.inbox.accept('chat', world.inbound(file))
  await talk.wake('chat')
  world.clock.at = new Date(world.clock.at.getTime() + 2000)
  await talk.wake('chat')
  expect(world.sent).toEqual(['1: one', 'next'])
  expect(await world.count()).toBe(1)
  // what the service has to tell is told all the same
  await world.inbox.tell('chat', 'news', { event: 'approved' })
  await talk.wake('chat')
  world.aside.clear()
  await world.inbox.accept('chat', world.inbound(text('two')))
  await talk.wake('chat')
  expect(await world.answers()).toEqual(['1: one', '2: system', '3: two'])
})

test('many processes in one chat at once decide each message once, and their answers stand in its order', async () => {
  const world = await house()
  const everybody = Array.from({ length: 5 }, (_, i) => world.process(`p${i}`).talk)
  for (let i = 0; i < 10; i++) {
    const { fresh } = await world.inbox.accept('chat', world.inbound(text(`m${i}`)))
    await Promise.all([everybody[i % 5]!.take('chat', [fresh!]), ...everybody.map((talk) => talk.wake('chat'))])
  }
  // whoever found another at work comes back in a moment
  await expect.poll(() => world.answers()).toEqual(Array.from({ length: 10 }, (_, i) => `${i + 1}: m${i}`))
  expect(world.sent).toHaveLength(20)
  const turns = await turnModel(world.database).find({ chat: 'chat' }).sort({ n: 1 }).lean()
  expect(turns.map(({ n }) => n)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1))
  expect(new Set(turns.flatMap(({ messages }) => messages)).size).toBe(10)
})

test('what does not go out is queued as it ended, and holds back what is behind it', async () => {
  const world = await house()
  const { talk } = world.process('a')
  const retryAt = new Date(world.clock.at.getTime() + 5_000)
  world.refuse.push({ state: 'queued', failure: 'throttled', retryAt })
  await world.inbox.accept('chat', world.inbound(text('one')))
  await world.inbox.accept('chat', world.inbound(text('two')))
  await talk.wake('chat')
  expect(world.sent).toEqual([])
  expect(await world.said()).toEqual(['1: one queued', 'next queued', '2: two queued', 'next queued'])
  expect(world.hinted).toEqual(['chat', 'chat'])
})

test('nothing is said directly past what stands in the queue, nor by a process whose sign of life is over', async () => {
  const world = await house()
  const { talk } = world.process('a')
  await createDelivery(world.context, { key: 'notice', chat: 'chat', text: 'a notice', subject: {} })
  await world.inbox.accept('chat', world.inbound(text('one')))
  await talk.wake('chat')
  expect(await world.said()).toEqual(['a notice queued', '1: one queued', 'next queued'])
  await deliveryRows(world.database).updateMany({}, { $set: { state: 'sent' }, $unset: { nextAttemptAt: 1 } })
  world.dead.add('a')
  await world.inbox.accept('chat', world.inbound(text('two')))
  await talk.wake('chat')
  expect(world.sent).toEqual([])
  expect((await world.said()).slice(3)).toEqual(['2: two queued', 'next queued'])
})

test('of a great many messages none is answered before those that stand before it', async () => {
  const world = await house()
  const { talk } = world.process('a')
  for (let i = 0; i < 230; i++) await world.inbox.accept('chat', world.inbound(text(`w${i}`)))
  const { fresh } = await world.inbox.accept('chat', world.inbound(text('latest')))
  await talk.take('chat', [fresh!])
  const answers = world.sent.filter((one) => one !== 'next')
  expect(answers).toHaveLength(231)
  expect(answers.map((one) => one.replace(/^\d+: /, ''))).toEqual([
    ...Array.from({ length: 230 }, (_, i) => `w${i}`),
    'latest',
  ])
})
