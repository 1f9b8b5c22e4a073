import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { PortraitSchema } from '../src/config/portrait-schema.ts'
import { createLog } from '../src/config/log.ts'
import { createExaminer } from '../src/media/examiner.ts'
import type { Examiner } from '../src/media/examiner.ts'
import { renderImage } from '../src/media/image.ts'
import { usageOf } from '../src/media/worker/usage.ts'
import { PHOTOS } from '../tests/media/portrait/photos.ts'
import { makeSample } from '../tests/media/set/sample.ts'
import { SEEDS } from '../tests/media/set/seeds.ts'
import { median } from './support/result.ts'
import type { Bench, Result } from './support/result.ts'

const MEBIBYTE = 1024 * 1024
/** As a phone sends it: 12 megapixels, and as it comes through a chat. */
const CAMERA = { width: 4000, height: 3000 }
const CHAT_EDGE = 1600
const EDGE = 2000
const QUALITY = 82
const FACE = new URL(`../node_modules/${PHOTOS.frontal}`, import.meta.url)

/** What looking at files costs: pictures of operators, portraits, papers, and the memory of the worker. */
export const run: Bench = async (sizes): Promise<Result> => {
  const papers = await Promise.all(
    SEEDS.development.slice(0, sizes.pick(12, 1)).map(async (seed) => (await makeSample('development', seed)).jpeg),
  )
  const portrait = await sharp(await readFile(FACE))
    .resize(Math.round((CHAT_EDGE * 2) / 3), CHAT_EDGE, { fit: 'cover' })
    .jpeg({ quality: 85 })
    .toBuffer()
  const camera = await sharp(papers[0]).resize(CAMERA.width, CAMERA.height, { fit: 'fill' }).jpeg().toBuffer()
  const drawing = await drawingOf(camera, sizes.pick(60, 3))
  const examiner = createExaminer({
    log: createLog('silent'),
    portrait: PortraitSchema.parse({ background: 'ODD_RED' }),
  })
  try {
    const look = (bytes: Buffer) => timed(() => examiner.examine({ bytes, mediaType: 'image/jpeg' }))
    // models are loaded by the first of each
    await look(portrait)
    await look(papers[0]!)
    const portraits = await each(sizes.pick(100, 3), () => look(portrait))
    const pages = await each(sizes.pick(24, 1), (i) => look(papers[i % papers.length]!))
    const memory = await memoryOver(sizes.pick(500, 10), examiner, (i) =>
      look(i % 5 === 4 ? papers[Math.floor(i / 5) % papers.length]! : portrait),
    )
    return {
      title: 'Media',
      how:
        `One worker looks at one file at a time. Drawing: a JPEG of 12 megapixels to ${EDGE} px, in this process, beside the same by sharp alone. ` +
        `Portraits of ${CHAT_EDGE} px: decoded, found, measured, cut, drawn as page, thumbnail and proposal. ` +
        `Papers: photos of the generated set, read and drawn. Memory: ${memory.count} files, four portraits for each paper.`,
      rows: [
        {
          what: 'page drawn of a camera picture, pictures a second',
          unit: '',
          ours: drawing.ours,
          baseline: drawing.bare,
          goal: { of: 'ratio', least: 0.9 },
        },
        { what: 'portrait, whole way, p50', unit: 'ms', ours: median(portraits), goal: { of: 'ours', most: 300 } },
        { what: 'paper, whole way, p50', unit: 'ms', ours: median(pages) },
        { what: 'paper, whole way, slowest', unit: 'ms', ours: Math.max(...pages) },
        {
          what: 'worker, median of the last fifth of the files, beside the second fifth',
          unit: 'MiB',
          ours: memory.late,
          baseline: memory.early,
          goal: { of: 'ratio', most: 1.1 },
        },
        { what: 'worker, highest', unit: 'MiB', ours: memory.peak, goal: { of: 'ours', most: 900 } },
      ],
    }
  } finally {
    await examiner.close()
  }
}

/** Pictures a second, taking turns so that both meet the same machine. */
async function drawingOf(bytes: Buffer, count: number): Promise<{ ours: number; bare: number }> {
  const bare = () =>
    sharp(bytes)
      .autoOrient()
      .resize(EDGE, EDGE, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY })
      .toBuffer()
  let [ours, theirs] = [0, 0]
  for (let i = 0; i < count; i++) {
    ours += await timed(() => renderImage(bytes, 'page'))
    theirs += await timed(bare)
  }
  return { ours: (1000 * count) / ours, bare: (1000 * count) / theirs }
}

async function memoryOver(count: number, examiner: Examiner, work: (i: number) => Promise<number>) {
  const fifth = Math.floor(count / 5)
  const seen: number[] = []
  for (let i = 0; i < count; i++) {
    await work(i)
    const usage = await usageOf(examiner.pid() ?? 0)
    // a worker that has just ended for its size has nothing to show
    if (usage) seen.push(usage.bytes / MEBIBYTE)
  }
  const status = await readFile(`/proc/${examiner.pid() ?? process.pid}/status`, 'utf8')
  const highest = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
  return {
    count,
    early: median(seen.slice(fifth, 2 * fifth)),
    late: median(seen.slice(-fifth)),
    peak: Math.max(highest, ...seen),
  }
}

async function each(count: number, work: (i: number) => Promise<number>): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < count; i++) times.push(await work(i))
  return times
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}
