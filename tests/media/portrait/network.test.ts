import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { loadNetwork } from '../../../src/media/portrait/network.ts'

test('a network answers with numbers and keeps no tensor of what it has seen', async () => {
  const size = 256
  const segment = await loadNetwork('selfie', { size, scale: 1 / 255, shift: 0 })
  const pixels = new Uint8Array(size * size * 3).fill(128)
  segment(pixels)
  const held = tf.memory().numTensors
  const [mask] = segment(pixels)
  expect(mask?.data).toHaveLength(size * size)
  expect(tf.memory().numTensors).toBe(held)
})
