import { describe, expect, test } from 'vitest'
import type { Inbound, InboundBody } from '../../../src/models/chat/message.ts'
import { registerCoordinator } from '../../../src/models/coordinator/coordinators.ts'
import { touchChat } from '../../../src/models/chat/chats.ts'
import { createInbox, inboxModel } from '../../../src/models/chat/inbox.ts'
import { storeSchools } from '../../../src/models/school/schools.ts'
import { createWhatsappPeople } from '../../../src/models/whatsapp/people.ts'
import { ensureIndexes } from '../../../src/models/store/indexes.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'
import { createLog } from '../../../src/config/log.ts'

const ACCOUNT = '6281100000001'
const [LID, PN] = ['80000000101@lid', '62812000101@s.whatsapp.net']

/** An inbox behind a channel whose people have several addresses. */
async function world() {
  const context = { database: await testDatabase(), sealer: testSealer(), now: () => new Date() }
  const people = createWhatsappPeople(context)
  const inbox = createInbox({ ...context, log: createLog('silent') })
  const rows = () => inboxModel(context.database).find().lean()

  async function named(platformId: string, from: string, others: readonly string[] = []) {
    const { address, aliases } = await people.met(from, others, ACCOUNT)
    return { from: { channel: 'whatsapp' as const, id: address }, account: ACCOUNT, aliases, platformId }
  }
  /** The platform hands a message over from `from`, perhaps with what else it knows of the sender. */
  async function handed(
    platformId: string,
    from: string,
    { others = [] as readonly string[], body = { kind: 'text', text: platformId } as InboundBody } = {},
  ) {
    const message: Inbound = { ...(await named(platformId, from, others)), order: 1, at: new Date(), body }
    const chat = await touchChat(context, message)
    const { id, fresh } = await inbox.accept(chat, message)
    return { chat, id, fresh: fresh !== undefined }
  }
  async function register(chat: string): Promise<void> {
    const school = { npsn: '69900001', name: 'SDN Contoh', kecamatan: 'Contoh', enrolled: 60, sample: true }
    await storeSchools(context.database, [school])
    const consent = { at: new Date(), by: 'x', textVersion: '1', evidence: 'SETUJU' }
    const who = { key: chat, chat, npsn: school.npsn, name: 'Ani Rekaan', role: 'teacher' as const, consent }
    await registerCoordinator(context, who)
  }
  return { inbox, rows, named, handed, register }
}

describe('a message of somebody with two addresses', () => {
  test.each([
    ['number', PN, LID],
    ['LID', LID, PN],
  ])('that came from the %s is known again under either, also once their chats are one', async (_, first, then) => {
    const { handed, rows, register } = await world()
    expect(await handed('M1', first)).toMatchObject({ fresh: true })
    const { chat } = await handed('M2', then)
    await register(chat)
    // now the platform tells that they are one: the chat of the coordinator stays
    expect(await handed('M3', then, { others: [first] })).toMatchObject({ chat, fresh: true })
    for (const id of ['M1', 'M2', 'M3']) {
      for (const from of [first, then]) expect(await handed(id, from)).toMatchObject({ chat, fresh: false })
    }
    expect(await rows()).toHaveLength(3)
  })
  test('is one where its second copy is the first to tell that the addresses are one', async () => {
    const { handed, rows } = await world()
    await handed('M1', PN)
    await handed('M2', LID)
    expect(await handed('M1', LID, { others: [PN] })).toMatchObject({ fresh: false })
    expect(await handed('M2', PN)).toMatchObject({ fresh: false })
    expect(await rows()).toHaveLength(2)
  })
  test('is one where both copies are written at once', async () => {
    const { inbox, named, rows } = await world()
    const rest = { order: 1, at: new Date(), body: { kind: 'text' as const, text: 'halo' } }
    const copies = [await named('M1', PN), await named('M1', LID, [PN])]
    // as if the second address had got a chat of its own meanwhile
    copies[1]!.from.id = LID
    const stored = await Promise.all(copies.map((copy) => inbox.accept('chat', { ...copy, ...rest })))
    expect(stored.filter(({ fresh }) => fresh)).toHaveLength(1)
    expect(await rows()).toHaveLength(1)
  })
  test('gets its content in the chat that they have now', async () => {
    const { handed, rows, register } = await world()
    const { id } = await handed('M1', PN, { body: { kind: 'placeholder' } })
    const { chat } = await handed('M2', LID)
    await register(chat)
    expect(await handed('M1', LID, { others: [PN] })).toEqual({ chat, id, fresh: true })
    expect(await handed('M1', PN)).toMatchObject({ fresh: false })
    expect(await rows()).toContainEqual(expect.objectContaining({ _id: id, chat, state: 'new' }))
  })
  test('is marked when they delete it, and dropped when it turns out empty, from the other address', async () => {
    const { inbox, named, handed, rows, register } = await world()
    const { id } = await handed('M1', PN)
    const placeholder = await handed('M2', PN, { body: { kind: 'placeholder' } })
    await register((await handed('M3', LID)).chat)
    await inbox.markChanged(await named('M1', LID, [PN]), 'deleted')
    await inbox.dropPlaceholder(await named('M2', LID))
    const left = await rows()
    expect(left.find((row) => row._id === id)?.deletedAt).toBeInstanceOf(Date)
    expect(left.map((row) => row._id)).not.toContain(placeholder.id)
  })
  test('is not that of somebody else who sent it under the same id', async () => {
    const { handed, rows } = await world()
    await handed('M1', LID, { others: [PN] })
    expect(await handed('M1', '80000000102@lid')).toMatchObject({ fresh: true })
    expect(await rows()).toHaveLength(2)
  })
})

test('chats that wait are found however many messages of others wait for their time, the longest waiting first', async () => {
  const database = await testDatabase()
  await ensureIndexes(database)
  const inbox = createInbox({ database, sealer: testSealer(), now: () => new Date(), log: createLog('silent') })
  const stored = (id: string, chat: string, at: number, retryAt?: Date) => {
    const times = { receivedAt: new Date(at), ...(retryAt && { retryAt }) }
    return inboxModel(database).collection.insertOne({ _id: id, chat, state: 'new', order: at, ...times } as never)
  }
  for (let i = 0; i < 20; i++) await stored(`late-${i}`, `postponed-${i}`, i, new Date(Date.now() + 60_000))
  for (let i = 0; i < 20; i++) await stored(`many-${i}`, 'many', 100 + i)
  await stored('one', 'first', 50, new Date(0))
  expect(await inbox.forgottenChats(new Date(), 5)).toEqual(['first', 'many'])
})
