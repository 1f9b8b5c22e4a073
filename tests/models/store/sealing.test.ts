import { randomBytes } from 'node:crypto'
import { assert, integer, property, string, tuple, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSealer } from '../../../src/models/store/sealing.ts'

const [key, other, identity] = [randomBytes(32), randomBytes(32), randomBytes(32)]
const sealer = createSealer(key, identity)

describe('sealing', () => {
  test('gives back every byte, every text and every value', () => {
    assert(property(uint8Array(), (bytes) => sealer.open(sealer.seal(bytes)).equals(bytes)))
    assert(property(string({ unit: 'grapheme' }), (text) => sealer.openText(sealer.seal(text)) === text))
    expect(sealer.openJson(sealer.sealJson({ name: 'Anak Rekaan', kk: null }))).toEqual({
      name: 'Anak Rekaan',
      kk: null,
    })
  })
  test('shows nothing of the text, and nothing of two texts being the same', () => {
    const text = 'Anak Rekaan bin Contoh'
    expect(sealer.seal(text).includes('Rekaan')).toBe(false)
    expect(sealer.seal(text).equals(sealer.seal(text))).toBe(false)
  })
  test('finds every changed bit', () => {
    const sealed = sealer.seal('6311010101150001')
    assert(
      property(tuple(integer({ min: 0, max: sealed.length - 1 }), integer({ min: 0, max: 7 })), ([at, bit]) => {
        const changed = Buffer.from(sealed)
        changed[at] = changed[at]! ^ (1 << bit)
        expect(() => sealer.open(changed)).toThrow()
      }),
    )
  })
  test('refuses a key that is not in the ring, and bytes that were never sealed', () => {
    expect(() => createSealer(other, identity).open(sealer.seal('x'))).toThrow('a key that is not at hand')
    expect(() => sealer.open(Buffer.from('plain'))).toThrow()
    expect(() => sealer.open(Buffer.alloc(0))).toThrow()
  })
  test('opens what an earlier key sealed, and says that it is stale', () => {
    const rotated = createSealer(other, identity, [key])
    const old = sealer.seal('lama')
    expect(rotated.openText(old)).toBe('lama')
    expect([rotated.isStale(old), rotated.isStale(rotated.seal('baru'))]).toEqual([true, false])
  })
})

describe('keyed hashes', () => {
  test('name the same value the same way, and tell kinds and parts apart', () => {
    expect(sealer.lookup('nik', '1')).toBe(sealer.lookup('nik', '1'))
    expect(sealer.lookup('nik', '1')).toMatch(/^[\w-]{22}$/)
    expect(sealer.lookup('nik', '1')).not.toBe(sealer.lookup('kk', '1'))
    expect(sealer.identify('chat', 'ab', 'c')).not.toBe(sealer.identify('chat', 'a', 'bc'))
    expect(sealer.identify('chat', 'a', '')).not.toBe(sealer.identify('chat', 'a'))
  })
  test('change with the data key for look-ups, never for ids', () => {
    const rotated = createSealer(other, identity, [key])
    expect(rotated.lookup('nik', '1')).not.toBe(sealer.lookup('nik', '1'))
    expect(rotated.identify('chat', 'a')).toBe(sealer.identify('chat', 'a'))
  })
})
