import { PassThrough, Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { collect } from '../../src/media/collect.ts'

describe('a download', () => {
  test('gives back exactly the bytes, however they were cut', async () => {
    const pieces = [Buffer.from('ab'), Buffer.from(''), Buffer.from('cde')]
    const got = await collect(Promise.resolve(Readable.from(pieces)), { limit: 5, idleMs: 1000 })
    expect(got.toString()).toBe('abcde')
  })

  test('ends at the first byte too many, without reading on', async () => {
    let made = 0
    const endless = Readable.from(
      (function* () {
        for (;;) {
          made += 1
          yield Buffer.alloc(10)
        }
      })(),
    )
    const work = collect(Promise.resolve(endless), { limit: 25, idleMs: 1000 })
    await expect(work).rejects.toMatchObject({ problem: 'too-big' })
    expect(endless.destroyed).toBe(true)
    expect(made).toBeLessThan(40)
  })

  test('that falls silent is given up, and its stream is closed', async () => {
    const silent = new PassThrough()
    silent.write('first piece')
    const work = collect(Promise.resolve(silent), { limit: 100, idleMs: 20 })
    await expect(work).rejects.toMatchObject({ problem: 'stalled' })
    expect(silent.destroyed).toBe(true)
  })

  test('that never opens is given up, and closed if it opens after all', async () => {
    const { promise, resolve } = Promise.withResolvers<Readable>()
    const work = collect(promise, { limit: 100, idleMs: 20 })
    await expect(work).rejects.toMatchObject({ problem: 'stalled' })
    const late = new PassThrough()
    const closed = new Promise((done) => late.once('close', done))
    resolve(late)
    await closed
    expect(late.destroyed).toBe(true)
  })

  test('passes the error of a broken line on', async () => {
    const broken = new PassThrough()
    const work = collect(Promise.resolve(broken), { limit: 100, idleMs: 1000 })
    broken.destroy(new Error('ECONNRESET'))
    await expect(work).rejects.toThrow('ECONNRESET')
  })
})
