import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Case } from '../../../src/admin/console/client/case.ts'
import { deeds } from '../../../src/admin/console/client/deeds.ts'
import type { Deed } from '../../../src/admin/console/client/deeds.ts'
import { request } from '../../../src/admin/console/client/request.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  deeds.clear()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A call of the API that is answered so; `undefined`: not at all. */
function answered(answer: { status: number; body?: object } | undefined): Promise<unknown> {
  vi.stubGlobal('fetch', async () => {
    if (!answer) throw new TypeError('away')
    return new Response(JSON.stringify(answer.body ?? {}), { status: answer.status })
  })
  return request('POST', '/api/x', {})
}
const tooLate = (stage: string) => ({ status: 409, body: { kind: 'too-late', context: { stage } } })
const before = { stage: 'verification' } as Case
function deed(change: Partial<Deed>): Deed {
  const name = change.subject ?? 'B411-6'
  return {
    transaction: 't',
    subject: 'a',
    name,
    words: `${name} disetujui`,
    answer: Promise.resolve(),
    before,
    undo: async () => undefined,
    ...change,
  }
}
const words = () => deeds.state().open.map((one) => one.words)
const told = () => deeds.state().failed.map((one) => one.words)

test('what is offered goes when its seconds are over, from the moment of the deed, and its end is told once', async () => {
  const over = vi.fn<() => void>()
  deeds.offer(deed({ over }), 5)
  deeds.offer(deed({ subject: 'b', since: Date.now() - 3_000 }), 5)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(words()).toEqual(['B411-6 disetujui'])
  await vi.advanceTimersByTimeAsync(2_999)
  expect(over).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(words()).toEqual([])
  expect(over).toHaveBeenCalledOnce()
})

test('the latest is taken back first; it shows at once, and the server is asked behind the answer to the deed', async () => {
  const { promise: answer, resolve } = Promise.withResolvers<void>()
  const did: string[] = []
  const undo = async () => void did.push('undo')
  deeds.offer(deed({ subject: 'b' }), 5)
  deeds.offer(deed({ subject: 'a', answer, back: () => void did.push('back'), undo }), 5)
  deeds.takeLatest()
  expect(did).toEqual(['back'])
  expect(words()).toEqual(['b disetujui'])
  expect(deeds.state().returning.get('a')?.before).toBe(before)
  const next = deeds.settled('a').then(() => did.push('next act'))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(did).toEqual(['back'])
  resolve()
  await next
  expect(did).toEqual(['back', 'undo', 'next act'])
  expect(deeds.state().returning.size).toBe(0)
})

test('what the server has refused never happened: nothing is undone', async () => {
  const undo = vi.fn<() => Promise<void>>()
  deeds.takeBack(deeds.offer(deed({ answer: answered({ status: 422, body: { kind: 'invalid' } }), undo }), 5))
  await deeds.settled('a')
  expect(undo).not.toHaveBeenCalled()
})

test('a deed without an answer may have arrived: the server is asked, and what never reached it is no failure', async () => {
  deeds.takeBack(
    deeds.offer(
      deed({ answer: answered(undefined), undo: async () => void (await answered(tooLate('verification'))) }),
      5,
    ),
  )
  await deeds.settled('a')
  expect(told()).toEqual([])
})

test('an undo that failed is told in one sentence for a while, and what waited for it is not sent', async () => {
  const fails = async (subject: string, answer: Parameters<typeof answered>[0]) => {
    deeds.takeBack(deeds.offer(deed({ subject, undo: async () => void (await answered(answer)) }), 5))
    await expect(deeds.settled(subject)).rejects.toThrow('')
  }
  await fails('B411-6', tooLate('photo'))
  await fails('B412-6', undefined)
  expect(told()).toEqual([
    'B411-6 sudah diteruskan, sekarang di Edit foto.',
    'Sambungan terputus, B412-6 belum diurungkan.',
  ])
  deeds.fail({ title: 'B413-6 belum diputuskan.', words: 'Belum terkirim.', application: 'c', stays: true })
  deeds.fail({ title: 'B413-6 belum diputuskan.', words: 'Ditolak server.', application: 'c', stays: true })
  await vi.advanceTimersByTimeAsync(8_000)
  expect(told()).toEqual(['Ditolak server.'])
})

test('take-backs go out in the order in which they were asked for, each behind its own answer, which waits for neither', async () => {
  const sent: string[] = []
  const second = Promise.withResolvers<void>()
  const undoOf = (name: string) => async () => void sent.push(`undo ${name}`)
  const first = deeds.offer(deed({ undo: undoOf('first') }), 5)
  // wished for before anything is taken back, it is sent when its turn comes
  const after = deeds.settled('b')
  const latest = deeds.offer(deed({ subject: 'b', answer: second.promise, undo: undoOf('second') }), 5)
  deeds.takeBack(latest)
  deeds.takeBack(first)
  await after
  sent.push('second')
  second.resolve()
  await deeds.settled('a')
  expect(sent).toEqual(['second', 'undo second', 'undo first'])
})
