import { describe, expect, test } from 'vitest'
import { advance } from '../../src/conversation/engine.ts'
import { createFactsLoader } from '../../src/conversation/facts-loader.ts'
import { wants } from '../../src/conversation/facts.ts'
import type { Turn } from '../../src/models/chat/turn.ts'
import { at } from './talk.ts'

describe('what a turn asks of the world', () => {
  const turn = (text: string): Turn => ({ id: 't1', chat: 'c', closedAt: new Date(0), kind: 'text', text })
  test('NIKs, tickets and NPSN are named as they are typed', () => {
    expect(wants(null, turn('nik 6311 0654 0216 0003, tiket b4176'))).toMatchObject({
      niks: ['6311065402160003'],
      tickets: ['B417-6'],
    })
    expect(wants(null, turn('npsn 6990-0014')).npsn).toBe('69900014')
  })
  test('an invitation is asked about only where it decides, since each asking is a try', () => {
    const world = at('register.ownName')
    expect(wants(world.session, turn('KIA-2026-77')).invitation).toBeUndefined()
    expect(wants(at('register.invitation').session, turn('kia-2026-77')).invitation).toBe('KIA-2026-77')
  })
  test.each([
    ['pending', []],
    ['approved', [{ nik: '6311065402160003', reason: 'NEW', ticket: 'B417-6', stage: 'printing' }]],
  ] as const)(
    'a coordinator who is %s learns of these open applications of their school, and of those of no other: %j',
    async (state, open) => {
      const world = at('submit.nik')
      const { school, ...coordinator } = world.facts(turn('')).coordinator!
      const consent = { at: new Date(0), by: 'c1', textVersion: '1', evidence: 'setuju' }
      const none = async () => []
      const schools = [school.npsn, '30300001']
      const row = {
        ticket: 'B418-4',
        reason: 'NEW',
        stage: 'ready',
        state: 'idle',
        position: null,
        round: null,
      } as const
      const dates = { submittedAt: new Date(0), stageAt: new Date(0), returnReasons: [], documents: [] }
      const pupil = { name: 'Siti Rekaan', nik: '6311065402160003', birthDate: '2016-02-14' }
      const load = createFactsLoader({
        office: { current: () => world.office },
        now: () => world.now,
        coordinatorOf: async () => ({ ...coordinator, state, chats: ['c'], consent }),
        school: async () => school,
        checkInvitation: async () => false,
        represented: async ({ id }) => [id],
        draftsOf: async () =>
          schools.map((npsn) => ({ npsn, id: `of ${npsn}`, step: 'nik', answers: {}, updatedAt: new Date(0) })),
        applicationsOf: async () => schools.map((npsn) => ({ ...row, ...dates, pupil, npsn, id: `of ${npsn}` })),
        openWithNik: async () => ({
          here: [{ reason: 'NEW', ticket: 'B417-6', stage: 'printing' }],
          elsewhere: true,
        }),
        files: none,
        servedRound: async () => 12,
      })
      const facts = await load(world.session, turn('nik 6311065402160003, tiket b4184'))
      expect(facts.openNiks).toEqual(open)
      // of the school that they were moved from they see nothing
      expect(facts.applications.map(({ id }) => id)).toEqual([`of ${school.npsn}`])
      expect(facts.drafts.map(({ id }) => id)).toEqual([`of ${school.npsn}`])
      // for the office's eyes, whoever asks
      expect(facts.niksElsewhere).toEqual(['6311065402160003'])
    },
  )
  test('the engine touches nothing that it is given', () => {
    const world = at('submit.documents')
    const frozen = JSON.stringify(world.session)
    advance(world.session, turn('hm'), world.facts(turn('hm')))
    expect(JSON.stringify(world.session)).toBe(frozen)
  })
})
