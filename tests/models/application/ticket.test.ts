import { assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigit, parseTicket, ticketOf } from '../../../src/models/application/ticket.ts'

const anyNumber = integer({ min: 0, max: 5_000_000 })

describe('ticket numbers', () => {
  test('start at A100, go on to Z999, then take one digit more', () => {
    const bare = (n: number): string => ticketOf(n).split('-')[0]!
    expect([0, 899, 900, 26 * 900 - 1, 26 * 900].map(bare)).toEqual(['A100', 'A999', 'B100', 'Z999', 'A1000'])
    expect([26 * 900 + 9_000, 26 * 9_900].map(bare)).toEqual(['B1000', 'A10000'])
  })
  test('are never given twice', () => {
    const first = Array.from({ length: 60_000 }, (_, n) => ticketOf(n))
    expect(new Set(first).size).toBe(first.length)
  })
  test('have the check digit of the design: B417-6', () => {
    expect(checkDigit('B', '417')).toBe(6)
  })
  test('are read back as they were given', () => {
    assert(property(anyNumber, (n) => parseTicket(ticketOf(n)) === ticketOf(n)))
  })
  test.each(['B417-6', 'b417-6', 'b4176', 'B 417 6', 'b.417.6', ' B417 – 6 ', '8417-6', '84176'])(
    'typed as "%s" are B417-6',
    (typed) => {
      expect(parseTicket(typed)).toBe('B417-6')
    },
  )
  test.each(['', '417-6', 'B41-7', 'B017-6', 'BB417-6', 'B417', 'B417-6x', '9417-6', 'halo', '８417-6', 'ß417-6'])(
    'are not made of "%s"',
    (typed) => {
      expect(parseTicket(typed)).toBeUndefined()
    },
  )
  test('with one digit wrong are refused', () => {
    assert(
      property(anyNumber, integer({ min: 0, max: 20 }), integer({ min: 1, max: 9 }), (n, place, shift) => {
        const ticket = ticketOf(n)
        const digits = Array.from(ticket.matchAll(/\d/g), (found) => found.index)
        const at = digits[place % digits.length]!
        const wrong = (Number(ticket[at]) + shift) % 10
        expect(parseTicket(ticket.slice(0, at) + wrong + ticket.slice(at + 1))).toBeUndefined()
      }),
    )
  })
  test('with two neighbouring digits swapped are refused', () => {
    assert(
      property(anyNumber, integer({ min: 0, max: 20 }), (n, place) => {
        const [letter, ...digits] = ticketOf(n).replace('-', '')
        const at = place % (digits.length - 1)
        const swapped = [...digits]
        ;[swapped[at], swapped[at + 1]] = [digits[at + 1]!, digits[at]!]
        if (digits[at] !== digits[at + 1]) expect(parseTicket(letter + swapped.join(''))).toBeUndefined()
      }),
    )
  })
})
