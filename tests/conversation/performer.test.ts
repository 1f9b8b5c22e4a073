import { expect, test } from 'vitest'
import { createPerformer } from '../../src/conversation/performer.ts'
import type { Message, PerformerDeps } from '../../src/conversation/performer.ts'
import type { Effect } from '../../src/models/chat/turn.ts'
import { OFFICE } from './world.ts'

const DUPLICATE = { outcome: 'duplicate', application: 'b', ticket: 'B418-4', stage: 'photo' } as const

/** What is said where a correction comes out so. */
async function saidOf(
  effect: Effect,
  resubmitted: Awaited<ReturnType<PerformerDeps['queue']['submissions']['resubmit']>> = DUPLICATE,
): Promise<Message[]> {
  const said: Message[] = []
  const consent = { at: new Date(0), by: 'c1', textVersion: '1', evidence: 'setuju' }
  const pupil = { name: 'Siti Rekaan', nik: '6311065402160003', birthDate: '2016-02-14' }
  const deps: Pick<PerformerDeps, 'office' | 'say' | 'coordinatorOf' | 'files' | 'queue'> = {
    office: { current: () => OFFICE },
    say: async (message) => void said.push(message),
    coordinatorOf: async () => ({
      id: 'c1',
      npsn: '69900014',
      name: 'Rina Contoh',
      role: 'teacher',
      state: 'approved',
      chats: ['chat1'],
      consent,
    }),
    files: { match: async () => 0, release: async () => undefined, take: async () => [], erase: async () => undefined },
    queue: {
      cases: {
        get: async () => ({ pupil, findings: [] }),
        placeOf: async () => ({}),
        estimateFor: async () => null,
        servedRound: async () => 12,
      },
      submissions: { resubmit: async () => resubmitted },
    } as unknown as PerformerDeps['queue'],
  }
  const perform = createPerformer(deps as PerformerDeps)
  const turn = { _id: 'chat1.1', chat: 'chat1', n: 1, closedAt: new Date(0) }
  await perform(effect, { key: 'chat1.1/0', turn: turn as Parameters<typeof perform>[1]['turn'] })
  return said
}

test('a correction to a pupil who has another open application says which, not that none is asked for', async () => {
  const [queued, stale] = [{ text: 'queued' }, { text: 'stale' }]
  const duplicate = { text: 'Sudah ada permohonan *{existing}* ({stage}) untuk NIK ini.' }
  const correct = { kind: 'correct', application: 'a', answers: {}, files: [], done: [] } as const
  const text = 'Sudah ada permohonan *B418-4* (edit foto) untuk NIK ini.'
  expect(await saidOf({ ...correct, reply: { queued, stale, duplicate } })).toMatchObject([{ text }])
  // decided before there were such words
  expect(await saidOf({ ...correct, reply: { queued, stale } })).toMatchObject([{ text: 'stale' }])
})

test('a place is told from the first on, also where somebody has the case by the time that it is told', async () => {
  const queued = { text: 'posisi ke-{position}' }
  const correct = { kind: 'correct', application: 'a', answers: {}, files: [], done: [] } as const
  const said = async (position: number) => {
    const place = { outcome: 'queued', application: 'a', ticket: 'B417-6', position, round: 14 } as const
    const [message] = await saidOf({ ...correct, reply: { queued, stale: queued } }, place)
    return message?.text
  }
  expect([await said(3), await said(1), await said(0)]).toEqual(['posisi ke-3', 'posisi ke-1', 'posisi ke-1'])
})

test('what nobody asked for is a notice, an answer is none', async () => {
  expect(await saidOf({ kind: 'say', text: 'draf', notice: true })).toMatchObject([{ notice: true }])
  expect((await saidOf({ kind: 'say', text: 'jawaban' }))[0]).not.toHaveProperty('notice')
})
