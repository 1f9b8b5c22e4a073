import { buffer } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { createRecorder } from '../../support/recorder.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'
import { memoryHolding, serveWebchat, silent } from './webchat-platform.ts'
import type { Shown } from './webchat-platform.ts'

test('two processes on the same stores are one chat', async () => {
  const database = await testDatabase()
  const recorder = createRecorder()
  const shared = { database, sealer: testSealer(), holding: memoryHolding(), now: () => new Date(), log: silent }
  const [first, second] = await Promise.all([serveWebchat(shared), serveWebchat(shared)])
  for (const { app, webchat } of [first, second]) {
    onTestFinished(() => app.close())
    await webchat.start(recorder.handlers)
  }
  const form = new FormData()
  form.append('files', new Blob(['berkas 0'], { type: 'image/jpeg' }), 'foto-0.jpg')
  form.set('id', 'm1')
  await fetch(`${first.url}/ani/messages`, { method: 'POST', body: form })
  await second.webchat.send({ key: 't1/0', to: { channel: 'webchat', id: 'ani' }, text: 'dari yang kedua' })
  const repeated = await fetch(`${second.url}/ani/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'm1', text: 'sekali lagi' }),
  })
  expect(repeated.status).toBe(202)
  const { messages } = (await (await fetch(`${first.url}/ani/messages`)).json()) as { messages: Shown[] }
  expect(messages.map(({ from, text }) => [from, text])).toEqual([
    ['person', ''],
    ['bot', 'dari yang kedua'],
  ])
  expect(recorder.inOrder()).toHaveLength(1)
  const body = recorder.inOrder()[0]?.body
  const file = body?.kind === 'files' ? body.files[0] : undefined
  if (!file) throw new Error('no file came')
  expect(String(await buffer(await second.webchat.fetchMedia(file)))).toBe('berkas 0')
})
