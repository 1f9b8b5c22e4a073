import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { readDataKeys } from '../../src/config/data-key.ts'

const given = randomBytes(32)
const earlier = randomBytes(32)
let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-key-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
})

describe('the data key', () => {
  test('comes from the environment, with earlier ones beside it, and leaves no file', async () => {
    const keys = await readDataKeys({
      dataKey: given.toString('base64'),
      previous: `${earlier.toString('base64')}, ${given.toString('base64')}`,
      dataDir,
      production: true,
    })
    expect(keys).toEqual({ key: given, previous: [earlier, given] })
    expect(await readdir(dataDir)).toEqual([])
  })
  test('is made once, kept for its owner alone, and the same for all who start at once', async () => {
    const folder = join(dataDir, 'new')
    const starts = Array.from({ length: 8 }, () => readDataKeys({ dataDir: folder, production: false }))
    const [first, ...others] = await Promise.all(starts)
    for (const keys of others) expect(keys.key).toEqual(first!.key)
    expect((await readDataKeys({ dataDir: folder, production: false })).key).toEqual(first!.key)
    expect((await stat(join(folder, 'data.key'))).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['data.key'])
  })
  test('is never made in production', async () => {
    await expect(readDataKeys({ dataDir, production: true })).rejects.toThrow('DATA_KEY is not set')
    expect(await readdir(dataDir)).toEqual([])
  })
  test('that is not 32 bytes is an error that names where it stands, not another key', async () => {
    const wrong = { dataKey: 'abc', dataDir, production: false }
    await expect(readDataKeys(wrong)).rejects.toThrow('DATA_KEY: must be 32 bytes in base64')
    const earlierWrong = { dataKey: given.toString('base64'), previous: 'abc', dataDir, production: true }
    await expect(readDataKeys(earlierWrong)).rejects.toThrow('DATA_KEY_PREVIOUS: must be 32 bytes in base64')
    await writeFile(join(dataDir, 'data.key'), 'abc\n')
    await expect(readDataKeys({ dataDir, production: false })).rejects.toThrow(`${dataDir}/data.key: must be 32 bytes`)
  })
})
