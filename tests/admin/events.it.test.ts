import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { testService } from './support/service.ts'
import { eventually } from '../support/eventually.ts'

async function setUp() {
  const service = await testService()
  const siti = await service.operator('siti', 'verifikator')
  await service.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = service.app.server.address() as AddressInfo

  /** Everything that one console has heard so far. */
  async function listen(headers: Record<string, string> = {}) {
    const stop = new AbortController()
    onTestFinished(() => stop.abort())
    const answer = await fetch(`http://127.0.0.1:${port}/api/events`, {
      headers: { cookie: siti.cookie, ...headers },
      signal: stop.signal,
    })
    const heard = { text: '', ended: false }
    void (async () => {
      const decoder = new TextDecoder()
      try {
        for await (const chunk of answer.body!) heard.text += decoder.decode(chunk)
      } catch {
        // aborted by the test
      }
      heard.ended = true
    })()
    await eventually(() => expect(heard.text).toContain(': connected'))
    return { answer, heard, stop }
  }
  return { ...service, siti, listen }
}

test('a console hears what happens to an application, by ids and codes alone', async () => {
  const { listen, submit } = await setUp()
  const { answer, heard } = await listen()
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const id = await submit()
  await eventually(() => expect(heard.text).toContain('event: application\n'))
  const line = heard.text.split('\n').find((one) => one.startsWith('data: '))
  expect(JSON.parse(line!.slice(6))).toMatchObject({ type: 'application', id, stage: 'verification', action: 'submit' })
  expect(heard.text).toMatch(/id: \w+\n/)
  expect(heard.text).not.toMatch(/Murid|6311/)
})

test('a console that comes back is told to read again, a new one is not', async () => {
  const { listen } = await setUp()
  const back = await listen({ 'last-event-id': 'anything' })
  await eventually(() => expect(back.heard.text).toContain('event: resync\n'))
  const { heard } = await listen()
  expect(heard.text).not.toContain('resync')
})

test('streams end when the server closes, so that it can stop', async () => {
  const { listen, app } = await setUp()
  const { heard } = await listen()
  await app.close()
  await eventually(() => expect(heard.ended).toBe(true))
})

test('without a session there is no stream', async () => {
  const { anyone } = await setUp()
  expect((await anyone('GET', '/api/events')).status).toBe(401)
})
