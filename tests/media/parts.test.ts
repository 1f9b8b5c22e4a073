import { expect, test, vi } from 'vitest'
import { loadPart, missingParts, MissingPart } from '../../src/media/worker/parts.ts'

// as where a package has no build for the platform; the others are not loaded for nothing
vi.mock('../../src/media/reading/read-page.ts', () => {
  throw new Error('no build for this platform')
})
vi.mock('../../src/media/decode/heic.ts', () => ({}))
vi.mock('../../src/media/decode/pdf.ts', () => ({}))
vi.mock('../../src/media/portrait/portrait.ts', () => ({}))

test('a part that does not load is missing, and the others are there', async () => {
  expect(await missingParts()).toEqual(['reading'])
  await expect(loadPart('reading')).rejects.toBeInstanceOf(MissingPart)
})
