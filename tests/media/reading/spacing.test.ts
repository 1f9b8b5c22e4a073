import { expect, test } from 'vitest'
import { withBlanks } from '../../../src/media/reading/spacing.ts'

const HEIGHT = 48
const LETTER = 22
const NARROW = 4

/** A line of black blocks, one a letter; `gaps[i]` empty columns stand before the letter `i`. */
function lineOf(text: string, gaps: readonly number[]) {
  const starts: number[] = []
  let at = 10
  for (const i of Array.from(text).keys()) {
    at += gaps[i] ?? NARROW
    starts.push(at)
    at += LETTER
  }
  const width = at + 10
  const data = Buffer.alloc(width * HEIGHT * 3, 255)
  for (const start of starts) {
    for (let y = 8; y < HEIGHT - 8; y++) data.fill(0, (y * width + start) * 3, (y * width + start + LETTER) * 3)
  }
  const columns = starts.map((start) => start + LETTER / 2)
  return { cut: { data, width, height: HEIGHT }, read: { text, confidences: starts.map(() => 0.9), columns } }
}

test('a blank is put where letters stand apart, as sure as nothing is there', async () => {
  const { cut, read } = lineOf('AHMADFIKRI', [0, 4, 4, 4, 4, 24])
  const { text, confidences } = await withBlanks(cut, read)
  expect(text).toBe('AHMAD FIKRI')
  expect(confidences).toHaveLength(text.length)
  expect(confidences[5]).toBe(1)
})

test('letters that are all set wide are one word', async () => {
  const { cut, read } = lineOf('KARTU', [0, 18, 18, 18, 18])
  expect((await withBlanks(cut, read)).text).toBe('KARTU')
})

test('figures are never parted', async () => {
  const { cut, read } = lineOf('6311060107', [0, 4, 4, 30, 4, 4, 30])
  expect((await withBlanks(cut, read)).text).toBe('6311060107')
})
