import { expect, test } from 'vitest'
import { proveBadInput } from './proofs/bad-input.ts'

test('hostile texts and files over the demo chat leave the draft whole', async () => {
  const figures = await proveBadInput({ texts: 20, seed: 50 })
  expect(figures).toMatchObject({ steps: 3, answered: 60 })
}, 180_000)
