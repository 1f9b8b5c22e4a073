import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { PortraitSchema } from '../../src/config/portrait-schema.ts'
import { createLog } from '../../src/config/log.ts'
import { createAssembly } from '../../src/media/assembly.ts'
import type { Examined } from '../../src/media/assembly.ts'
import { admitted } from '../../src/media/kind.ts'
import { findingsOf } from '../../src/media/appraisal.ts'
import { failureText, findingText } from '../../src/conversation/texts/texts.ts'
import type { TextName } from '../../src/conversation/texts/id.ts'
import type { Look } from '../../src/models/file/look.ts'
import { OFFICE as office } from '../conversation/world.ts'
import { createWorker, LIMITS } from '../../src/media/worker/worker.ts'
import { hostileFiles } from './hostile.ts'
import type { HostileFile } from './hostile.ts'
import { phonePicture } from './pictures.ts'

const portrait = PortraitSchema.parse({ background: 'ODD_RED' })
const worker = createWorker({ log: createLog('silent'), limits: LIMITS })
afterAll(() => worker.close())

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

/** The text that the school is told of it; `shown` where nothing is wrong with it. */
function toldOf(look: Look): TextName | 'shown' {
  const heavy = findingsOf({ look }, 'other', {}, office).find(({ severity }) => severity === 'heavy')
  return heavy ? findingText(heavy.code)! : 'shown'
}

/** One line for each file that did not end as it has to, or of which something else is said. */
async function wrongly({ name, bytes, says }: HostileFile): Promise<string[]> {
  const admission = admitted(bytes)
  if ('failure' in admission) return unlessSaid(failureText(admission.failure))
  const examined = await drawn(bytes, admission.mediaType)
  if (examined === 'died') return [`${name}: killed the worker`]
  const { look, renditions } = examined
  const wrong = unlessSaid(toldOf(look))
  for (const { size, jpeg } of renditions) {
    const { format, width, height, exif, icc } = await sharp(jpeg).metadata()
    if (format !== 'jpeg' || Math.max(width, height) > (size === 'page' ? 2000 : 320)) wrong.push(`${name}: ${size}`)
    if (exif || icc) wrong.push(`${name}: EXIF`)
  }
  return wrong

  function unlessSaid(told: TextName | 'shown'): string[] {
    return says.includes(told) ? [] : [`${name}: ${told} is said`]
  }
}

describe('hostile files', () => {
  test(
    'a hundred of them each get the sentence that fits, and the worker keeps its limits',
    { timeout: 120_000 },
    async () => {
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
    },
  )
})
