import { expect, test } from 'vitest'
import { chats } from '../../../src/models/chat/kept.ts'
import { setCoordinator, touchChat } from '../../../src/models/chat/chats.ts'
import { deleteWhatsappSent, forgetStrangers } from '../../../src/models/chat/purge.ts'
import { createWhatsappPeople, forgetWhatsappStrangers, whatsappPeople } from '../../../src/models/whatsapp/people.ts'
import { createWhatsappSent, whatsappSent } from '../../../src/models/whatsapp/sent.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

const START = new Date('2026-07-01T02:00:00Z')
const ACCOUNT = '6281100000001'

async function world() {
  let at = START
  const context = { database: await testDatabase(), sealer: testSealer(), now: () => at }
  return { ...context, context, day: (n: number) => (at = new Date(START.getTime() + n * 86_400_000)) }
}

test('what a phone may still ask for is kept for fourteen days, whatever the office keeps longer', async () => {
  const { context, database, day } = await world()
  const sent = createWhatsappSent(context)
  await sent.keep('A', Buffer.from('lama'))
  day(1)
  await sent.keep('B', Buffer.from('baru'))
  expect(await deleteWhatsappSent(database, { before: new Date(0), now: day(13) })).toBe(0)
  expect(String(await sent.find('A'))).toBe('lama')
  expect(await deleteWhatsappSent(database, { before: new Date(0), now: day(14) })).toBe(1)
  expect(await sent.find('A')).toBeUndefined()
  expect(String(await sent.find('B'))).toBe('baru')
  // an office that keeps messages for a shorter time
  expect(await deleteWhatsappSent(database, { before: day(1), now: day(2) })).toBe(1)
  expect(await whatsappSent(database).countDocuments()).toBe(0)
})

test('a later attempt of a message replaces what is kept of it, and is as young as that', async () => {
  const { context, database, day } = await world()
  const sent = createWhatsappSent(context)
  await sent.keep('A', Buffer.from('satu'))
  day(10)
  await sent.keep('A', Buffer.from('dua'))
  expect(await deleteWhatsappSent(database, { before: new Date(0), now: day(20) })).toBe(0)
  expect(String(await sent.find('A'))).toBe('dua')
  expect(JSON.stringify(await whatsappSent(database).find().lean())).not.toContain(
    Buffer.from('dua').toString('base64'),
  )
})

test('people go with their chats: strangers are forgotten with all their addresses, coordinators stay', async () => {
  const { context, database, day } = await world()
  const people = createWhatsappPeople(context)
  const meet = async (name: string): Promise<string> => {
    const { address } = await people.met(`${name}@lid`, [`62${name}@s.whatsapp.net`], ACCOUNT)
    return touchChat(context, { from: { channel: 'whatsapp', id: address }, account: ACCOUNT })
  }
  await meet('1')
  await setCoordinator(context, await meet('2'), 'koordinator')
  const before = day(30)
  day(31)
  await meet('3')
  // a chat that is still there keeps its people
  expect(await forgetWhatsappStrangers(database, before)).toBe(0)
  await forgetStrangers(database, before)
  expect(await forgetWhatsappStrangers(database, before)).toBe(2)
  expect(await people.find('1@lid')).toBeUndefined()
  expect(await people.find('621@s.whatsapp.net')).toBeUndefined()
  expect(await people.find('2@lid')).toMatchObject({ address: '2@lid' })
  expect(await people.find('623@s.whatsapp.net')).toMatchObject({ address: '3@lid' })
  expect(await chats(database).countDocuments()).toBe(2)
  expect(await whatsappPeople(database).countDocuments()).toBe(4)
})

test('who was forgotten and writes again is met anew', async () => {
  const { context, database, day } = await world()
  const people = createWhatsappPeople(context)
  await people.met('1@lid', [], ACCOUNT)
  await people.markPhoneTold('1@lid')
  expect(await forgetWhatsappStrangers(database, day(1))).toBe(1)
  expect(await people.met('1@lid', [], ACCOUNT)).toMatchObject({ address: '1@lid', phoneTold: false })
})
