import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { PortraitSchema } from '../../src/config/portrait-schema.ts'
import { createLog } from '../../src/config/log.ts'
import { createExaminer } from '../../src/media/examiner.ts'
import { createSeat } from '../../src/media/worker/seat.ts'
import type { Seat } from '../../src/media/worker/seat.ts'
import { LIMITS } from '../../src/media/worker/worker.ts'
import type { Limits } from '../../src/media/worker/worker.ts'
import { until } from '../support/until.ts'
import { phonePicture } from './pictures.ts'

const MEBIBYTE = 1024 * 1024
const PATIENT = { timeout: 60_000 }

function examiner(limits: Partial<Limits> = {}, seat?: Seat) {
  return createExaminer({
    log: createLog('silent'),
    portrait: PortraitSchema.parse({ background: 'ODD_RED' }),
    limits: { ...LIMITS, ...limits },
    ...(seat && { seat }),
  })
}

// loading the models takes a second: one worker for what needs none of its own
const usual = examiner()
afterAll(() => usual.close())

function examinerFor(limits: Partial<Limits>, seat?: Seat) {
  const made = examiner(limits, seat)
  onTestFinished(() => made.close())
  return made
}

async function samplePortrait() {
  const bytes = await readFile(new URL('../../src/admin/console/public/samples/foto-merah.jpg', import.meta.url))
  return { bytes, mediaType: 'image/jpeg' }
}

const BROKEN = { bytes: Buffer.from('%PDF-1.4\n'), mediaType: 'application/pdf' }

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('the examiner', () => {
  test('a portrait is looked at, drawn upright without its EXIF, and proposed', PATIENT, async () => {
    const { bytes } = await samplePortrait()
    // lies on its side by EXIF, and says where it was taken
    const sent = await sharp(bytes)
      .rotate(270)
      .withExif({ IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '2/1 20/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    const { look, renditions, proposal } = await usual.examine({ bytes: sent, mediaType: 'image/jpeg' })
    expect(look).toMatchObject({
      opened: true,
      total: 1,
      pages: [{ turn: 0, text: 'none', kind: { kind: 'portrait' } }],
      portrait: { faces: 1, turn: 0, width: 600, height: 900 },
      missing: [],
    })
    expect(look.opened && look.pictureHash).toMatch(/^[0-9a-f]{16}$/)
    expect(renditions.map(({ page, size }) => [page, size])).toEqual([
      [1, 'page'],
      [1, 'thumbnail'],
    ])
    for (const { jpeg } of renditions) {
      const { format, exif, width, height } = await sharp(jpeg).metadata()
      expect({ format, exif, upright: height > width }).toEqual({ format: 'jpeg', exif: undefined, upright: true })
    }
    expect(Buffer.from(proposal!).includes('GPS')).toBe(false)
    expect(await sharp(proposal).metadata()).toMatchObject({ format: 'jpeg', width: 472, height: 708 })
  })

  test(
    'a worker that is killed from outside loses no file, and no part is called missing for it',
    PATIENT,
    async () => {
      const probing = usual.probe()
      process.kill(await until(() => usual.pid()), 'SIGKILL')
      expect(await probing).toEqual([])
      const portraitFile = await samplePortrait()
      const both = Promise.all([usual.examine(portraitFile), usual.examine(BROKEN)])
      process.kill(await until(() => usual.pid()), 'SIGKILL')
      const [portrait, broken] = await both
      expect(portrait.look).toMatchObject({ opened: true, portrait: { faces: 1 }, missing: [] })
      expect(broken.look).toEqual({ opened: false, refusal: 'broken' })
    },
  )

  test('a file that swells the worker is drawn without looking', PATIENT, async () => {
    // the models alone take more
    const looking = examinerFor({ bytes: 150 * MEBIBYTE })
    const { look, renditions } = await looking.examine(await samplePortrait())
    expect(look).toMatchObject({ opened: true, total: 1, pages: [{ text: 'none' }], missing: ['reading', 'portrait'] })
    expect(renditions).toHaveLength(2)
  })

  test('what takes too long even to be drawn is refused, and the next file is looked at', PATIENT, async () => {
    const looking = examinerFor({ silenceMs: 0 })
    const { look } = await looking.examine(await samplePortrait())
    expect(look).toEqual({ opened: false, refusal: 'too-large' })
    expect((await usual.examine(await samplePortrait())).look.opened).toBe(true)
  })

  test('an edited portrait comes in the office’s size; what is no picture is refused', PATIENT, async () => {
    const edit = { rotation: 0, crop: { x: 0.1, y: 0.1, width: 0.8, height: 0.8 }, brightness: 1.1 }
    const jpeg = await usual.render({ ...(await samplePortrait()), edit })
    expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width: 472, height: 708 })
    const cut = (await phonePicture({ width: 300, height: 200 })).subarray(0, 900)
    const refused = usual.render({ bytes: cut, mediaType: 'image/jpeg', edit })
    await expect(refused).rejects.toMatchObject({ kind: 'invalid', detail: { problem: 'broken' } })
  })

  test('closing it ends the worker, and what it looked at is not told as looked at', PATIENT, async () => {
    const looking = examinerFor({})
    const working = looking.examine(await samplePortrait())
    const pid = await until(() => looking.pid())
    await looking.close()
    await expect(working).rejects.toThrow('closed')
    expect(isAlive(pid)).toBe(false)
  })

  test('the worker ends with the process that it works for', PATIENT, async () => {
    const parent = spawn(process.execPath, [new URL('./look-and-die.ts', import.meta.url).pathname], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = (await once(parent.stdout, 'data')) as [Buffer]
    await once(parent, 'exit')
    const pid = Number(said.toString())
    expect(pid).toBeGreaterThan(1)
    await until(() => (isAlive(pid) ? undefined : true))
  })

  test('on a small machine two processes never have a worker at the same time, and both come to their turn', async () => {
    const small = { memory: 2e9, name: `test-${process.pid}` }
    const [one, other] = [examinerFor({}, createSeat(small)), examinerFor({}, createSeat(small))]
    await one.examine(BROKEN)
    const resting = one.pid()
    expect(resting !== undefined && isAlive(resting)).toBe(true)
    // who only rests gives way at once
    await other.examine(BROKEN)
    expect(isAlive(resting ?? 0)).toBe(false)

    const seen = new Set<number>()
    const watch = setInterval(() => seen.add([one, other].filter((each) => each.pid() !== undefined).length), 1)
    const told = await Promise.all([one, other, one, other].map((each) => each.examine(BROKEN)))
    clearInterval(watch)
    expect(told.map(({ look }) => look)).toEqual(
      Array.from({ length: 4 }, () => ({ opened: false, refusal: 'broken' })),
    )
    expect(Math.max(...seen)).toBe(1)
  })
})
