import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeDataDir } from '../../src/config/data-dir.ts'

test('the data folder is made for its owner alone, or named where that is not possible', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'smart-kids-data-'))
  onTestFinished(() => rm(parent, { recursive: true }))
  const folder = join(parent, 'deep', 'data')
  await makeDataDir(folder)
  await makeDataDir(folder)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  await writeFile(join(parent, 'file'), '')
  const inside = join(parent, 'file', 'data')
  await expect(makeDataDir(inside)).rejects.toThrow(`DATA_DIR: ${inside} cannot be made or written to (ENOTDIR)`)
})
