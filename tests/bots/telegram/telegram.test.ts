import { buffer } from 'node:stream/consumers'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createTelegram } from '../../../src/bots/telegram/telegram.ts'
import { createLog } from '../../../src/config/log.ts'
import { createRecorder } from '../../support/recorder.ts'
import { telegramOptions } from './telegram-platform.ts'
import { api, recorder, ani, channelOf, started, to, sequence, setScene } from './telegram-scene.ts'

beforeEach(setScene)

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
