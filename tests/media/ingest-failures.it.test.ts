import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ChannelError } from '../../src/bots/channel.ts'
import type { FetchMedia } from '../../src/media/ingest.ts'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import { ingestWorld, message, registered, serving } from './ingest-world.ts'
import type { IngestWorld } from './ingest-world.ts'
import { pdfFile } from './pictures.ts'

let world: IngestWorld
beforeEach(async () => {
  world = await ingestWorld()
})
afterEach(() => armFailpoints(undefined))

describe('when a download fails', () => {
  test('it is tried again later, later each time, and finally has a name', async () => {
    const ingest = world.ingestOf(() => Promise.reject(new ChannelError('unreachable')))
    const [id] = await registered(world, message(1))
    const waits: number[] = []
    for (;;) {
      const run = await ingest.run(id!)
      if ('settled' in run) break
      waits.push((run.retryAt!.getTime() - world.now().getTime()) / 1000)
      expect(await ingest.run(id!)).toEqual(run)
      world.wait(run.retryAt!.getTime() - world.now().getTime())
      expect(await ingest.due(world.now(), 10)).toEqual([id])
    }
    expect(waits).toEqual([1, 4, 15, 60, 180, 600, 900, 900, 900])
    expect(world.settled).toMatchObject([{ state: 'failed', failure: 'download-failed' }])
  })

  test('what ended with its process is no failure of the platform', async () => {
    const ingest = world.ingestOf(() => Promise.reject(new ChannelError('unreachable')))
    const [id] = await registered(world, message(1))
    for (let kill = 0; kill < 12; kill++) {
      expect(await world.files.begin(id!, 5_000)).not.toBeNull()
      world.wait(5_000)
    }
    expect(await ingest.run(id!)).toEqual({ retryAt: new Date(world.now().getTime() + 1_000) })
  })

  test('a platform that asks for patience gets it', async () => {
    const ingest = world.ingestOf(() => Promise.reject(new ChannelError('throttled', { retryAfterMs: 37_000 })))
    const [id] = await registered(world, message(1))
    expect(await ingest.run(id!)).toEqual({ retryAt: new Date(world.now().getTime() + 37_000) })
  })

  test.each([
    [new ChannelError('rejected', { reason: 'too-big' }), 'too-big'],
    [new ChannelError('rejected'), 'download-failed'],
    [new ChannelError('blocked'), 'download-failed'],
  ])('%s is final at once', async (error, failure) => {
    const ingest = world.ingestOf(() => Promise.reject(error))
    const [id] = await registered(world, message(1))
    await ingest.run(id!)
    expect(world.settled).toMatchObject([{ state: 'failed', failure }])
  })

  test('a line that breaks in the middle, or falls silent, leaves nothing and succeeds the next time', async () => {
    let attempt = 0
    const fetchMedia: FetchMedia = () => {
      attempt += 1
      const stream = new PassThrough()
      stream.write(pdfFile.subarray(0, 10))
      if (attempt === 1) setImmediate(() => stream.destroy(new Error('ECONNRESET')))
      if (attempt === 3) stream.end(pdfFile.subarray(10))
      return Promise.resolve(stream)
    }
    const ingest = world.ingestOf(fetchMedia, 30)
    const [id] = await registered(world, message(1))
    for (const expected of ['waiting', 'waiting', 'stored']) {
      await ingest.run(id!)
      expect((await world.files.byId(id!))?.state).toBe(expected)
      world.wait(60_000)
    }
    expect((await world.blobs.get(id!))?.equals(pdfFile)).toBe(true)
  })
})

describe('after a crash', () => {
  test.each(['file.begin', 'media.fetch', 'blob.write', 'blob.link', 'file.settle'])(
    'before or after %s the file is stored once, whole, by the next run',
    async (failpoint) => {
      for (const moment of ['before', 'after'] as const) {
        const ingest = world.ingestOf(serving(pdfFile))
        const [id] = await registered(world, message(1, {}, `${moment}-the-message`))
        // what the process could still have done after the crash is cut off as well
        let dead = false
        armFailpoints((name, at) => {
          if (name === failpoint && at === moment) dead = true
          if (dead) throw new Error('killed')
        })
        await ingest.run(id!).catch(() => undefined)
        armFailpoints(undefined)
        world.wait(20_000)
        await ingest.run(id!)
        expect((await world.files.byId(id!))?.state).toBe('stored')
        expect((await world.blobs.get(id!))?.equals(pdfFile)).toBe(true)
      }
    },
  )

  test('bytes that are on disk are not asked for again', async () => {
    const ingest = world.ingestOf(() => Promise.reject(new ChannelError('rejected')))
    const [id] = await registered(world, message(1))
    await world.blobs.put(id!, pdfFile)
    await ingest.run(id!)
    expect(world.settled).toMatchObject([{ state: 'stored', bytes: pdfFile.length }])
  })
})
