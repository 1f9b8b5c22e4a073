import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createWebchatMessages, webchatMessagesModel } from '../../../src/models/chat/webchat.ts'
import type { Webchat, WebchatOptions } from '../../../src/bots/webchat/webchat.ts'
import { createRecorder } from '../../support/recorder.ts'
import type { Recorder } from '../../support/recorder.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'
import { memoryHolding, serveWebchat, silent } from './webchat-platform.ts'
import type { Shown } from './webchat-platform.ts'

let options: WebchatOptions & { holding: ReturnType<typeof memoryHolding> }
let webchat: Webchat
let url: string
let recorder: Recorder

beforeEach(async () => {
  const database = await testDatabase()
  options = { database, sealer: testSealer(), holding: memoryHolding(), now: () => new Date(), log: silent }
  const served = await serveWebchat(options)
  onTestFinished(() => served.app.close())
  webchat = served.webchat
  url = served.url
  recorder = createRecorder()
  await webchat.start(recorder.handlers)
})

const say = (body: unknown, person = 'ani') =>
  fetch(`${url}/${person}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const upload = (form: FormData, person = 'ani') => fetch(`${url}/${person}/messages`, { method: 'POST', body: form })
async function shown(after?: string, person = 'ani'): Promise<Shown[]> {
  const response = await fetch(
    `${url}/${person}/messages${after === undefined ? '' : `?after=${encodeURIComponent(after)}`}`,
  )
  expect(response.status).toBe(200)
  return ((await response.json()) as { messages: Shown[] }).messages
}
async function problemOf(response: Response): Promise<{ status: number; kind: string }> {
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  const body = (await response.json()) as { status: number; kind: string; type: string; title: string }
  expect(body.status).toBe(response.status)
  expect(JSON.stringify(body)).not.toMatch(/node_modules|src\/|\.ts:/)
  return { status: body.status, kind: body.kind }
}
function album(count: number, bytes = (i: number) => `berkas ${i}`): FormData {
  const form = new FormData()
  for (let i = 0; i < count; i++) form.append('files', new Blob([bytes(i)], { type: 'image/jpeg' }), `foto-${i}.jpg`)
  return form
}

describe('saying', () => {
  test('a message is in the inbox before it is answered 202', async () => {
    let persisted = false
    recorder.persist(async () => {
      await new Promise((resolve) => setImmediate(resolve))
      persisted = true
    })
    const response = await say({ id: 'm1', text: 'halo' })
    expect(persisted).toBe(true)
    expect(response.status).toBe(202)
    expect(await response.json()).toEqual({ id: 'm1' })
  })

  test('the same id from the same person is one message, from another person another', async () => {
    await Promise.all(Array.from({ length: 5 }, () => say({ id: 'm1', text: 'halo' })))
    expect((await say({ id: 'm1', text: 'lain' })).status).toBe(202)
    await say({ id: 'm1', text: 'halo' }, 'budi')
    expect((await shown()).map((message) => message.text)).toEqual(['halo'])
    expect(recorder.inOrder()).toHaveLength(2)
    expect(recorder.inOrder()[0]?.body).toEqual({ kind: 'text', text: 'halo' })
  })

  test('without an id each message gets its own', async () => {
    const ids = await Promise.all(
      [say({ text: 'ya' }), say({ text: 'ya' })].map(async (r) => (await (await r).json()) as { id: string }),
    )
    expect(new Set(ids.map(({ id }) => id)).size).toBe(2)
    expect(recorder.inOrder()).toHaveLength(2)
  })

  test('while it cannot be persisted the answer is 503, and the same id goes through later', async () => {
    recorder.persist(() => Promise.reject(new Error('the store is away')))
    expect(await problemOf(await say({ id: 'm1', text: 'halo' }))).toEqual({ status: 503, kind: 'unavailable' })
    recorder.persist(async () => undefined)
    expect((await say({ id: 'm1', text: 'halo' })).status).toBe(202)
    expect(recorder.inOrder()).toHaveLength(1)
    expect(await shown()).toHaveLength(1)
  })

  test('an album of sixty files is one message, each file openable', async () => {
    const form = album(60)
    form.set('text', 'semua berkas')
    expect((await upload(form)).status).toBe(202)
    const body = recorder.inOrder()[0]?.body
    if (body?.kind !== 'files') throw new Error('no files')
    expect(body.files).toHaveLength(60)
    expect(body).toMatchObject({ caption: 'semua berkas', album: expect.any(String) as string })
    const opened = await Promise.all(
      body.files.map(async (file) => (await buffer(await webchat.fetchMedia(file))).toString()),
    )
    expect(opened).toEqual(Array.from({ length: 60 }, (_, i) => `berkas ${i}`))
    expect((await shown())[0]?.files?.[59]).toEqual({ name: 'foto-59.jpg', mediaType: 'image/jpeg' })
  })

  test('a file over 20 MB is taken as a message whose file is too big, and keeps nothing', async () => {
    const form = new FormData()
    form.append('files', new Blob([new Uint8Array(20 * 1024 * 1024 + 1)], { type: 'image/png' }), 'besar.png')
    form.append('files', new Blob([new Uint8Array(20 * 1024 * 1024)], { type: 'image/png' }), 'pas.png')
    expect((await upload(form)).status).toBe(202)
    const body = recorder.inOrder()[0]?.body
    if (body?.kind !== 'files') throw new Error('no files')
    const [tooBig, fits] = body.files
    if (!tooBig || !fits) throw new Error('a file is missing')
    await expect(webchat.fetchMedia(tooBig)).rejects.toMatchObject({ failure: 'rejected', reason: 'too-big' })
    expect((await buffer(await webchat.fetchMedia(fits))).length).toBe(20 * 1024 * 1024)
    expect(options.holding.kept.size).toBe(1)
  })

  test('files that come again under a known id are let go', async () => {
    const form = () => {
      const made = album(2)
      made.set('id', 'm1')
      return made
    }
    await upload(form())
    await upload(form())
    expect(options.holding.kept.size).toBe(2)
    expect(recorder.inOrder()).toHaveLength(1)
  })

  test('an upload that breaks off is no message and keeps nothing', async () => {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    const part =
      '--x\r\ncontent-disposition: form-data; name="files"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n'
    socket.write(
      `POST /demo/chat/ani/messages HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 9999\r\n\r\n${part}abc\r\n${part}de`,
    )
    await vi.waitFor(() => expect(options.holding.kept.size).toBe(1))
    socket.destroy()
    await vi.waitFor(() => expect(options.holding.kept.size).toBe(0))
    expect(await shown()).toEqual([])
    expect(recorder.calls).toEqual([])
  })
})

describe('reading', () => {
  test('both sides come oldest first, the options by their labels', async () => {
    await say({ id: 'm1', text: 'halo' })
    const to = { channel: 'webchat' as const, id: 'ani' }
    await webchat.send({
      key: 't1/0',
      to,
      text: 'Pilih *1* atau *2*',
      choices: [{ value: 'a', label: 'Satu' }],
      files: [{ name: 'contoh.pdf', mediaType: 'application/pdf', blob: 'b1' }],
    })
    const [first, second] = await shown()
    expect(first).toMatchObject({ id: 'm1', from: 'person', text: 'halo' })
    expect(first).not.toHaveProperty('options')
    expect(second).toMatchObject({
      from: 'bot',
      text: 'Pilih *1* atau *2*',
      options: ['Satu'],
      files: [{ name: 'contoh.pdf', mediaType: 'application/pdf' }],
    })
    expect(second?.id).not.toContain('t1/0')
    expect(new Date(second?.at ?? '').toISOString()).toBe(second?.at)
  })

  test('an answer that is sent again under its key is shown once', async () => {
    const answer = { key: 't1/0', to: { channel: 'webchat' as const, id: 'ani' }, text: 'Halo' }
    const ids = await Promise.all([webchat.send(answer), webchat.send(answer), webchat.send(answer)])
    expect(new Set(ids).size).toBe(1)
    expect(await shown()).toHaveLength(1)
  })

  test('after an id come only later messages, after an unknown one all', async () => {
    await say({ id: 'm1', text: 'satu' })
    const bot = await webchat.send({ key: 't1/0', to: { channel: 'webchat', id: 'ani' }, text: 'dua' })
    await say({ id: 'm3', text: 'tiga' })
    expect((await shown('m1')).map(({ text }) => text)).toEqual(['dua', 'tiga'])
    expect((await shown(bot)).map(({ text }) => text)).toEqual(['tiga'])
    expect(await shown('m3')).toEqual([])
    expect(await shown('tidak-ada')).toHaveLength(3)
    expect(await shown(undefined, 'budi')).toEqual([])
  })

  test('somebody who reads on while both sides write from several processes misses nothing', async () => {
    const other = createWebchatMessages(options)
    const total = 60
    const writing = Promise.all(
      Array.from({ length: total }, (_, i) =>
        i % 2 ? say({ id: `p${i}`, text: `p${i}` }) : other.fromBot('ani', `b${i}`, { text: `b${i}` }),
      ),
    )
    const seen: string[] = []
    let last: string | undefined
    await vi.waitFor(
      async () => {
        const next = await shown(last)
        seen.push(...next.map(({ text }) => text))
        last = next.at(-1)?.id ?? last
        expect(seen).toHaveLength(total)
      },
      { timeout: 20_000, interval: 1 },
    )
    await writing
    expect(new Set(seen).size).toBe(total)
    expect((await shown()).map(({ text }) => text)).toEqual(seen)
  })
})

describe('what is refused', () => {
  test.each([
    ['broken JSON', '{"text":', 400, 'malformed'],
    ['no text', {}, 422, 'invalid'],
    ['an empty text', { text: '  ' }, 422, 'invalid'],
    ['an operator for a text', { text: { $gt: '' } }, 422, 'invalid'],
    ['a number for an id', { id: 7, text: 'a' }, 422, 'invalid'],
    ['an empty id', { id: '', text: 'a' }, 422, 'invalid'],
    ['an endless id', { id: 'x'.repeat(201), text: 'a' }, 422, 'invalid'],
    ['a text over the limit', { text: 'x'.repeat(10_001) }, 422, 'invalid'],
    ['a huge body', { text: 'x'.repeat(200_000) }, 413, 'too-large'],
    ['an array', [], 422, 'invalid'],
    ['null', 'null', 422, 'invalid'],
  ])('%s', async (_name, body, status, kind) => {
    expect(await problemOf(await say(body))).toEqual({ status, kind })
    expect(recorder.calls).toEqual([])
    expect(await shown()).toEqual([])
  })

  test.each(['..%2Fx', 'a%2Fb', '%24gt', 'x'.repeat(65), 'spasi%20nama', '%00', '.tersembunyi'])(
    'a person named %s',
    async (person) => {
      expect((await problemOf(await say({ text: 'a' }, person))).status).toBeGreaterThanOrEqual(400)
      expect(recorder.calls).toEqual([])
    },
  )

  test('other types, unknown addresses, files under another name, too many files', async () => {
    const plain = await fetch(`${url}/ani/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/xml' },
      body: '<a/>',
    })
    expect(await problemOf(plain)).toEqual({ status: 415, kind: 'unsupported-media-type' })
    expect(await problemOf(await fetch(`${url}/ani/lain`))).toEqual({ status: 404, kind: 'not-found' })
    const misnamed = new FormData()
    misnamed.append('foto', new Blob(['a']), 'a.jpg')
    expect(await problemOf(await upload(misnamed))).toEqual({ status: 422, kind: 'invalid' })
    expect(await problemOf(await upload(album(201)))).toEqual({ status: 413, kind: 'too-large' })
    expect(await problemOf(await upload(new FormData()))).toMatchObject({
      kind: expect.stringMatching(/invalid|malformed/) as string,
    })
    expect(options.holding.kept.size).toBe(0)
    expect(await shown()).toEqual([])
  })

  test('messages while the channel is stopped; what was said stays readable', async () => {
    await say({ text: 'halo' })
    await webchat.stop()
    expect(await problemOf(await say({ text: 'lagi' }))).toEqual({ status: 503, kind: 'unavailable' })
    expect(await shown()).toHaveLength(1)
  })
})

describe('at rest', () => {
  test('no text, file name or person is readable in the database', async () => {
    const form = album(1)
    form.set('text', 'Budi Rekaan')
    await upload(form, 'OrangRekaan')
    await webchat.send({ key: 'kunci-balasan', to: { channel: 'webchat', id: 'OrangRekaan' }, text: 'Halo Rekaan' })
    const rows = await webchatMessagesModel(options.database).collection.find({}, { raw: true }).toArray()
    expect(rows).toHaveLength(2)
    const bytes = Buffer.concat(rows.map((row) => Buffer.from(row as unknown as Uint8Array)))
    for (const secret of ['Rekaan', 'foto-0', 'kunci-balasan']) expect(bytes.includes(secret)).toBe(false)
  })
})
