import { describe, expect, test } from 'vitest'
import { advance } from '../../src/conversation/engine.ts'
import { wants } from '../../src/conversation/facts.ts'
import type { Turn } from '../../src/models/turn.ts'
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
  test('the engine touches nothing that it is given', () => {
    const world = at('submit.documents')
    const frozen = JSON.stringify(world.session)
    advance(world.session, turn('hm'), world.facts(turn('hm')))
    expect(JSON.stringify(world.session)).toBe(frozen)
  })
})
