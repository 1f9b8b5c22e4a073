import { buffer } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createLog } from '../../../src/config/log.ts'
import { createRecorder } from '../../support/recorder.ts'
import { until } from '../../support/until.ts'
import { whatsappProcess } from './whatsapp-platform.ts'
import { eventually } from '../../support/eventually.ts'
import { freshWorld, running, server, stateIs, states, stores, text } from './whatsapp-world.ts'

freshWorld()

describe('pairing', () => {
  test('an unpaired device shows QR strings, and after the scan it is open under the office number', async () => {
    const { channel } = whatsappProcess(server, stores)
    const recorder = createRecorder()
    onTestFinished(() => channel.stop())
    await channel.start(recorder.handlers)
    expect(recorder.health.at(-1)).toMatchObject({ state: 'waiting' })
    const { qr } = await stateIs('pairing')
    expect(qr).toMatch(/^https:\/\/wa\.me\/settings\/linked_devices#/)
    server.scan(qr ?? '')
    expect(await stateIs('open')).toMatchObject({ phone: server.office.pn })
    expect(await states.read()).not.toHaveProperty('qr')
  })
  test('a supervisor asks for a code that is typed on the phone, and later unlinks: pairing begins anew', async () => {
    const { channel } = whatsappProcess(server, stores)
    onTestFinished(() => channel.stop())
    await channel.start(createRecorder().handlers)
    await stateIs('pairing')
    await states.ask({ kind: 'pair', phone: server.office.pn })
    const code = await until(async () => (await states.read())?.pairingCode)
    expect(code).toMatch(/^[0-9A-Z]{8}$/)
    await server.typeCode(code)
    expect(await stateIs('open')).toMatchObject({ phone: server.office.pn })
    expect(await states.read()).not.toHaveProperty('pairingCode')
    await states.ask({ kind: 'unlink' })
    expect(await stateIs('pairing')).toMatchObject({ alert: 'unlinked' })
    expect(server.isLinked).toBe(false)
  })
})

describe('coming in', () => {
  test('an album of sixty in shuffled order is one album of sixty', async () => {
    const { recorder } = await running()
    const ani = server.person('Ani Rekaan')
    const files = Array.from({ length: 60 }, (_, i) => ({
      bytes: Buffer.from(`gambar ${i}`),
      name: `${i}.jpg`,
      mime: 'image/jpeg',
    }))
    const shuffled = files.map((_, i) => (i * 37) % 60)
    await ani.album(files, 'kelas 3', shuffled)
    const messages = await recorder.until(60)
    expect(messages.map((message) => message.body.kind)).toEqual(Array(60).fill('files'))
    const albums = messages.map((message) => (message.body.kind === 'files' ? message.body.album : undefined))
    expect(new Set(albums).size).toBe(1)
    expect(messages.flatMap(({ body }) => (body.kind === 'files' ? (body.caption ?? []) : []))).toEqual(['kelas 3'])
  })
  test('what cannot be decrypted comes again under the same id, in its first place', async () => {
    const { recorder } = await running()
    const ani = server.person('Ani Rekaan')
    await ani.text('satu')
    await recorder.until(1)
    await ani.text('dua', {
      change: (node) => ({
        ...node,
        content: [{ tag: 'enc', attrs: { v: '2', type: 'msg' }, content: Buffer.alloc(60) }],
      }),
    })
    await vi.waitFor(() => expect(recorder.calls.at(-1)?.body).toEqual(text('dua')), { timeout: 10_000 })
    await ani.text('tiga')
    await vi.waitFor(() => expect(recorder.calls.at(-1)?.body).toEqual(text('tiga')), { timeout: 10_000 })
    const [, placeholder, filled] = recorder.calls
    expect(placeholder?.body).toEqual({ kind: 'placeholder' })
    expect(filled).toMatchObject({ platformId: placeholder?.platformId, order: placeholder?.order })
  })
  test('what could not be read at first and says nothing in the end waits for nobody', async () => {
    const { recorder } = await running()
    const ani = server.person('Ani Rekaan')
    await ani.text('satu')
    await recorder.until(1)
    const header = await ani.say(
      { albumMessage: { expectedImageCount: 2 } },
      {
        change: (node) => ({
          ...node,
          content: [{ tag: 'enc', attrs: { v: '2', type: 'msg' }, content: Buffer.alloc(60) }],
        }),
      },
    )
    await eventually(() => expect(recorder.changes).toContainEqual(expect.objectContaining({ kind: 'empty' })))
    expect(recorder.calls.at(-1)).toMatchObject({ platformId: header, body: { kind: 'placeholder' } })
    expect(recorder.changes).toContainEqual(expect.objectContaining({ kind: 'empty', platformId: header }))
  })
  test('edits and deletions are told with the message that they change', async () => {
    const { recorder } = await running()
    const ani = server.person('Ani Rekaan')
    const id = await ani.text('satu')
    await ani.edit(id, 'satu koma')
    await ani.remove(id)
    await eventually(() => expect(recorder.changes.filter(({ kind }) => kind !== 'identified')).toHaveLength(2))
    expect(recorder.changes).toContainEqual(expect.objectContaining({ kind: 'edited', platformId: id }))
    expect(recorder.changes).toContainEqual(expect.objectContaining({ kind: 'deleted', platformId: id }))
  })
  test('a file that the platform has dropped is asked for again; one that the phone has lost, too, fails for good', async () => {
    const { channel, recorder } = await running()
    const ani = server.person('Ani Rekaan')
    const bytes = Buffer.from('akta rekaan')
    const kept = await ani.file({ bytes, name: 'akta.pdf', mime: 'application/pdf' })
    const lost = await ani.file({ bytes, name: 'kk.pdf', mime: 'application/pdf' })
    const media = (await recorder.until(2)).map(({ body }) => (body.kind === 'files' ? body.files[0] : undefined))
    ani.expire(kept)
    ani.expire(lost, { lost: true })
    const [first, second] = media
    if (!first || !second) throw new Error('no file came')
    expect(await buffer(await channel.fetchMedia(first))).toEqual(bytes)
    await expect(channel.fetchMedia(second)).rejects.toMatchObject({ name: 'ChannelError', failure: 'rejected' })
  })
})

describe('going out', () => {
  test('an answer from within the handler keeps its keys: the talk goes on', async () => {
    const { channel, recorder } = await running()
    const ani = server.person('Ani Rekaan')
    recorder.persist(async ({ platformId, from }) => {
      channel.send({ key: platformId, to: from, text: platformId }).catch(() => undefined)
    })
    for (let i = 1; i <= 5; i++) {
      await ani.text(`pesan ${i}`)
      await vi.waitFor(() => expect(ani.heard).toHaveLength(i), { timeout: 5_000 })
    }
  })
  test('all attempts of one delivery are one message on the phone, and its receipts come under that id', async () => {
    const { channel, recorder } = await running()
    const ani = server.person('Ani Rekaan')
    await ani.text('halo')
    const [message] = await recorder.until(1)
    const to = message?.from ?? { channel: 'whatsapp', id: '' }
    const outbound = { key: 'k/1', id: '3EB0AAAAAAAAAAAAAAAAAA', to, text: 'Nomor antrean A101-4' }
    expect(await channel.send(outbound)).toBe(outbound.id)
    expect(await channel.send(outbound)).toBe(outbound.id)
    await eventually(() => expect(ani.copies.get(outbound.id)).toBe(2))
    expect(ani.heard).toHaveLength(1)
    await eventually(() => expect(recorder.receipts).toContainEqual({ platformId: outbound.id, state: 'delivered' }))
    ani.read(outbound.id)
    await eventually(() => expect(recorder.receipts).toContainEqual({ platformId: outbound.id, state: 'read' }))
  })
  test('a receipt that is faster than the word of the server counts, and the send ends well', async () => {
    const { channel, recorder } = await running()
    const ani = server.person('Ani Rekaan')
    await ani.text('halo')
    const [message] = await recorder.until(1)
    server.acknowledgesLate = true
    ani.receipt = 'read'
    const to = message?.from ?? { channel: 'whatsapp', id: '' }
    const id = await channel.send({ key: 'k/1', to, text: 'Baik' })
    await eventually(() => expect(recorder.receipts).toContainEqual({ platformId: id, state: 'read' }))
    expect(recorder.receipts.filter((one) => one.platformId === id)).toHaveLength(1)
  })
  test('the person sees that we write, as long as the text asks for, and then the text', async () => {
    const lengths: number[] = []
    const typingMs = (length: number) => lengths.push(length) * 200
    const { channel, recorder } = await running({ typingMs })
    const ani = server.person('Ani Rekaan')
    await ani.text('halo')
    const [message] = await recorder.until(1)
    const begun = performance.now()
    const to = message?.from ?? { channel: 'whatsapp', id: '' }
    const id = await channel.send({ key: 'k/1', to, text: 'Silakan' })
    expect(performance.now() - begun).toBeGreaterThan(190)
    await eventually(() => expect(ani.seen).toEqual(['typing', id]))
    expect(lengths).toEqual([7])
  })
  test('463 is final and raises an alert; a stranger is not written to at all', async () => {
    const { channel, recorder } = await running()
    const ani = server.person('Ani Rekaan')
    await ani.text('halo')
    const [message] = await recorder.until(1)
    const to = message?.from ?? { channel: 'whatsapp', id: '' }
    ani.refusal = '463'
    await expect(channel.send({ key: 'k/1', to, text: 'x' })).rejects.toMatchObject({ failure: 'rejected' })
    await until(async () => ((await states.read())?.alert === 'reachout-lock' ? true : undefined))
    const stranger = channel.send({ key: 'k/2', to: { channel: 'whatsapp', id: server.person('B').lid }, text: 'x' })
    await expect(stranger).rejects.toMatchObject({ failure: 'rejected', reason: 'never-wrote' })
  })
  test('a phone that could not read a message gets it again, also from a later process', async () => {
    const first = await running()
    const ani = server.person('Ani Rekaan')
    await ani.text('halo')
    const [message] = await first.recorder.until(1)
    const to = message?.from ?? { channel: 'whatsapp', id: '' }
    const id = await first.channel.send({ key: 'k/1', to, text: 'Silakan kirim akta' })
    await eventually(() => expect(ani.heard).toHaveLength(1))
    await first.channel.stop()
    // while nobody is there: the platform keeps the plea
    await ani.askAgain(id)
    await running()
    await vi.waitFor(() => expect(ani.copies.get(id)).toBe(2), { timeout: 10_000 })
  })
})

test('no key, text or number reaches the log or the console', async () => {
  const lines: string[] = []
  // what the library prints goes here unless the channel has closed the console
  for (const name of ['debug', 'dir', 'error', 'info', 'log', 'trace', 'warn'] as const) {
    Object.assign(globalThis.console, { [name]: (...said: unknown[]) => void lines.push(inspect(said, { depth: 8 })) })
  }
  const log = createLog('trace', { write: (line) => void lines.push(line) })
  const { channel, recorder } = await running({ log })
  const ani = server.person('Ani Rekaan')
  await ani.text('rahasia kami')
  await recorder.until(1)
  // a session that begins anew is what libsignal prints
  ani.forget()
  await ani.text('rahasia lagi')
  await recorder.until(2)
  server.streamError('428')
  await stateIs('waiting')
  await channel.stop()
  const said = lines.join('\n')
  expect(said).toContain('the connection to WhatsApp has ended')
  for (const word of ['privKey', 'rootKey', 'rahasia', 'Ani', ani.lid, ani.pn.split('@')[0] ?? '', server.office.pn]) {
    expect(said).not.toContain(word)
  }
})
