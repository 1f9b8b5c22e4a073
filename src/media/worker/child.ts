/**
 * The process for what may hang, swell or crash: it decodes, looks and draws, one job at a time. It holds no key and no
 * address, writes nothing, and ends with its parent. Run with an IPC channel of structured clones.
 */
import { Worker } from 'node:worker_threads'
import { DecodeError } from '../decode/opened-file.ts'
import { examine } from './examine.ts'
import type { Eyes } from './examine.ts'
import { openFile } from './open-file.ts'
import { loadPart, missingParts, MissingPart } from './parts.ts'
import type { Fault, Job, News } from './protocol.ts'

new Worker(new URL('./watch-parent.ts', import.meta.url)).unref()
process.on('disconnect', () => process.exit(0))
process.on('message', (job: Job) => void run(job))

function tell(news: News): void {
  process.send?.(news)
}

async function run(job: Job): Promise<void> {
  try {
    await work(job)
    tell({ news: 'done' })
  } catch (error) {
    if (error instanceof DecodeError) tell({ news: 'refused', refusal: error.refusal })
    else if (error instanceof MissingPart) tell({ news: 'missing', part: error.part })
    else tell({ news: 'failed', fault: faultOf(job.kind, error) })
  }
}

async function work(job: Job): Promise<void> {
  if (job.kind === 'probe') {
    tell({ news: 'parts', missing: await missingParts() })
    return
  }
  const file = await openFile(job.bytes, job.mediaType)
  try {
    if (job.kind === 'examine') {
      await examine({ file, job, eyes: job.look ? await openedEyes() : {}, tell, onFault: tellFault })
    } else {
      const { renderPortrait } = await loadPart('portrait')
      const { picture } = await file.page(0)
      tell({ news: 'portrait', jpeg: await renderPortrait(picture, job.edit, job.rules) })
    }
  } finally {
    file.close()
  }
}

/** What is installed of the parts that look. */
async function openedEyes(): Promise<Eyes> {
  return { ...(await unlessMissing('portrait')), ...(await unlessMissing('reading')) }
}

async function unlessMissing<P extends 'portrait' | 'reading'>(part: P) {
  try {
    return await loadPart(part)
  } catch (error) {
    tellFault(part, error)
    return {}
  }
}

function tellFault(part: string, error: unknown): void {
  tell({ news: 'fault', fault: faultOf(part, error) })
}

/** Without the message: libraries quote in it what they read. */
function faultOf(part: string, thrown: unknown): Fault {
  const error = thrown instanceof MissingPart || thrown instanceof DecodeError ? (thrown.cause ?? thrown) : thrown
  if (!(error instanceof Error)) return { part, name: typeof error, frames: [] }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return { part, name: error.name, frames: frames.slice(0, 6) }
}
