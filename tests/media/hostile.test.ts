import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { PortraitSchema } from '../../src/config/portrait-schema.ts'
import { createLog } from '../../src/config/log.ts'
import { createAssembly } from '../../src/media/assembly.ts'
import type { Examined } from '../../src/media/assembly.ts'
import { mediaTypeOf } from '../../src/media/kind.ts'
import { createWorker, LIMITS } from '../../src/media/worker/worker.ts'
import { LOOK_REFUSALS } from '../../src/models/look.ts'
import { hostileFiles } from './hostile.ts'
import type { HostileFile } from './hostile.ts'
import { phonePicture } from './pictures.ts'

const portrait = PortraitSchema.parse({ background: 'ODD_RED' })
const worker = createWorker({ log: createLog('silent'), limits: LIMITS })
afterAll(() => worker.stop())

/** What is shown of a file where it is only drawn: the models would take a minute for all of these. */
async function drawn(bytes: Buffer, mediaType: string): Promise<Examined | 'died'> {
  const assembly = createAssembly()
  const job = { kind: 'examine', bytes, mediaType, from: 0, look: false, portrait } as const
  const ending = await worker.run(job, (news) => {
    if (news.news === 'opened') assembly.opened(news.total)
    else if (news.news === 'page') assembly.add(news)
  })
  if (ending.news === 'died') return 'died'
  return assembly.examined(ending.news === 'refused' ? ending.refusal : 'broken')
}

/** One line for each file that did not end as it has to. */
async function wrongly({ name, bytes, ends }: HostileFile): Promise<string[]> {
  const mediaType = mediaTypeOf(bytes)
  if (!mediaType || ends === 'kind') return mediaType || ends !== 'kind' ? [`${name}: kept as ${mediaType}`] : []
  const examined = await drawn(bytes, mediaType)
  if (examined === 'died') return [`${name}: killed the worker`]
  const { look, renditions } = examined
  if (!look.opened) return LOOK_REFUSALS.includes(look.refusal) ? [] : [`${name}: ${look.refusal}`]
  if (ends === 'unopened') return [`${name}: opened`]
  const wrong: string[] = []
  for (const { size, jpeg } of renditions) {
    const { format, width, height, exif, icc } = await sharp(jpeg).metadata()
    if (format !== 'jpeg' || Math.max(width, height) > (size === 'page' ? 2000 : 320)) wrong.push(`${name}: ${size}`)
    if (exif || icc) wrong.push(`${name}: EXIF`)
  }
  return wrong
}

describe('hostile files', () => {
  test('a hundred of them each have a named end, and the worker keeps its limits', { timeout: 120_000 }, async () => {
    const files = await hostileFiles()
    expect(files.length).toBeGreaterThanOrEqual(100)
    const wrong: string[] = []
    for (const file of files) wrong.push(...(await wrongly(file)))
    expect(wrong).toEqual([])
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(`/proc/${worker.pid()!}/status`, 'utf8'))?.[1]
    expect(Number(peak) * 1024).toBeLessThan(LIMITS.bytes)
    expect(await drawn(await phonePicture({ width: 300, height: 200 }), 'image/jpeg')).toMatchObject({
      look: { opened: true, total: 1 },
    })
  })
})
