import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ChannelError } from '../../src/bots/channel.ts'
import type { Channel } from '../../src/bots/channel.ts'
import type { Address, MediaRef } from '../../src/models/chat/message.ts'
import { createRecorder } from '../support/recorder.ts'
import type { Recorder } from '../support/recorder.ts'

type Sample = { bytes: Buffer; name: string; mime: string }

/** A person on the other side of the platform. Each call resolves once the platform has taken it, not our service. */
export type ContractPerson = {
  address: Address
  says(text: string): Promise<void>
  sends(files: readonly Sample[], caption?: string): Promise<void>
  /** The platform hands the person's latest message over once more. */
  repeats(): Promise<void>
  /** Presses the button with this label under our latest message. */
  taps(label: string): Promise<void>
  /** What our service has said, oldest first, without markup. */
  heard(): Promise<{ text: string; options: readonly string[] }[]>
}

/** One platform with one account of the office. */
export type ContractPlatform = {
  /** A channel on that account, not started; like the one of a new process. */
  create(): Channel
  /** What is left when a process is killed: its connections end and it reaches nothing any more. */
  kill(channel: Channel): Promise<void>
  person(name: string): ContractPerson
  close(): Promise<void>
}

/** What the service relies on in every channel. `open` makes a fresh platform for each test. */
export function channelContract(name: string, open: () => Promise<ContractPlatform>): void {
  describe(`${name} keeps the channel contract`, () => {
    let platform: ContractPlatform
    let channel: Channel
    let recorder: Recorder
    let ani: ContractPerson

    beforeEach(async () => {
      platform = await open()
      channel = platform.create()
      recorder = createRecorder()
      ani = platform.person('ani')
    })
    afterEach(async () => {
      await channel.stop()
      await platform.close()
    })
    const opened = async (media: MediaRef | undefined): Promise<Buffer> => {
      if (!media) throw new Error('no file came')
      return buffer(await channel.fetchMedia(media))
    }
    const sample = (i: number): Sample => ({
      bytes: Buffer.from(`isi berkas contoh ${i}`),
      name: `contoh-${i}.pdf`,
      mime: 'application/pdf',
    })

    test('a text comes with its sender, account, time and order', async () => {
      await channel.start(recorder.handlers)
      const before = Date.now()
      await ani.says('Selamat pagi')
      const [message] = await recorder.until(1)
      expect(message).toMatchObject({ from: ani.address, body: { kind: 'text', text: 'Selamat pagi' } })
      expect(message?.account).not.toBe('')
      expect(Math.abs((message?.at.getTime() ?? 0) - before)).toBeLessThan(10_000)
      expect(Number.isFinite(message?.order)).toBe(true)
    })

    test('what several people say comes in the order in which each said it', async () => {
      await channel.start(recorder.handlers)
      const budi = platform.person('budi')
      for (let i = 0; i < 10; i++) {
        await ani.says(`a${i}`)
        await budi.says(`b${i}`)
      }
      const all = await recorder.until(20)
      for (const [person, letter] of [
        [ani, 'a'],
        [budi, 'b'],
      ] as const) {
        const own = all.filter((message) => message.from.id === person.address.id)
        expect(own.map((message) => message.body)).toEqual(
          Array.from({ length: 10 }, (_, i) => ({ kind: 'text', text: `${letter}${i}` })),
        )
        expect(new Set(own.map((message) => message.order)).size).toBe(10)
      }
    })

    test('the same message twice has one id, two messages with the same words have two', async () => {
      await channel.start(recorder.handlers)
      await ani.says('ya')
      await ani.repeats()
      await ani.says('ya')
      await vi.waitFor(() => expect(recorder.calls).toHaveLength(3), { timeout: 15_000 })
      expect(recorder.inOrder()).toHaveLength(2)
    })

    test('a message that cannot be persisted yet is handed over again, and nothing behind it is lost', async () => {
      let refusals = 3
      recorder.persist(async () => {
        if (refusals-- > 0) throw new Error('the store is away')
      })
      await channel.start(recorder.handlers)
      await ani.says('satu')
      await ani.says('dua')
      expect((await recorder.until(2)).map((message) => message.body)).toEqual([
        { kind: 'text', text: 'satu' },
        { kind: 'text', text: 'dua' },
      ])
    })

    test('what a killed process had not persisted comes to the next one, under the same id', async () => {
      recorder.persist(() => new Promise(() => undefined))
      await channel.start(recorder.handlers)
      const said = ani.says('satu')
      await vi.waitFor(() => expect(recorder.calls).toHaveLength(1), { timeout: 15_000 })
      await platform.kill(channel)
      const second = createRecorder()
      const killed = channel
      channel = platform.create()
      await channel.start(second.handlers)
      await said
      await ani.says('dua')
      const messages = await second.until(2)
      expect(messages.map((message) => message.body)).toEqual([
        { kind: 'text', text: 'satu' },
        { kind: 'text', text: 'dua' },
      ])
      expect(messages[0]?.platformId).toBe(recorder.calls[0]?.platformId)
      expect(killed).not.toBe(channel)
    })

    test('what is said while the service is off comes when it is back', async () => {
      await channel.start(recorder.handlers)
      await channel.stop()
      const saying = [ani.says('satu'), ani.sends([sample(1)])]
      channel = platform.create()
      await channel.start(recorder.handlers)
      await Promise.all(saying)
      expect((await recorder.until(2)).map((message) => message.body.kind).toSorted()).toEqual(['files', 'text'])
    })

    test('files can be opened, byte for byte, also by a later process', async () => {
      await channel.start(recorder.handlers)
      await ani.sends([sample(1)], 'akta')
      const [message] = await recorder.until(1)
      const body = message?.body
      expect(body).toMatchObject({ kind: 'files', caption: 'akta', files: [{ mime: 'application/pdf' }] })
      const media = body?.kind === 'files' ? body.files[0] : undefined
      expect(media?.name).toBe('contoh-1.pdf')
      expect(await opened(media)).toEqual(sample(1).bytes)
      await channel.stop()
      channel = platform.create()
      await channel.start(recorder.handlers)
      expect(await opened(media)).toEqual(sample(1).bytes)
    })

    test('files that were sent together are one album, in their order, with the caption once', async () => {
      await channel.start(recorder.handlers)
      const samples = Array.from({ length: 5 }, (_, i) => sample(i))
      await ani.sends(samples, 'berkas Budi Rekaan')
      const files = () => recorder.bodies().flatMap((body) => (body.kind === 'files' ? body.files : []))
      await vi.waitFor(() => expect(files()).toHaveLength(5), { timeout: 15_000 })
      const bodies = recorder.bodies().filter((body) => body.kind === 'files')
      const albums = new Set(bodies.map((body) => body.album))
      expect(albums.size).toBe(1)
      expect(albums).not.toContain(undefined)
      expect(bodies.flatMap((body) => body.caption ?? [])).toEqual(['berkas Budi Rekaan'])
      expect(await Promise.all(files().map((media) => opened(media)))).toEqual(samples.map((one) => one.bytes))
    })

    test('a file that the platform does not know is refused as a ChannelError', async () => {
      await channel.start(recorder.handlers)
      const unknown = channel.fetchMedia({ kind: 'document', ref: 'no-such-file' })
      await expect(unknown).rejects.toBeInstanceOf(ChannelError)
      await expect(unknown).rejects.toMatchObject({ failure: 'rejected' })
    })

    test('answers are heard in order, each under an id of its own', async () => {
      await channel.start(recorder.handlers)
      await ani.says('halo')
      await recorder.until(1)
      const ids = []
      for (let i = 0; i < 3; i++) ids.push(await channel.send({ key: `t/${i}`, to: ani.address, text: `Balasan ${i}` }))
      expect(new Set(ids).size).toBe(3)
      expect((await ani.heard()).map((said) => said.text)).toEqual(['Balasan 0', 'Balasan 1', 'Balasan 2'])
    })

    test('a text with signs of markup is heard as it was written', async () => {
      await channel.start(recorder.handlers)
      await ani.says('halo')
      await recorder.until(1)
      await channel.send({ key: 't/0', to: ani.address, text: '5 < 6 & "a_b" [x](y) <b>tag</b> `kode`' })
      expect((await ani.heard()).at(-1)?.text).toBe('5 < 6 & "a_b" [x](y) <b>tag</b> `kode`')
    })

    test('a choice that is tapped comes back as its value', async () => {
      await channel.start(recorder.handlers)
      await ani.says('halo')
      await recorder.until(1)
      const choices = [
        { value: 'yes', label: 'YA' },
        { value: 'no', label: 'TIDAK' },
      ]
      await channel.send({ key: 't/0', to: ani.address, text: 'Lanjut?', choices })
      expect((await ani.heard()).at(-1)).toMatchObject({ text: 'Lanjut?', options: ['YA', 'TIDAK'] })
      await ani.taps('TIDAK')
      expect((await recorder.until(2)).at(-1)?.body).toEqual({ kind: 'choice', value: 'no' })
    })

    test('a text over the limit is heard whole, in several messages', async () => {
      await channel.start(recorder.handlers)
      await ani.says('halo')
      await recorder.until(1)
      const lines = Array.from({ length: Math.ceil(channel.can.textLimit / 40) }, (_, i) =>
        `Baris ${i} `.padEnd(60, '.'),
      )
      await channel.send({ key: 't/0', to: ani.address, text: lines.join('\n') })
      const heard = await ani.heard()
      expect(heard.length).toBeGreaterThan(1)
      expect(heard.map((said) => said.text).join('\n')).toBe(lines.join('\n'))
    })

    test('says when it is open and when it has stopped, and stopping twice is stopping once', async () => {
      await channel.start(recorder.handlers)
      expect(recorder.health.at(-1)).toEqual({ state: 'open' })
      await Promise.all([channel.stop(), channel.stop()])
      await channel.stop()
      expect(recorder.health.at(-1)).toMatchObject({ state: 'stopped' })
      const calls = recorder.calls.length
      const said = ani.says('terlambat')
      channel = platform.create()
      const second = createRecorder()
      await channel.start(second.handlers)
      await said
      await second.until(1)
      expect(recorder.calls).toHaveLength(calls)
    })
  })
}
