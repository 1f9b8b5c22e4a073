import * as wasm from '@tensorflow/tfjs-backend-wasm'
import { loadGraphModel } from '@tensorflow/tfjs-converter'
import type { io } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MODELS = fileURLToPath(new URL('../models/', import.meta.url))

/** One result of a network: the shape without the batch, and its numbers row after row. */
export type Output = { shape: readonly number[]; data: Float32Array }
/** Takes a square of `size` pixels as RGB bytes; each byte becomes `byte * scale + shift` before it goes in. */
export type Network = (pixels: Uint8Array) => Output[]

let backend: Promise<boolean> | undefined

async function started(): Promise<void> {
  const own = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'))
  // the folder, or the backend would ask for its binary where it stands, in a shape that Node does not load
  wasm.setWasmPaths(`${own}/dist/`)
  if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend of the models did not start')
}

/** Loads one of the models in src/media/models. Throws where the backend or the file is not there. */
export async function loadNetwork(
  name: 'blazeface' | 'facemesh' | 'selfie',
  input: { size: number; scale: number; shift: number },
): Promise<Network> {
  backend ??= started().then(() => true)
  await backend
  const description = JSON.parse(await readFile(join(MODELS, `${name}.json`), 'utf8')) as io.ModelJSON
  const weights = await readFile(join(MODELS, `${name}.bin`))
  const model = await loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology: description.modelTopology,
        weightSpecs: description.weightsManifest.flatMap((group) => group.weights),
        weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength) as ArrayBuffer,
      }),
  })
  const { size, scale, shift } = input
  const values = new Float32Array(size * size * 3)
  return (pixels) => {
    if (pixels.length !== values.length) throw new Error(`${name} takes ${size} by ${size} pixels`)
    for (let i = 0; i < values.length; i++) values[i] = pixels[i]! * scale + shift
    let outputs: Output[] = []
    // answers with nothing: of an answer it would ask each number whether it is a tensor
    tf.tidy(() => {
      const results = model.execute(tf.tensor4d(values, [1, size, size, 3]))
      const tensors: tf.Tensor[] = results instanceof tf.Tensor ? [results] : Object.values(results)
      outputs = tensors.map((one) => ({ shape: one.shape.slice(1), data: Float32Array.from(one.dataSync()) }))
    })
    return outputs
  }
}
