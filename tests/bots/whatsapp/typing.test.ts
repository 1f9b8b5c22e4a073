import { expect, test } from 'vitest'
import { typingMs } from '../../../src/bots/whatsapp/typing.ts'

test('longer texts take longer to write, up to a few seconds, and none as long as the one before', () => {
  expect(typingMs(10, 0.5)).toBeLessThan(typingMs(200, 0.5))
  expect(typingMs(100_000, 1)).toBe(typingMs(200_000, 1))
  expect(typingMs(100_000, 1)).toBeLessThan(4_000)
  expect(typingMs(50, 0.1)).toBeLessThan(typingMs(50, 0.9))
  expect(typingMs(0, 0)).toBeGreaterThan(100)
})
