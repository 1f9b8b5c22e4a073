import { expect, test } from 'vitest'
import { afterDisconnect, reconnectDelay } from '../../../src/bots/whatsapp/disconnects.ts'

test('each end of a connection has its own consequence', () => {
  const kinds = (paired: boolean) =>
    [515, 428, 408, 500, 503, 440, 401, 403, 405, undefined].map((code) => [code, afterDisconnect(code, paired).kind])
  expect(Object.fromEntries(kinds(true))).toEqual({
    515: 'at-once',
    428: 'back-off',
    408: 'back-off',
    500: 'back-off',
    503: 'back-off',
    440: 'if-still-holder',
    401: 'pair-anew',
    403: 'stop',
    405: 'new-version',
    undefined: 'back-off',
  })
})

test('the office is told of a removed device, a ban and an outdated client', () => {
  expect(afterDisconnect(401, true)).toMatchObject({ alert: 'unlinked' })
  expect(afterDisconnect(403, true)).toMatchObject({ alert: 'banned' })
  expect(afterDisconnect(405, true)).toMatchObject({ alert: 'outdated' })
  expect(afterDisconnect(428, true)).not.toHaveProperty('alert')
})

test('a device that is not paired has no keys to lose, and shows fresh QR strings when they ran out', () => {
  expect(afterDisconnect(401, false)).toEqual({ kind: 'back-off' })
  expect(afterDisconnect(408, false)).toEqual({ kind: 'at-once' })
})

test('attempts come doubled, never at the same moment, and at last every five minutes', () => {
  expect(reconnectDelay(0, 0)).toBe(1000)
  expect(reconnectDelay(3, 0)).toBe(8000)
  expect(reconnectDelay(3, 1)).toBe(4000)
  expect(reconnectDelay(40, 0)).toBe(300_000)
})
