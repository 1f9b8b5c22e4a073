import { beforeEach, describe, expect, test } from 'vitest'
import { armFailpoints } from '../../../src/models/store/failpoint.ts'
import { chatId, findChat, touchChat } from '../../../src/models/chat/chats.ts'
import {
  admitByInvitation,
  approveCoordinator,
  coordinatorsToWelcome,
  markWelcomed,
  moveCoordinator,
  reinstateCoordinator,
  suspendCoordinator,
} from '../../../src/models/coordinator/changes.ts'
import { coordinators } from '../../../src/models/coordinator/kept.ts'
import {
  coordinatorById,
  coordinatorOfChat,
  listCoordinators,
  recipientOf,
  registerCoordinator,
  representedBy,
} from '../../../src/models/coordinator/coordinators.ts'
import type { CoordinatorContext, Registration } from '../../../src/models/coordinator/coordinators.ts'
import {
  checkInvitation,
  createInvitation,
  invitations,
  openInvitations,
} from '../../../src/models/school/invitations.ts'
import { storeSchools } from '../../../src/models/school/schools.ts'
import { SAMPLE_SCHOOLS } from '../../../src/dev/sample-schools.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

const REAL = '30312345'
const SAMPLE = '69900014'
let at: Date
let context: CoordinatorContext

beforeEach(async () => {
  at = new Date('2026-12-07T01:00:00Z')
  context = { database: await testDatabase(), sealer: testSealer(), now: () => at }
  const real = { npsn: REAL, name: 'SDN Contoh Nyata', kecamatan: 'Juai', enrolled: 80, sample: false }
  await storeSchools(context.database, [...SAMPLE_SCHOOLS, real, { ...real, npsn: '30312346' }])
})

async function newChat(id: string): Promise<string> {
  return touchChat(context, { from: { channel: 'telegram', id }, account: '666' })
}
function registration(chat: string, npsn: string, more: Partial<Registration> = {}): Registration {
  return {
    key: `turn-${chat}/0`,
    chat,
    npsn,
    name: 'Rina Contoh',
    role: 'teacher',
    consent: { at, by: 'Rina Contoh', textVersion: 'consent-1', evidence: 'setuju' },
    ...more,
  }
}
async function registered(id: string, npsn = SAMPLE): Promise<string> {
  const { coordinator } = await registerCoordinator(context, registration(await newChat(id), npsn))
  return coordinator.id
}

const ADMITTING = ['invitation.redeem', 'coordinator.invited']

describe('registration', () => {
  test('at a sample school lets in at once, once for the same effect', async () => {
    const chat = await newChat('1')
    const first = await registerCoordinator(context, registration(chat, SAMPLE))
    const again = await registerCoordinator(context, registration(chat, SAMPLE))
    expect(first).toMatchObject({
      created: true,
      coordinator: { state: 'approved', name: 'Rina Contoh', chats: [chat] },
    })
    expect(again).toEqual({ created: false, coordinator: first.coordinator })
    // the conversation knows them by name; in the store a name lies only sealed
    expect(await coordinatorOfChat(context, chat)).toEqual(first.coordinator)
    expect(await coordinatorById(context, first.coordinator.id)).toEqual(first.coordinator)
    expect((await findChat(context, chat))?.coordinator).toBe(first.coordinator.id)
    expect(
      await coordinatorOfChat(
        context,
        chatId(context.sealer, { from: { channel: 'telegram', id: '9' }, account: '666' }),
      ),
    ).toBeUndefined()
  })

  test('gives one school coordinators on several channels, each with chats of their own', async () => {
    const over = async (channel: 'telegram' | 'whatsapp') => {
      const chat = await touchChat(context, { from: { channel, id: '1' }, account: '666' })
      const { coordinator } = await registerCoordinator(context, registration(chat, SAMPLE))
      expect(await coordinatorOfChat(context, chat)).toMatchObject({ id: coordinator.id, npsn: SAMPLE })
      return coordinator.id
    }
    expect(await over('telegram')).not.toBe(await over('whatsapp'))
  })

  test('keeps name and evidence sealed', async () => {
    await registered('1')
    const [raw] = await coordinators(context.database).collection.find({}, { raw: true }).toArray()
    const bytes = Buffer.from(raw as unknown as Uint8Array)
    expect(bytes.includes('Rina')).toBe(false)
    expect(bytes.includes('setuju')).toBe(false)
  })

  test('at a real school waits for approval without a good code', async () => {
    const { coordinator } = await registerCoordinator(context, registration(await newChat('1'), REAL))
    const wrong = await registerCoordinator(
      context,
      registration(await newChat('2'), REAL, { invitation: 'ABCD-2345' }),
    )
    expect([coordinator.state, wrong.coordinator.state]).toEqual(['pending', 'pending'])
  })

  test('with a good code is approved, and the code is used up by it alone', async () => {
    const { code, id } = await createInvitation(context, { npsn: REAL, days: 14, uses: 1, by: 'op1' })
    expect(code).toMatch(/^[A-Z]{4}-\d{4}$/)
    const [one, two] = [await newChat('1'), await newChat('2')]
    const results = await Promise.all(
      [one, two].map((chat) =>
        registerCoordinator(context, registration(chat, REAL, { invitation: code.toLowerCase() })),
      ),
    )
    expect(results.map(({ coordinator }) => coordinator.state).toSorted()).toEqual(['approved', 'pending'])
    expect(await invitations(context.database).findById(id).lean()).toMatchObject({ usesLeft: 0 })
  })

  test('that is killed between any two writes ends the same when it runs again, and uses one code', async () => {
    const { code, id } = await createInvitation(context, { npsn: REAL, days: 14, uses: 2, by: 'op1' })
    const places: string[] = []
    armFailpoints((name, moment) => void places.push(`${name}:${moment}`))
    await registerCoordinator(context, registration(await newChat('0'), REAL, { invitation: code }))
    armFailpoints(undefined)
    const kills = places.filter((place) => !place.startsWith('chat.touch'))
    expect(kills.length).toBeGreaterThan(4)
    for (const [i, place] of kills.entries()) {
      const invitation = await createInvitation(context, { npsn: REAL, days: 14, uses: 1, by: 'op1' })
      const wish = registration(await newChat(`k${i}`), REAL, { invitation: invitation.code })
      armFailpoints((name, moment) => {
        if (`${name}:${moment}` === place) throw new Error('killed')
      })
      await expect(registerCoordinator(context, wish)).rejects.toThrow('killed')
      armFailpoints(undefined)
      const { coordinator } = await registerCoordinator(context, wish)
      expect(coordinator.state).toBe('approved')
      expect((await findChat(context, wish.chat))?.coordinator).toBe(coordinator.id)
      expect(await invitations(context.database).findById(invitation.id).lean()).toMatchObject({ usesLeft: 0 })
    }
    expect(await invitations(context.database).findById(id).lean()).toMatchObject({ usesLeft: 1 })
  })
})

describe('an invitation', () => {
  test('of somebody who waits lets them in and is used up once, wherever it is killed', async () => {
    const { code } = await createInvitation(context, { npsn: '30312346', days: 14, uses: 9, by: 'op1' })
    const waiting = (await registerCoordinator(context, registration(await newChat('w'), REAL))).coordinator
    expect(await admitByInvitation(context, waiting, { key: 'w/0', invitation: code })).toBe(false)
    const places = [...ADMITTING.flatMap((name) => [`${name}:before`, `${name}:after`]), 'nowhere']
    for (const [i, place] of places.entries()) {
      const good = await createInvitation(context, { npsn: REAL, days: 14, uses: 2, by: 'op1' })
      const { coordinator } = await registerCoordinator(context, registration(await newChat(`a${i}`), REAL))
      const wish = { key: `${coordinator.id}/0`, invitation: good.code.toLowerCase() }
      armFailpoints((name, moment) => {
        if (`${name}:${moment}` === place) throw new Error('killed')
      })
      const first = admitByInvitation(context, coordinator, wish)
      await (place === 'nowhere' ? first : expect(first).rejects.toThrow('killed'))
      armFailpoints(undefined)
      expect(await admitByInvitation(context, coordinator, wish)).toBe(true)
      expect((await coordinatorById(context, coordinator.id))?.state).toBe('approved')
      expect(await invitations(context.database).findById(good.id).lean()).toMatchObject({ usesLeft: 1 })
    }
    // they asked and hear of it at once: no other turn tells them
    expect(await coordinatorsToWelcome(context, 10)).toEqual([])
  })
  test('is good for its school only, until it expires', async () => {
    const { code } = await createInvitation(context, { npsn: REAL, days: 14, uses: 1, by: 'op1' })
    expect(await checkInvitation(context, REAL, ` ${code.toLowerCase().replace('-', ' ')} `)).toBe(true)
    expect(await checkInvitation(context, '30312346', code)).toBe(false)
    at = new Date(at.getTime() + 14 * 86_400_000)
    expect(await checkInvitation(context, REAL, code)).toBe(false)
    expect(await openInvitations(context, REAL)).toEqual([])
  })

  test('cannot be guessed for ever', async () => {
    const { code } = await createInvitation(context, { npsn: REAL, days: 14, uses: 1, by: 'op1' })
    expect(await openInvitations(context, REAL)).toMatchObject([{ npsn: REAL, usesLeft: 1, triesLeft: 10 }])
    for (let i = 0; i < 10; i++) expect(await checkInvitation(context, REAL, `WXYZ-222${i}`)).toBe(false)
    expect(await checkInvitation(context, REAL, code)).toBe(false)
    expect(await openInvitations(context, REAL)).toEqual([])
  })

  test('lies in the store as a hash', async () => {
    const { code } = await createInvitation(context, { npsn: REAL, days: 14, uses: 1, by: 'op1' })
    const [raw] = await invitations(context.database).collection.find({}, { raw: true }).toArray()
    const bytes = Buffer.from(raw as unknown as Uint8Array)
    expect(bytes.includes(code)).toBe(false)
    expect(bytes.includes(code.replace('-', ''))).toBe(false)
  })
})

describe('a supervisor', () => {
  test('approves once, whatever is sent twice', async () => {
    const { coordinator } = await registerCoordinator(context, registration(await newChat('1'), REAL))
    const both = await Promise.all(['op1', 'op2'].map((by) => approveCoordinator(context, coordinator.id, { by })))
    expect(both.map(({ state }) => state)).toEqual(['approved', 'approved'])
    const stored = await coordinators(context.database).findById(coordinator.id).lean()
    expect(stored?.events.map(({ action }) => action)).toEqual(['register', 'approve'])
    await expect(approveCoordinator(context, 'nobody', { by: 'op1' })).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('approves in one write with the promise to tell it, which a crash cannot swallow', async () => {
    const pending = await registered('1', REAL)
    await registered('2', REAL)
    expect(await coordinatorsToWelcome(context, 10)).toEqual([])
    await approveCoordinator(context, pending, { by: 'op1' })
    expect((await coordinatorsToWelcome(context, 10)).map(({ id }) => id)).toEqual([pending])
    await markWelcomed(context, pending)
    await approveCoordinator(context, pending, { by: 'op1' })
    expect(await coordinatorsToWelcome(context, 10)).toEqual([])
  })

  test('suspends, and drafts and notices go to the substitute', async () => {
    const [old, next, third] = [await registered('1'), await registered('2'), await registered('3')]
    const application = { coordinator: old, npsn: SAMPLE }
    expect(await recipientOf(context.database, application)).toMatchObject({ coordinator: old })
    const suspended = await suspendCoordinator(context, old, { by: 'op1', reason: 'pindah tugas', substitute: third })
    expect(suspended).toMatchObject({ state: 'suspended', substitute: third })
    expect(await recipientOf(context.database, application)).toMatchObject({ coordinator: third })
    expect(await representedBy(context.database, { id: third, npsn: SAMPLE })).toEqual([third, old])
    await suspendCoordinator(context, third, { by: 'op1', reason: 'cuti', substitute: next })
    expect(await recipientOf(context.database, application)).toMatchObject({ coordinator: next })
    expect(new Set(await representedBy(context.database, { id: next, npsn: SAMPLE }))).toEqual(
      new Set([next, third, old]),
    )
    await reinstateCoordinator(context, old, { by: 'op1' })
    expect(await recipientOf(context.database, application)).toMatchObject({ coordinator: old })
    expect(await representedBy(context.database, { id: next, npsn: SAMPLE })).toEqual([next, third])
  })

  test('names as substitute only an approved coordinator of the same school', async () => {
    const [one, other] = [await registered('1'), await registered('2', '69900001')]
    const pending = await registered('3', REAL)
    for (const substitute of [one, other, pending, 'nobody']) {
      await expect(suspendCoordinator(context, one, { by: 'op1', substitute })).rejects.toMatchObject({
        kind: 'invalid',
      })
    }
    expect((await coordinatorById(context, one))?.state).toBe('approved')
  })

  test('moves a coordinator, and drafts and what was submitted stay with the school, with who hears of them', async () => {
    const [old, colleague] = [await registered('1'), await registered('2')]
    await moveCoordinator(context, old, { by: 'op1', reason: 'mutasi', npsn: '69900001' })
    expect(await recipientOf(context.database, { coordinator: old, npsn: SAMPLE })).toMatchObject({
      coordinator: colleague,
    })
    expect(await recipientOf(context.database, { coordinator: old, npsn: '69900001' })).toMatchObject({
      coordinator: old,
    })
    expect(await representedBy(context.database, { id: colleague, npsn: SAMPLE })).toEqual([colleague, old])
    expect(await representedBy(context.database, { id: old, npsn: '69900001' })).toEqual([old])
    await expect(moveCoordinator(context, old, { by: 'op1', npsn: '00000000' })).rejects.toMatchObject({
      kind: 'not-found',
    })
    await moveCoordinator(context, old, { by: 'op1', reason: 'kembali', npsn: SAMPLE })
    expect(await representedBy(context.database, { id: colleague, npsn: SAMPLE })).toEqual([colleague])
  })

  test('finds nobody to tell where a school has nobody left', async () => {
    const old = await registered('1')
    await suspendCoordinator(context, old, { by: 'op1' })
    expect(await recipientOf(context.database, { coordinator: old, npsn: SAMPLE })).toBeUndefined()
  })

  test('lists coordinators in pages by state and school', async () => {
    const ids: string[] = []
    for (const id of ['1', '2', '3']) {
      at = new Date(at.getTime() + 1000)
      ids.push(await registered(id, REAL))
    }
    at = new Date(at.getTime() + 1000)
    await registered('4')
    const first = await listCoordinators(context, { state: 'pending', limit: 2 })
    const rest = await listCoordinators(context, { state: 'pending', limit: 2, after: first.at(-1)?.id })
    expect([...first, ...rest].map(({ id }) => id)).toEqual(ids)
    // of any state they come in the one order, and one that was let in meanwhile still says where a page ended
    await approveCoordinator(context, ids[1]!, { by: 'op1' })
    const all: string[] = []
    for (let page = ['']; page.length > 0; all.push(...page)) {
      const found = await listCoordinators(context, { npsn: REAL, limit: 1, after: all.at(-1) })
      page = found.map(({ id }) => id)
    }
    expect(all).toEqual(ids)
    const any = await listCoordinators(context, { limit: 10, after: ids[0] })
    expect(any.map(({ id }) => id).slice(0, 2)).toEqual(ids.slice(1))
    expect(await listCoordinators(context, { npsn: SAMPLE, limit: 10 })).toHaveLength(1)
  })
})
