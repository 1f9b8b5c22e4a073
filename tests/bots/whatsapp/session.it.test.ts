import { expect, test, vi } from 'vitest'
import { freshWorld, running, server, stateIs, states, text } from './whatsapp-world.ts'

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
