import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBlobs } from '../../src/media/blobs.ts'
import type { Blobs } from '../../src/media/blobs.ts'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import { createSealer } from '../../src/models/store/sealing.ts'

const key = randomBytes(32)
const identity = randomBytes(32)
const now = () => new Date()
let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'blobs-'))
})
afterEach(async () => {
  armFailpoints(undefined)
  await rm(root, { recursive: true, force: true })
})

async function paths(): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name))
}

async function idsOf(blobs: Blobs): Promise<string[]> {
  const found: string[] = []
  for await (const id of blobs.ids()) found.push(id)
  return found
}

describe('the blob store', () => {
  test.each([0, 1, 65_537, 3 * 1024 * 1024])('gives back %d bytes as they came', async (length) => {
    const blobs = createBlobs({ root, sealer: createSealer(key, identity), now })
    const bytes = randomBytes(length)
    expect(await blobs.put('file-00000001', bytes)).toBe(true)
    expect((await blobs.get('file-00000001'))?.equals(bytes)).toBe(true)
    expect(await blobs.size('file-00000001')).toBeGreaterThan(length)
  })

  test('holds nothing readable, and only ids as names', async () => {
    const blobs = createBlobs({ root, sealer: createSealer(key, identity), now })
    await blobs.put('file-00000001', Buffer.from('Nama: Anak Rekaan, NIK 6311010101150001'))
    const [path, ...others] = await paths()
    expect(others).toEqual([])
    expect(path).toMatch(/\/[0-9a-f]{2}\/file-00000001$/)
    expect((await readFile(path!)).includes('Rekaan')).toBe(false)
  })

  test('a second put under the same id changes nothing', async () => {
    const blobs = createBlobs({ root, sealer: createSealer(key, identity), now })
    await blobs.put('file-00000001', Buffer.from('first'))
    const before = await readFile((await paths())[0]!)
    expect(await blobs.put('file-00000001', Buffer.from('second'))).toBe(false)
    expect((await readFile((await paths())[0]!)).equals(before)).toBe(true)
    expect(await paths()).toHaveLength(1)
  })

  test('of two puts at once one wins whole', async () => {
    const blobs = createBlobs({ root, sealer: createSealer(key, identity), now })
    const sent = [randomBytes(100_000), randomBytes(100_000), randomBytes(100_000)]
    const won = await Promise.all(sent.map((bytes) => blobs.put('file-00000001', bytes)))
    expect(won.filter(Boolean)).toHaveLength(1)
    expect((await blobs.get('file-00000001'))?.equals(sent[won.indexOf(true)]!)).toBe(true)
    expect(await paths()).toHaveLength(1)
  })

  test.each(['../../etc/passwd', 'a/b', '..', '', 'akta.jpg', 'x'.repeat(200), '1234567\0'])(
    'refuses %j as an id',
    async (id) => {
      const blobs = createBlobs({ root, sealer: createSealer(key, identity), now })
      await expect(blobs.put(id, Buffer.from('x'))).rejects.toThrow('not an id')
      await expect(blobs.get(id)).rejects.toThrow('not an id')
      await expect(blobs.delete(id)).rejects.toThrow('not an id')
      expect(await paths()).toEqual([])
    },
  )

  test('what is not there is undefined, and deleting twice is harmless', async () => {
    const blobs = createBlobs({ root, sealer: createSealer(key, identity), now })
    expect(await blobs.get('file-00000009')).toBeUndefined()
    expect(await blobs.size('file-00000009')).toBeUndefined()
    await blobs.put('file-00000001', Buffer.from('x'))
    await blobs.delete('file-00000001')
    await blobs.delete('file-00000001')
    expect(await blobs.get('file-00000001')).toBeUndefined()
    expect(await paths()).toEqual([])
  })

  test('a changed blob is refused rather than shown', async () => {
    const blobs = createBlobs({ root, sealer: createSealer(key, identity), now })
    await blobs.put('file-00000001', Buffer.from('true'))
    const path = (await paths())[0]!
    const bytes = await readFile(path)
    bytes[bytes.length - 1]! ^= 1
    await writeFile(path, bytes)
    await expect(blobs.get('file-00000001')).rejects.toThrow()
  })

  test.each(['before', 'after'] as const)(
    'a failure %s the blob gets its name leaves whole or nothing',
    async (moment) => {
      const blobs = createBlobs({ root, sealer: createSealer(key, identity), now })
      armFailpoints((name, at) => {
        if (name === 'blob.link' && at === moment) throw new Error('stopped here')
      })
      await expect(blobs.put('file-00000001', Buffer.from('whole'))).rejects.toThrow('stopped here')
      armFailpoints(undefined)
      const kept = await blobs.get('file-00000001')
      expect(kept?.toString()).toBe(moment === 'before' ? undefined : 'whole')
      await blobs.put('file-00000001', Buffer.from('whole'))
      expect((await blobs.get('file-00000001'))?.toString()).toBe('whole')
      expect(await paths()).toHaveLength(1)
    },
  )

  test.each([
    ['blob.write', 'before', 0, false],
    ['blob.write', 'after', 1, false],
    ['blob.link', 'before', 1, false],
    ['blob.link', 'after', 2, true],
  ] as const)('kill -9 at %s, %s: the blob is whole or absent', async (name, moment, left, whole) => {
    const script = join(import.meta.dirname, 'put-and-die.ts')
    const child = spawn(process.execPath, [script, root, key.toString('hex'), identity.toString('hex'), name, moment])
    const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    expect(signal).toBe('SIGKILL')
    expect(await paths()).toHaveLength(left)
    const blobs = createBlobs({ root, sealer: createSealer(key, identity), now })
    expect((await blobs.get('file-00000001'))?.length).toBe(whole ? 1_000_000 : undefined)
    await blobs.put('file-00000001', Buffer.alloc(1_000_000, 7))
    expect((await blobs.get('file-00000001'))?.equals(Buffer.alloc(1_000_000, 7))).toBe(true)
    const later = createBlobs({
      root,
      sealer: createSealer(key, identity),
      now: () => new Date(Date.now() + 7_200_000),
    })
    expect(await later.tidy()).toBe(left > 0 ? 1 : 0)
    expect(await paths()).toHaveLength(1)
  })

  test('tidying removes what a killed process left an hour ago, and nothing else', async () => {
    const blobs = createBlobs({ root, sealer: createSealer(key, identity), now })
    await blobs.put('file-00000001', Buffer.from('kept'))
    const kept = (await paths())[0]!
    await writeFile(`${kept}.old.part`, 'left')
    await writeFile(`${kept}.new.part`, 'being written')
    const hours = new Date(Date.now() - 2 * 3_600_000)
    await utimes(`${kept}.old.part`, hours, hours)
    await utimes(kept, hours, hours)
    expect(await blobs.tidy()).toBe(1)
    expect((await paths()).sort()).toEqual([kept, `${kept}.new.part`].sort())
    expect(await idsOf(blobs)).toEqual(['file-00000001'])
  })

  test('a rotation seals blobs of an earlier key again, once', async () => {
    await createBlobs({ root, sealer: createSealer(key, identity), now }).put('file-00000001', Buffer.from('kept'))
    const next = randomBytes(32)
    const rotating = createBlobs({ root, sealer: createSealer(next, identity, [key]), now })
    expect(await rotating.reseal('file-00000001')).toBe(true)
    expect(await rotating.reseal('file-00000001')).toBe(false)
    expect(await rotating.reseal('file-00000009')).toBe(false)
    const after = createBlobs({ root, sealer: createSealer(next, identity), now })
    expect((await after.get('file-00000001'))?.toString()).toBe('kept')
  })

  test('a store that was never written to is empty', async () => {
    const blobs = createBlobs({ root: join(root, 'none'), sealer: createSealer(key, identity), now })
    expect(await idsOf(blobs)).toEqual([])
    expect(await blobs.tidy()).toBe(0)
  })
})
