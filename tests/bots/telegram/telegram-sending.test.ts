import { buffer } from 'node:stream/consumers'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createTelegram } from '../../../src/bots/telegram/telegram.ts'
import { callWebhook } from '../../servers/fake-bot-updates.ts'
import { telegramOptions, webhookServer } from './telegram-platform.ts'
import { api, recorder, ani, channelOf, started, to, firstFile, setScene } from './telegram-scene.ts'

beforeEach(setScene)

describe('sending', () => {
  test('bold is markup, the rest is text', async () => {
    const channel = await started()
    await channel.send({ key: 'k', to, text: 'Balas *YA* bila 3 < 4' })
    expect(ani.heard()[0]).toMatchObject({ raw: 'Balas <b>YA</b> bila 3 &lt; 4', text: 'Balas YA bila 3 < 4' })
  })

  test('choices that fit no button are numbered lines', async () => {
    const channel = await started()
    const choices = [{ value: 'x'.repeat(65), label: 'Panjang' }]
    await channel.send({ key: 'k', to, text: 'Pilih:', choices })
    expect(ani.heard()[0]).toMatchObject({ text: 'Pilih:\n1 Panjang', markup: undefined })
  })

  test('files of ours go out as documents', async () => {
    const channel = await started({ openBlob: async (blob) => (blob === 'b1' ? Buffer.from('isi') : undefined) })
    const files = [{ name: 'contoh.pdf', mediaType: 'application/pdf', blob: 'b1' }]
    await channel.send({ key: 'k', to, text: 'Terlampir', files })
    expect(ani.heard().map(({ text, file }) => [text, file?.name, String(file?.bytes ?? '')])).toEqual([
      ['Terlampir', undefined, ''],
      ['', 'contoh.pdf', 'isi'],
    ])
    const missing = channel.send({ key: 'l', to, text: '', files: [{ ...files[0]!, blob: 'b2' }] })
    await expect(missing).rejects.toMatchObject({ failure: 'rejected' })
  })

  test('an attempt after a failed part repeats no part that went out', async () => {
    const channel = await started({ openBlob: async () => Buffer.from('isi') })
    const files = [{ name: 'contoh.pdf', mediaType: 'application/pdf', blob: 'b1' }]
    const message = { key: 'k', to, text: `${'a'.repeat(4000)}\n${'b'.repeat(4000)}`, files }
    api.failNext('sendDocument', { code: 429, description: 'Too Many Requests', retryAfter: 3 })
    await expect(channel.send(message)).rejects.toMatchObject({ failure: 'throttled', retryAfterMs: 3000 })
    await channel.send(message)
    expect(ani.heard().map(({ text, file }) => text[0] ?? file?.name)).toEqual(['a', 'b', 'contoh.pdf'])
  })

  test.each([
    [
      'a flood',
      { code: 429, description: 'Too Many Requests: retry after 17', retryAfter: 17 },
      { failure: 'throttled', retryAfterMs: 17_000 },
    ],
    [
      'a block',
      { code: 403, description: 'Forbidden: bot was blocked by the user' },
      { failure: 'blocked', retryable: false },
    ],
    ['a refusal', { code: 400, description: 'Bad Request: chat not found' }, { failure: 'rejected', retryable: false }],
    ['a revoked token', { code: 401, description: 'Unauthorized' }, { failure: 'misconfigured' }],
    [
      'a broken platform',
      { code: 500, description: 'Internal Server Error' },
      { failure: 'unreachable', retryable: true },
    ],
  ])('%s is named', async (_name, planned, expected) => {
    const channel = await started()
    api.failNext('sendMessage', planned)
    await expect(channel.send({ key: 'k', to, text: 'halo' })).rejects.toMatchObject({
      name: 'ChannelError',
      ...expected,
    })
  })

  test('a person who blocked the bot, and a platform that is gone', async () => {
    const root = await api.open()
    const channel = createTelegram(telegramOptions(api, root))
    api.blockedBy.add(42)
    await expect(channel.send({ key: 'k', to, text: 'halo' })).rejects.toMatchObject({ failure: 'blocked' })
    await api.cut(root)
    await expect(channel.send({ key: 'k', to, text: 'halo' })).rejects.toMatchObject({ failure: 'unreachable' })
  })
})

describe('files', () => {
  test('over 20 MB are too big, whether the platform says so or the update did', async () => {
    const channel = await started()
    ani.document({ bytes: Buffer.alloc(20 * 1024 * 1024 + 1), name: 'besar.pdf', mime: 'application/pdf' })
    const media = await firstFile()
    await expect(channel.fetchMedia(media)).rejects.toMatchObject({ failure: 'rejected', reason: 'too-big' })
    expect(api.calls.filter((call) => call.method === 'getFile')).toHaveLength(0)
    const { bytes: _, ...silentAboutSize } = media
    await expect(channel.fetchMedia(silentAboutSize)).rejects.toMatchObject({ failure: 'rejected', reason: 'too-big' })
  })

  test('that cannot be reached now may be tried again', async () => {
    const channel = await started()
    ani.photo(Buffer.from('foto'))
    const media = await firstFile()
    api.failNext('getFile', { code: 502, description: 'Bad Gateway' })
    await expect(channel.fetchMedia(media)).rejects.toMatchObject({ failure: 'unreachable', retryable: true })
    expect(String(await buffer(await channel.fetchMedia(media)))).toBe('foto')
  })
})

describe('the webhook', () => {
  async function hooked(secret?: string) {
    const server = await webhookServer()
    onTestFinished(() => server.close())
    const channel = await channelOf({ webhook: { url: server.url, secret } })
    await server.mount(channel)
    return { channel, url: server.url }
  }
  const update = { update_id: 1, message: { message_id: 1, date: 1, chat: { id: 42, type: 'private' }, text: 'a' } }

  test('refuses a wrong or missing secret before it looks at anything', async () => {
    const { channel, url } = await hooked('rahasia-rekaan')
    await channel.start(recorder.handlers)
    for (const secret of [undefined, '', 'salah', 'rahasia-rekaan2']) {
      expect(await callWebhook({ url, secret, connections: 1 }, update)).toBe(403)
    }
    expect(recorder.calls).toEqual([])
    expect(await callWebhook({ url, secret: 'rahasia-rekaan', connections: 1 }, update)).toBe(200)
    expect(recorder.inOrder()).toHaveLength(1)
  })

  test('has a secret of its own where none is configured', async () => {
    const { channel, url } = await hooked()
    await channel.start(recorder.handlers)
    expect(api.updates.webhook?.secret).toMatch(/^[A-Za-z0-9_-]{40,256}$/)
    expect(await callWebhook({ url, secret: undefined, connections: 1 }, update)).toBe(403)
    ani.text('halo')
    await recorder.until(1)
  })

  test('answers 200 only after the message is persisted, and 503 when it could not be', async () => {
    recorder.persist(() => Promise.reject(new Error('the store is away')))
    const { channel } = await hooked()
    await channel.start(recorder.handlers)
    ani.text('halo')
    await vi.waitFor(() => expect(api.updates.statuses.length).toBeGreaterThan(1))
    expect(new Set(api.updates.statuses)).toEqual(new Set([503]))
    recorder.persist(async () => undefined)
    await recorder.until(1)
    await vi.waitFor(() => expect(api.updates.pending).toBe(0))
    expect(api.updates.statuses.at(-1)).toBe(200)
  })

  test('answers 503 before it is started and after it is stopped', async () => {
    const { channel, url } = await hooked('rahasia-rekaan')
    const call = () => callWebhook({ url, secret: 'rahasia-rekaan', connections: 1 }, update)
    expect(await call()).toBe(503)
    await channel.start(recorder.handlers)
    expect(await call()).toBe(200)
    await channel.stop()
    expect(await call()).toBe(503)
  })

  test.each([['null'], ['[]'], [{}], [{ update_id: 'x' }], [{ update_id: { $gt: 0 } }]])(
    '%j is no update',
    async (body) => {
      const { channel, url } = await hooked('rahasia-rekaan')
      await channel.start(recorder.handlers)
      expect(await callWebhook({ url, secret: 'rahasia-rekaan', connections: 1 }, body)).toBe(400)
      expect(recorder.calls).toEqual([])
    },
  )
})
