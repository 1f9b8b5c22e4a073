import { expect, onTestFinished, test, vi } from 'vitest'
import { whatsappState } from '../../../src/models/whatsapp/state.ts'
import { createRecorder } from '../../support/recorder.ts'
import { until } from '../../support/until.ts'
import { whatsappProcess } from './whatsapp-platform.ts'
import { eventually } from '../../support/eventually.ts'
import { freshWorld, running, server, stateIs, states, stores, text } from './whatsapp-world.ts'

freshWorld()

test('of two processes one is logged in; when it stops the other takes over at once', async () => {
  const one = await running()
  const two = await running()
  expect([one.channel.isAway?.(), two.channel.isAway?.()]).toEqual([false, true])
  expect(server.loggedIn).toBe(1)
  const began = performance.now()
  await one.channel.stop()
  await vi.waitFor(() => expect(two.channel.isAway?.()).toBe(false), { timeout: 8_000, interval: 20 })
  expect(performance.now() - began).toBeLessThan(4_000)
  expect(server.loggedIn).toBe(1)
})
test('a line that drops again and again is opened again, and nothing said meanwhile is lost', async () => {
  const { recorder } = await running({ random: () => 1 })
  const ani = server.person('Ani Rekaan')
  for (let i = 0; i < 3; i++) {
    server.streamError('428')
    await ani.text(`pesan ${i}`)
    await recorder.until(i + 1)
  }
  expect(recorder.bodies()).toEqual([text('pesan 0'), text('pesan 1'), text('pesan 2')])
})
test('each code that passes is shown while it lasts, and the line is opened again', async () => {
  const { recorder } = await running({ random: () => 1 })
  for (const code of ['408', '428', '500', '503']) {
    server.streamError(code)
    expect(await stateIs('waiting')).toMatchObject({ lastError: code })
    expect(recorder.health.at(-1)?.state).toBe('connecting')
    expect(await stateIs('open')).not.toHaveProperty('lastError')
  }
  const before = recorder.health.length
  server.streamError('515')
  await eventually(() =>
    expect(recorder.health.slice(before).map(({ state }) => state)).toEqual(['connecting', 'open']),
  )
})
test('a client that is too old alerts, and comes back as the version that the platform asks for', async () => {
  const { recorder } = await running({ random: () => 1, newestVersion: async () => [2, 9999, 7] })
  server.refusal = '405'
  server.drop()
  const outdated = { alert: 'outdated', lastError: '405' }
  await vi.waitFor(async () => expect(await states.read()).toMatchObject(outdated), { timeout: 8_000 })
  expect(recorder.health.at(-1)?.state).toBe('connecting')
  await vi.waitFor(() => expect(server.clientVersion).toBe('2.9999.7'), { timeout: 8_000 })
  server.refusal = undefined
  expect(await stateIs('open')).not.toHaveProperty('alert')
})
test('a wish of the console that fails does not make the connection deaf to the next', async () => {
  const { channel } = whatsappProcess(server, stores)
  onTestFinished(() => channel.stop())
  await channel.start(createRecorder().handlers)
  await stateIs('pairing')
  const wishes = whatsappState(stores.database)
  await wishes.updateOne({ _id: 'command' }, { $set: { sealed: Buffer.from('rusak') } }, { upsert: true })
  await until(async () => ((await wishes.exists({ _id: 'command', sealed: { $exists: true } })) ? undefined : true))
  await states.ask({ kind: 'pair', phone: server.office.pn })
  expect(await until(async () => (await states.read())?.pairingCode)).toMatch(/^[0-9A-Z]{8}$/)
})
test('a stolen lease closes the socket, also where the thief has not come yet', async () => {
  let stolen = false
  const { channel } = await running({
    random: () => 1,
    lease: { hold: async () => (stolen ? null : 1_000), release: async () => undefined },
  })
  stolen = true
  await vi.waitFor(() => expect([channel.isAway?.(), server.loggedIn]).toEqual([true, 0]), { timeout: 8_000 })
})
test('who was replaced and is no longer the holder stays away', async () => {
  let stolen = false
  const { channel } = await running({
    random: () => 1,
    lease: { hold: async () => (stolen ? null : 1_000), release: async () => undefined },
  })
  const logins: string[] = []
  server.events.on('login', (path: string) => logins.push(path))
  stolen = true
  server.streamError('conflict', 'replaced')
  await vi.waitFor(() => expect(channel.isAway?.()).toBe(true), { timeout: 8_000 })
  await channel.stop()
  expect(logins).toEqual([])
})
test('what a process could not mend is still shown by the next one, and who leaves says so', async () => {
  const first = await running({ random: () => 1 })
  server.refusal = '503'
  server.drop()
  const { downSince } = await stateIs('waiting')
  await first.channel.stop()
  const left = await states.read()
  const second = whatsappProcess(server, stores, { random: () => 1 })
  onTestFinished(() => second.channel.stop())
  void second.channel.start(createRecorder().handlers)
  // connecting or refused again: what is looked at is that it speaks, not how far it has come
  const taken = await until(async () => {
    const state = await states.read()
    return state && left && state.since > left.since ? state : undefined
  })
  expect(taken).toMatchObject({ state: expect.stringMatching(/^(connecting|waiting)$/), downSince })
  server.refusal = undefined
  expect(await stateIs('open')).not.toHaveProperty('downSince')
})
test('another socket on our session: the holder comes back', async () => {
  await running({ random: () => 1 })
  server.streamError('conflict', 'replaced')
  await stateIs('waiting')
  await stateIs('open')
})
test('a ban stops all attempts until a supervisor says otherwise', async () => {
  const { recorder } = await running()
  server.refusal = '403'
  server.drop()
  expect(await stateIs('stopped')).toMatchObject({ alert: 'banned', lastError: '403' })
  expect(recorder.health.at(-1)).toEqual({ state: 'stopped', reason: 'banned' })
  server.refusal = undefined
  await states.ask({ kind: 'pair' })
  await stateIs('open')
})
test('a removed device forgets its keys, alerts and shows a QR', async () => {
  await running()
  server.unlink()
  const state = await stateIs('pairing')
  expect(state).toMatchObject({ alert: 'unlinked' })
  server.scan(state.qr ?? '')
  expect(await stateIs('open')).not.toHaveProperty('alert')
})
