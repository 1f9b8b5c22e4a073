import { expect, test } from 'vitest'
import { provePairs } from './proofs/pairs.ts'

// a tenth of `npm run prove`
test('killing either of two processes at random leaves each message in one turn and each reply shown, in order', async () => {
  const size = { seed: 3, processes: 2, chats: 10, paired: true, kills: 3, limitMs: 120_000 }
  const { complaints, figures } = await provePairs(size)
  expect(complaints).toEqual([])
  expect(figures).toMatchObject({ kills: 3, lost: 0, doubled: 0, open: 0 })
  expect(figures.acknowledged).toBeGreaterThan(70)
}, 270_000)

test('killing the only process at random does so, too', async () => {
  const size = { seed: 4, processes: 1, chats: 12, paired: false, kills: 3, limitMs: 120_000 }
  const { complaints, figures } = await provePairs(size)
  expect(complaints).toEqual([])
  expect(figures).toMatchObject({ kills: 3, lost: 0, doubled: 0, open: 0, swapped: 0 })
}, 270_000)
