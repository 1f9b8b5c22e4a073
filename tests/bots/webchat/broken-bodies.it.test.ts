import { expect, onTestFinished, test } from 'vitest'
import { createRecorder } from '../../support/recorder.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'
import { memoryHolding, serveWebchat, silent } from './webchat-platform.ts'

const field = '--q\r\ncontent-disposition: form-data; name="text"\r\n\r\nhalo\r\n'
const file =
  '--q\r\ncontent-disposition: form-data; name="files"; filename="kk.jpg"\r\ncontent-type: image/jpeg\r\n\r\nisi\r\n'
const WITH_BOUNDARY = 'multipart/form-data; boundary=q'

const BROKEN = [
  ['ends in a boundary', '--q', WITH_BOUNDARY],
  ['ends in a part’s head', '--q\r\ncontent-disposition: form-data; name="te', WITH_BOUNDARY],
  ['ends in a field', field.slice(0, -4), WITH_BOUNDARY],
  ['has no last boundary', field, WITH_BOUNDARY],
  ['ends in a file', field + file.slice(0, -4), WITH_BOUNDARY],
  ['ends after a file', file, WITH_BOUNDARY],
  ['is of another boundary', `${field}--q--\r\n`, 'multipart/form-data; boundary=other'],
  ['names no boundary', `${field}--q--\r\n`, 'multipart/form-data'],
  ['names an empty boundary', `${field}--q--\r\n`, 'multipart/form-data; boundary='],
] as const

test('a broken multipart body is refused as the sender’s, and nothing of it stays', async () => {
  const holding = memoryHolding()
  const context = { database: await testDatabase(), sealer: testSealer(), now: () => new Date(), log: silent }
  const { app, url, webchat } = await serveWebchat({ ...context, holding })
  onTestFinished(() => app.close())
  const recorder = createRecorder()
  await webchat.start(recorder.handlers)
  for (const [what, body, type] of BROKEN) {
    const answer = await fetch(`${url}/ani/messages`, { method: 'POST', headers: { 'content-type': type }, body })
    expect([what, answer.status]).toEqual([what, 400])
    expect(answer.headers.get('content-type'), what).toContain('application/problem+json')
  }
  expect(recorder.inOrder()).toEqual([])
  expect(holding.kept.size).toBe(0)
  const whole = { 'content-type': WITH_BOUNDARY }
  const sent = await fetch(`${url}/ani/messages`, { method: 'POST', headers: whole, body: `${field}${file}--q--\r\n` })
  expect(sent.status).toBe(202)
})
