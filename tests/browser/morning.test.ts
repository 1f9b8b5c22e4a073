import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCoordinator } from '../e2e/support/coordinator.ts'
import { openJudge } from '../e2e/support/judge.ts'
import { QUICK_PACE } from '../e2e/support/pace.ts'
import { webchatPhone } from '../e2e/support/phone.ts'
import { samplePupil } from '../e2e/support/pupil.ts'
import { until } from '../e2e/support/service.ts'
import { openDesk } from './desk.ts'
import { openBooks } from './morning/books.ts'
import type { Books, Kept } from './morning/books.ts'
import { openDiary } from './morning/diary.ts'
import { slowLine } from './morning/line.ts'
import { reckon } from './morning/reckoning.ts'
import { enterSeries, handOver, noteReceipt, printAll } from './morning/stations.ts'
import {
  approve,
  approveOnSecondThought,
  confirmRejection,
  giveBack,
  proposeReject,
  sendBack,
  visit,
  workQueue,
} from './morning/verifier.ts'
import type { Worker } from './morning/verifier.ts'
import { openHouse, openSigned, PHONE } from './support.ts'
import type { House } from './support.ts'

/** By `npm run prove -- --only morning`, or by hand with 12; the suite has no two minutes to spare for it. */
const PUPILS = Number(process.env['MORNING_PUPILS'] ?? 0)
const SCHOOLS = ['69900005', '69900011', '69900014']
/** What an answer takes on an office's line, and for how long it is away once. */
const LATENCY_MS = 300
const OUTAGE_MS = 10_000
/** What is done with new cases, one after the other; all others are approved. */
const WAYS = ['return', 'undo', 'propose', 'release'] as const
const LIMIT_MS = 120_000 + PUPILS * 15_000

let house: House
let books: Books
const stopped = new AbortController()

beforeAll(async () => {
  if (PUPILS === 0) return
  house = await openHouse({ undoSeconds: 4, undoGraceSeconds: 1, apart: {} })
  books = await openBooks(house)
})
afterAll(async () => {
  stopped.abort()
  if (PUPILS === 0) return
  await books.close()
  await house.close()
})

test.runIf(PUPILS > 0)(
  'a morning of two operators and a supervisor: every case, count, list, wall, audit line and message is what was done',
  async () => {
    const begun = new Date()
    const diary = openDiary()
    const schools = await Promise.all(SCHOOLS.map((npsn, i) => openSchool(npsn, i)))
    const desk = await openDesk(house)
    const [asih, budi] = [
      await desk.hire('asih', 'Asih Rekaan', ['verifikator', 'siak', 'cetak']),
      await desk.hire('budi', 'Budi Rekaan', ['verifikator', 'foto', 'loket']),
    ]
    const worker = (name: string, page: Worker['page']): Worker => ({ name, page, books, diary })
    const [keys, touch, chief] = [
      worker('Asih Rekaan', await openSigned(house, '/antrean?tahap=verification', { who: asih })),
      worker('Budi Rekaan', await openSigned(house, '/antrean?tahap=verification', { who: budi, viewport: PHONE })),
      worker('penyelia', await openSigned(house, '/antrean?tahap=attention')),
    ]
    const [line] = await Promise.all([keys, touch, chief].map(({ page }) => slowLine(page, LATENCY_MS)))

    // verified while the schools go on sending and correcting, over an outage of one line and the end of the service
    const verified = async (): Promise<boolean> => {
      const all = await books.all()
      return (
        all.length === PUPILS &&
        schools.every(({ idle }) => idle) &&
        all.every(({ stage, state }) => !['verification', 'returned'].includes(stage) && state !== 'unkeyed')
      )
    }
    /** Whoever is quicker waits for the other a while, so that both have their share. */
    let [byKeys, news] = [0, 0]
    const inStep = async (nth: number): Promise<void> => {
      await expect
        .poll(() => byKeys, { timeout: 20_000 })
        .toBeGreaterThanOrEqual(nth)
        .catch(() => undefined)
    }
    let [outage, restarted] = [Promise.resolve(), Promise.resolve()]
    await Promise.all([
      workQueue(keys, {
        over: verified,
        async decide(kept, nth) {
          byKeys = nth
          if (nth === 5) outage = line!.cut(OUTAGE_MS)
          // what came back is approved; of the others every eighth each
          const again = kept.history.some(({ action }) => action === 'return')
          const way = again ? undefined : WAYS[news++ % 8]
          if (way === 'return')
            return sendBack(keys, kept, [/Pas foto buram/, /KK terpotong/], 'Mohon difoto di tempat terang.')
          if (way === 'undo') return approveOnSecondThought(keys, kept)
          if (way === 'propose') return proposeReject(keys, kept, 'Tinggal di daerah lain')
          if (way === 'release') return giveBack(keys, kept)
          return approve(keys, kept, 'keys')
        },
      }),
      workQueue(touch, {
        over: verified,
        async decide(kept, nth) {
          await inStep(nth)
          if (nth === 4) restarted = house.service.restart()
          return approve(touch, kept, 'touch')
        },
      }),
      confirmAll(chief, verified),
    ])
    await Promise.all([outage, restarted])
    expect(diary.deeds.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['approve', 'return', 'propose_reject', 'reject', 'release', 'undo']),
    )

    // photo and SIAK go on beside each other, then printer and counter
    const photographed = async (): Promise<boolean> => (await books.all()).every(({ stage }) => stage !== 'photo')
    await visit(touch.page, '/antrean?tahap=photo')
    await visit(keys.page, '/entri')
    await Promise.all([
      workQueue(touch, { over: photographed, decide: (kept) => approve(touch, kept, 'touch') }),
      enterSeries(keys, photographed),
    ])
    await visit(keys.page, '/cetak')
    await printAll(keys)
    await visit(chief.page, '/serah-terima')
    await handOver(chief)
    for (const npsn of SCHOOLS) {
      const card = (await books.all()).find((one) => one.npsn === npsn && one.stage === 'handed_over')
      if (card) await noteReceipt(touch, card)
    }

    // until everything is told, and seen by who was told
    const judge = await openJudge(house.stores)
    const told = async (): Promise<Record<string, number>> => {
      const { cases: _, ...rest } = await judge.unsettled()
      return rest
    }
    await expect
      .poll(async () => Object.values(await told()).every((count) => count === 0), { timeout: 60_000 })
      .toBe(true)
    const operators = (await desk.call('GET', '/api/operators')).body as { items: { id: string; name: string }[] }
    const names = new Map(operators.items.map(({ id, name }) => [id, name]))
    const cases = await books.all()
    const ledgers = schools.map(({ ledger }) => ledger)
    const reckoned = {
      cases,
      diary,
      schools: ledgers,
      call: desk.call,
      begun,
      nameOf: (id: string) => names.get(id) ?? id,
    }
    // the last messages are on their way to the phones, and lists may be two seconds old
    await expect.poll(() => reckon(reckoned), { timeout: 20_000, interval: 1_000 }).toEqual([])
    // the phone drops every star, those of masked numbers, too
    const shows = (text: string): string => text.replaceAll('*', '')
    const seen = ledgers.map(({ chat, heard }) => ({ chat, texts: heard, shows }))
    const { lost, doubled, wrong } = await judge.verdict({ ledgers, decisions: [], seen })
    expect({ lost, doubled, wrong }).toEqual({ lost: [], doubled: [], wrong: [] })
    await judge.close()
    expect(ledgers.flatMap(({ strange }) => strange)).toEqual([])
    expect([keys, touch, chief].flatMap(({ page }) => page.errors)).toEqual([])
    await Promise.all([keys, touch, chief].map(({ page }) => page.context().close()))
  },
  LIMIT_MS,
)

/** A coordinator who submits a third of the pupils by chat, and corrects what comes back. */
async function openSchool(npsn: string, nth: number) {
  const person = `qxibu-rekaan-${nth}`
  const mine = Array.from({ length: PUPILS }, (_, i) => i).filter((i) => i % SCHOOLS.length === nth)
  return startCoordinator({
    phone: webchatPhone(() => house.service.url, person),
    chat: person,
    npsn,
    name: 'Qxibu Rekaan',
    pupils: await Promise.all(mine.map((i) => samplePupil(i, { files: 5, way: 'album' }))),
    patienceMs: QUICK_PACE.patienceMs,
    upSince: () => begunAt,
    signal: stopped.signal,
  })
}
const begunAt = Date.now()

/** The supervisor decides each proposal as it comes. */
async function confirmAll(worker: Worker, over: () => Promise<boolean>): Promise<void> {
  const { page, books } = worker
  for (;;) {
    let proposed: Kept | undefined
    await until(async () => {
      proposed = (await books.all()).find(
        ({ stage, history }) =>
          stage === 'verification' && history.findLast(({ action }) => action !== 'claim')?.action === 'propose_reject',
      )
      return proposed !== undefined || over()
    }, LIMIT_MS)
    if (!proposed) return
    await page.getByRole('link', { name: proposed.name, exact: true }).waitFor({ timeout: 30_000 })
    await confirmRejection(worker, proposed, 'Diterbitkan di daerah domisili')
    await visit(page, '/antrean?tahap=attention')
  }
}
