import { buffer } from 'node:stream/consumers'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createTelegram } from '../../../src/bots/telegram/telegram.ts'
import type { TelegramChannel, TelegramOptions } from '../../../src/bots/telegram/telegram.ts'
import { createLog } from '../../../src/config/log.ts'
import type { MediaRef } from '../../../src/models/message.ts'
import { FakeBotApi } from '../../servers/fake-bot-api.ts'
import type { FakePerson } from '../../servers/fake-bot-people.ts'
import { callWebhook } from '../../servers/fake-bot-updates.ts'
import { createRecorder } from '../../support/recorder.ts'
import type { Recorder } from '../../support/recorder.ts'
import { telegramOptions, webhookServer } from './telegram-platform.ts'

let api: FakeBotApi
let recorder: Recorder
let ani: FakePerson

beforeEach(async () => {
  api = new FakeBotApi()
  onTestFinished(() => api.close())
  recorder = createRecorder()
  ani = api.person(42)
})

async function channelOf(more: Partial<TelegramOptions> = {}): Promise<TelegramChannel> {
  const channel = createTelegram({ ...telegramOptions(api, await api.open()), ...more })
  onTestFinished(() => channel.stop())
  return channel
}
async function started(more: Partial<TelegramOptions> = {}): Promise<TelegramChannel> {
  const channel = await channelOf(more)
  await channel.start(recorder.handlers)
  return channel
}
const to = { channel: 'telegram' as const, id: '42' }
const firstFile = async (): Promise<MediaRef> => {
  const body = (await recorder.until(1))[0]?.body
  if (body?.kind !== 'files' || !body.files[0]) throw new Error('no file came')
  return body.files[0]
}
/** A fixed sequence, so that disorder is the same in every run. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

describe('receiving', () => {
  test('the account is the bot, whoever holds its token', async () => {
    await started()
    ani.text('halo')
    expect((await recorder.until(1))[0]).toMatchObject({ account: String(api.botId), from: to })
  })

  test('sixty files are six albums, none is lost, each opens', async () => {
    const channel = await started()
    ani.album(
      Array.from({ length: 60 }, (_, i) => ({
        bytes: Buffer.from(`berkas ${i}`),
        name: `${i}.jpg`,
        mime: 'image/jpeg',
      })),
      'semua',
    )
    const bodies = (await recorder.until(60)).map((message) => message.body)
    expect(new Set(bodies.map((body) => body.kind === 'files' && body.album)).size).toBe(6)
    const media = bodies.flatMap((body) => (body.kind === 'files' ? body.files : []))
    const contents = await Promise.all(media.map(async (file) => String(await buffer(await channel.fetchMedia(file)))))
    expect(contents).toEqual(Array.from({ length: 60 }, (_, i) => `berkas ${i}`))
  })

  test('of duplicates and disorder the order by update remains and each message counts once', async () => {
    api.updates.disorder = { duplicates: 0.3, late: 0.3, random: sequence(11) }
    await started()
    for (let i = 0; i < 150; i++) ani.text(`pesan ${i}`)
    await recorder.until(150)
    await vi.waitFor(() => expect(api.updates.pending).toBe(0))
    expect(recorder.bodies()).toEqual(Array.from({ length: 150 }, (_, i) => ({ kind: 'text', text: `pesan ${i}` })))
    expect(recorder.calls.length).toBeGreaterThan(150)
  })

  test('an update is acknowledged only after it is persisted', async () => {
    let persist: () => void = () => undefined
    recorder.persist(
      () =>
        new Promise((resolve) => {
          persist = resolve
        }),
    )
    await started()
    ani.text('satu')
    await vi.waitFor(() => expect(recorder.calls).toHaveLength(1))
    expect(api.updates.pending).toBe(1)
    persist()
    await vi.waitFor(() => expect(api.updates.pending).toBe(0))
  })

  test('one chat that cannot be persisted does not hold up the others of its batch', async () => {
    recorder.persist(async (message) => {
      if (message.from.id === '42') throw new Error('the store is away')
    })
    const budi = api.person(43)
    ani.text('gagal')
    budi.text('satu')
    budi.text('dua')
    await started()
    expect((await recorder.until(2)).map((message) => message.body)).toEqual([
      { kind: 'text', text: 'satu' },
      { kind: 'text', text: 'dua' },
    ])
    recorder.persist(async () => undefined)
    await recorder.until(3)
  })

  test('stopping gives up what cannot be persisted without acknowledging it', async () => {
    recorder.persist(() => Promise.reject(new Error('the store is away')))
    const channel = await started()
    ani.text('satu')
    await vi.waitFor(() => expect(recorder.calls.length).toBeGreaterThan(1))
    await channel.stop()
    expect(api.updates.pending).toBe(1)
    const second = createRecorder()
    await (await channelOf()).start(second.handlers)
    expect((await second.until(1))[0]?.body).toEqual({ kind: 'text', text: 'satu' })
  })

  test('an edit is a change, a tap is answered', async () => {
    const channel = await started()
    const message = ani.text('satu')
    await recorder.until(1)
    ani.edit(message, 'dua')
    await vi.waitFor(() => expect(recorder.changes).toHaveLength(1))
    expect(recorder.changes[0]).toMatchObject({ kind: 'edited', platformId: recorder.calls[0]?.platformId })
    await channel.send({ key: 'k', to, text: 'Benar?', choices: [{ value: 'yes', label: 'YA' }] })
    const tap = ani.tap('YA')
    await vi.waitFor(() => {
      expect(api.calls).toContainEqual({ method: 'answerCallbackQuery', fields: { callback_query_id: tap } })
    })
  })

  test('an update that cannot be read does not stop what follows', async () => {
    await started()
    ani.push({ message: { message_id: 1, text: 'tanpa percakapan' } })
    ani.text('lanjut')
    expect((await recorder.until(1))[0]?.body).toEqual({ kind: 'text', text: 'lanjut' })
  })

  test('a platform that goes away is polled again when it is back', async () => {
    api.failNext('getUpdates', { code: 502, description: 'Bad Gateway' })
    api.failNext('getUpdates', { code: 429, description: 'Too Many Requests', retryAfter: 0 })
    await started()
    ani.text('halo')
    await recorder.until(1)
    expect(recorder.health).toEqual([
      { state: 'open' },
      { state: 'connecting', reason: 'unreachable' },
      { state: 'connecting', reason: 'throttled' },
      { state: 'open' },
    ])
  })
})

describe('several pollers', () => {
  test('take turns by a lease: the second one goes on when the first one stops', async () => {
    let holder: string | undefined
    const lease = (name: string) => ({
      async hold() {
        holder ??= name
        return holder === name
      },
      async release() {
        if (holder === name) holder = undefined
      },
    })
    const first = await started({ pollLease: lease('first') })
    const other = createRecorder()
    await (await channelOf({ pollLease: lease('second') })).start(other.handlers)
    ani.text('satu')
    await recorder.until(1)
    await vi.waitFor(() => expect(other.health).toContainEqual({ state: 'open', reason: 'standby' }))
    await first.stop()
    ani.text('dua')
    await vi.waitFor(() => expect(other.bodies()).toContainEqual({ kind: 'text', text: 'dua' }), { timeout: 5000 })
  })
})

describe('starting', () => {
  test('a wrong token is said at once', async () => {
    const channel = await channelOf({ token: '666:salah' })
    await expect(channel.start(recorder.handlers)).rejects.toMatchObject({ failure: 'misconfigured' })
  })

  test('a platform that is away is waited for, and stopping ends the wait', async () => {
    const root = await api.open()
    await api.cut(root)
    const channel = createTelegram(telegramOptions(api, root))
    const starting = channel.start(recorder.handlers)
    await vi.waitFor(() => expect(recorder.health).toContainEqual({ state: 'connecting', reason: 'unreachable' }))
    await api.open(Number(new URL(root).port))
    await starting
    expect(recorder.health.at(-1)).toEqual({ state: 'open' })
    await channel.stop()

    const hopeless = createTelegram(telegramOptions(api, 'http://127.0.0.1:9'))
    const waiting = hopeless.start(recorder.handlers)
    await hopeless.stop()
    await waiting
  })
})

test('neither the token nor what people send reaches the log', async () => {
  const lines: string[] = []
  const log = createLog('debug', { write: (line) => void lines.push(line) })
  const root = await api.open()
  recorder.persist(() => Promise.reject(new Error('cannot store "Budi Rekaan"')))
  const channel = createTelegram({ ...telegramOptions(api, root), log })
  await channel.start(recorder.handlers)
  ani.text('Budi Rekaan')
  await vi.waitFor(() => expect(lines.join('')).toContain('could not be persisted'))
  recorder.persist(async () => undefined)
  await recorder.until(1)
  await api.cut(root)
  await vi.waitFor(() => expect(lines.join('')).toContain('polling Telegram failed'))
  await channel.stop()
  expect(lines.join('')).not.toMatch(/Rekaan|rekaan|"42"/)
})

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
