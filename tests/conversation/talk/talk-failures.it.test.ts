import { afterEach, expect, test } from 'vitest'
import { inboxModel } from '../../../src/models/chat/inbox.ts'
import { turnModel } from '../../../src/models/chat/turns.ts'
import { armFailpoints } from '../../../src/models/store/failpoint.ts'
import { file, house, text } from './house.ts'

afterEach(() => armFailpoints(undefined))

test('what a killed process had begun to say is left to it while its sign holds, and counted as interrupted after', async () => {
  const world = await house()
  armFailpoints((name, moment) => {
    if (name === 'delivery.create' && moment === 'before') throw new Error('killed here')
  })
  await world.inbox.accept('chat', world.inbound(text('one')))
  await world.process('a').talk.wake('chat')
  armFailpoints(undefined)
  expect(world.sent).toEqual(['1: one'])
  const { talk } = world.process('b')
  await talk.wake('chat')
  expect(await world.said()).toEqual([])
  world.dead.add('a')
  world.clock.at = new Date(world.clock.at.getTime() + 60_000)
  await talk.resume('chat')
  expect(await world.said()).toEqual(['1: one interrupted', 'next interrupted'])
})

test('what cannot be decided comes again later each time, and nothing behind it goes first', async () => {
  const world = await house()
  const broken = { advance: true, keep: false }
  const { talk } = world.process('a', { broken })
  await world.inbox.accept('chat', world.inbound(text('one')))
  await talk.wake('chat')
  await world.inbox.accept('chat', world.inbound(text('two')))
  broken.advance = false
  await talk.wake('chat')
  expect(world.sent).toEqual([])
  expect(await world.inbox.forgottenChats(new Date(world.clock.at.getTime() + 1), 10)).toEqual(['chat'])
  world.clock.at = new Date(world.clock.at.getTime() + 500)
  await talk.wake('chat')
  expect(world.sent).toEqual(['1: one', 'next', '2: two', 'next'])
})

test('a bag that cannot be decided comes again later each time, too, and so does a turn that cannot be performed', async () => {
  const world = await house()
  const broken = { advance: true, keep: false }
  const { talk, turns } = world.process('a', { broken })
  const { id } = await world.inbox.accept('chat', world.inbound(file))
  world.clock.at = new Date(world.clock.at.getTime() + 2_000)
  await talk.wake('chat')
  world.states.set(`${id}-0`, 'stored')
  const attempts = async () => (await turnModel(world.database).findById('chat.1').lean())?.attempts
  await talk.wake('chat')
  expect(await attempts()).toBe(1)
  // its time has not come: whoever wakes it does nothing
  await talk.wake('chat')
  expect(await attempts()).toBe(1)
  world.clock.at = new Date(world.clock.at.getTime() + 60_000)
  Object.assign(broken, { advance: false, keep: true })
  expect(await turns.overdue(10)).toMatchObject([{ _id: 'chat.1', latest: true }])
  await talk.resume('chat')
  expect([await attempts(), await world.said()]).toEqual([2, []])
  broken.keep = false
  await talk.wake('chat')
  expect(await world.said()).toEqual([])
  world.clock.at = new Date(world.clock.at.getTime() + 60_000)
  await talk.resume('chat')
  expect(await world.said()).toEqual(['1: 1 files interrupted', 'next interrupted'])
})

test('while effects of a turn have failed no other turn is built on it, though something has come meanwhile', async () => {
  const world = await house()
  const broken = { advance: false, keep: true }
  const { talk, turns } = world.process('a', { broken })
  await world.inbox.accept('chat', world.inbound(text('one')))
  // a file of an earlier turn settles: its event stands before all that waits, and the chat is to be looked at soon
  let told: Promise<unknown> | undefined
  armFailpoints((name, moment) => {
    if (told || name !== 'turn.insert' || moment !== 'after') return
    told = world.inbox.tell('chat', 'news', { event: 'approved' })
    void talk.wake('chat', 1)
  })
  await talk.wake('chat')
  await told
  broken.keep = false
  await talk.wake('chat')
  world.clock.at = new Date(world.clock.at.getTime() + 60_000)
  await talk.wake('chat')
  expect(await world.answers()).toEqual(['1: one', '2: system'])
  await turns.flush()
  expect(await turns.overdue(10)).toEqual([])
})

test('a message whose mark was lost is marked when its chat is looked at again, and is answered no second time', async () => {
  const world = await house()
  const { id } = await world.inbox.accept('chat', world.inbound(text('one')))
  const killed = world.process('killed')
  await killed.talk.wake('chat')
  await killed.talk.stop()
  await inboxModel(world.database).updateOne({ _id: id }, { $set: { state: 'new' } })
  const next = world.process('next')
  await next.talk.wake('chat')
  await next.talk.stop()
  expect(world.sent).toEqual(['1: one', 'next'])
  expect((await inboxModel(world.database).findById(id).lean())?.state).toBe('turned')
})

test('a crash before or after any write loses nothing, repeats nothing that is not counted, and keeps the order', async () => {
  const names = new Set<string>()
  let world: Awaited<ReturnType<typeof house>> | undefined
  for (let stop = 1; ; stop++) {
    world = await house(world?.database)
    const [one, two] = [world.inbound(text('one')), world.inbound(text('two'))]
    for (const message of [one, two]) await world.inbox.accept('chat', message)
    let hits = 0
    armFailpoints((name, moment) => {
      names.add(`${name} ${moment}`)
      if (++hits >= stop) throw new Error('stopped here')
    })
    const killed = world.process('killed')
    await killed.talk.wake('chat')
    await killed.talk.stop()
    armFailpoints(undefined)
    const finished = hits < stop
    world.dead.add('killed')
    world.clock.at = new Date(world.clock.at.getTime() + 60_000)
    const next = world.process('next')
    await next.talk.wake('chat')
    for (const { _id, latest } of await next.turns.overdue(10)) {
      if (latest) await next.talk.resume('chat')
      else next.turns.done(_id)
    }
    await next.talk.stop()
    expect(await world.answers()).toEqual(['1: one', '2: two'])
    expect((await world.said()).map((one) => one.replace(/ \w+$/, ''))).toEqual(['1: one', 'next', '2: two', 'next'])
    // what is queued goes out yet: where it has gone out already it is counted as interrupted
    const queued = (await world.said())
      .filter((one) => one.endsWith(' queued'))
      .map((one) => one.replace(' queued', ''))
    expect(world.sent.filter((one) => one !== 'next' && queued.includes(one))).toEqual([])
    expect(await world.count()).toBe(2)
    expect(await world.inbox.waiting('chat')).toEqual({ messages: [], cut: false })
    expect(await turnModel(world.database).countDocuments({ state: { $ne: 'done' } })).toBe(0)
    if (finished) break
  }
  expect([...names].sort()).toEqual(
    ['turn.insert', 'delivery.create', 'inbox.turned', 'turn.done']
      .flatMap((name) => [`${name} after`, `${name} before`])
      .sort(),
  )
})
