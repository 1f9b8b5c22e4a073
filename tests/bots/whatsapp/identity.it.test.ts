import { describe, expect, test } from 'vitest'
import type { Address, Inbound } from '../../../src/models/chat/message.ts'
import { suspendCoordinator } from '../../../src/models/coordinator/changes.ts'
import {
  coordinatorById,
  coordinatorOfChat,
  registerCoordinator,
} from '../../../src/models/coordinator/coordinators.ts'
import { findChat, touchChat } from '../../../src/models/chat/chats.ts'
import { createInbox, inboxModel } from '../../../src/models/chat/inbox.ts'
import { storeSchools } from '../../../src/models/school/schools.ts'
import { eventually } from '../../support/eventually.ts'
import { freshWorld, running, server, stores } from './whatsapp-world.ts'
import { createLog } from '../../../src/config/log.ts'

freshWorld()

const NPSN = '69900001'
const context = () => ({ ...stores, now: () => new Date() })
const nobody: Address = { channel: 'whatsapp', id: '' }

/** The inbox's way in: the chat that a message belongs to. */
const chatOf = (message: Inbound | undefined): Promise<string> =>
  touchChat(context(), message ?? { from: nobody, account: '' })

/** Whoever wrote it becomes a coordinator of a sample school, who is let in at once. */
async function register(message: Inbound | undefined, name: string) {
  const school = { npsn: NPSN, name: 'SDN Contoh', kecamatan: 'Contoh', enrolled: 60, sample: true }
  await storeSchools(stores.database, [school])
  const consent = { at: new Date(), by: 'x', textVersion: '1', evidence: 'SETUJU' }
  const chat = await chatOf(message)
  const registration = { key: chat, chat, npsn: NPSN, name, role: 'teacher' as const, consent }
  return (await registerCoordinator(context(), registration)).coordinator
}

describe('one person, several addresses', () => {
  test('who moves from the number to the LID stays the same person, and is answered where they wrote last', async () => {
    const { channel, recorder } = await running()
    const ani = server.person('Ani Rekaan', { lid: false })
    ani.tellsOther = false
    await ani.text('halo')
    const [first] = await recorder.until(1)
    ani.byLid = true
    ani.tellsOther = true
    await ani.text('saya lagi')
    const second = (await recorder.until(2))[1]
    expect(second?.from).toEqual(first?.from)
    await channel.send({ key: 'k/1', to: second?.from ?? nobody, text: 'Baik' })
    await eventually(() => expect(ani.heard.at(-1)).toMatchObject({ text: 'Baik', to: ani.lid }))
  })
  test('a coordinator who moves to the LID stays the coordinator, also where only our own client knows the pair', async () => {
    const { channel, recorder } = await running()
    const ani = server.person('Ani Rekaan', { lid: false })
    ani.tellsOther = false
    await ani.text('halo')
    const [first] = await recorder.until(1)
    const coordinator = await register(first, 'Ani Rekaan')
    // an answer makes the client ask the platform for the person's devices, which tells the LID
    await channel.send({ key: 'k/1', to: first?.from ?? nobody, text: 'Selamat datang' })
    ani.byLid = true
    await ani.text('saya lagi')
    const chat = await chatOf((await recorder.until(2))[1])
    expect(await coordinatorOfChat(stores, chat)).toMatchObject({ id: coordinator.id })
    const to = (await findChat(stores, coordinator.chats[0] ?? ''))?.to ?? nobody
    await channel.send({ key: 'k/2', to, text: 'Kabar' })
    await eventually(() => expect(ani.heard.at(-1)).toMatchObject({ text: 'Kabar', to: ani.lid }))
  })
  test('phone and computer of one person are one person, and both show the answer', async () => {
    const { channel, recorder } = await running()
    const ani = server.person('Ani Rekaan')
    ani.addDevice(5)
    await ani.text('dari ponsel')
    await ani.say({ conversation: 'dari komputer' }, { device: 5 })
    const [phone, computer] = await recorder.until(2)
    expect(computer?.from).toEqual(phone?.from)
    await channel.send({ key: 'k/1', to: phone?.from ?? nobody, text: 'Baik' })
    await eventually(() => {
      expect(ani.heard.map(({ text }) => text)).toEqual(['Baik'])
      expect(ani.heardElsewhere.map(({ text }) => text)).toEqual(['Baik'])
    })
  })
  test('a number that becomes known later is told once', async () => {
    const { recorder } = await running()
    const ani = server.person('Ani Rekaan')
    ani.tellsOther = false
    await ani.text('halo')
    await recorder.until(1)
    expect(recorder.changes).toEqual([])
    ani.tellsOther = true
    await ani.text('ini nomor saya')
    await ani.text('ya')
    await recorder.until(3)
    const phone = ani.pn.split('@')[0]
    expect(recorder.changes).toEqual([
      { kind: 'identified', account: server.office.pn, address: { channel: 'whatsapp', id: ani.lid }, phone },
    ])
  })
})

describe('two known people who turn out to be one', () => {
  /** Writes from the number, then from the LID, without a word that they are one person's. */
  async function twice() {
    const { channel, recorder } = await running()
    const ani = server.person('Ani Rekaan', { lid: false })
    ani.tellsOther = false
    ani.listsOther = false
    await ani.text('dari nomor')
    const [byNumber] = await recorder.until(1)
    ani.byLid = true
    await ani.text('dari LID')
    const byLid = (await recorder.until(2))[1]
    expect(byLid?.from).not.toEqual(byNumber?.from)
    /** Now the platform tells. Gives what came in by it. */
    async function told(words: string, lid = true): Promise<Inbound | undefined> {
      const before = recorder.inOrder().length
      ani.byLid = lid
      ani.tellsOther = true
      await ani.text(words)
      const message = (await recorder.until(before + 1)).at(-1)
      ani.tellsOther = false
      return message
    }
    return { channel, recorder, ani, byNumber, byLid, told }
  }

  test('go on in the chat of whoever has registered, and what waits for the other chat reaches them', async () => {
    const { channel, recorder, ani, byNumber, byLid, told } = await twice()
    const coordinator = await register(byLid, 'Ani Rekaan')
    expect((await told('satu'))?.from).toEqual(byLid?.from)
    ani.byLid = false
    await ani.text('lagi dari nomor')
    const again = (await recorder.until(4)).at(-1)
    expect(await coordinatorOfChat(stores, await chatOf(again))).toMatchObject({ id: coordinator.id })
    await channel.send({ key: 'k/1', to: byNumber?.from ?? nobody, text: 'Jawaban lama' })
    await eventually(() => expect(ani.heard.at(-1)).toMatchObject({ text: 'Jawaban lama', to: ani.pn }))
  })
  test('without a coordinator the older chat stays, and what is handed over again from either address is known', async () => {
    const { recorder, ani, byNumber, byLid, told } = await twice()
    expect((await told('satu'))?.from).toEqual(byNumber?.from)
    expect((await told('dua', false))?.from).toEqual(byNumber?.from)
    for (const id of [byNumber?.platformId ?? '', byLid?.platformId ?? '']) {
      for (const lid of [true, false]) {
        ani.byLid = lid
        await ani.say({ conversation: 'lagi' }, { id })
      }
    }
    // the library gives up a session when it learns of a pair: one may come unreadable first
    const read = () => recorder.calls.filter(({ body }) => body.kind === 'text')
    await eventually(() => expect(read()).toHaveLength(8))
    const inbox = createInbox({ ...context(), log: createLog('silent') })
    for (const message of recorder.calls) await inbox.accept(await chatOf(message), message)
    expect(await inboxModel(stores.database).countDocuments()).toBe(4)
  })
  test('stay apart while both are coordinators, marked for the supervisor, until one of them is suspended', async () => {
    const { byNumber, byLid, told } = await twice()
    const older = await register(byNumber, 'Ani Rekaan')
    const newer = await register(byLid, 'Ani R')
    expect((await told('dari LID'))?.from).toEqual(byLid?.from)
    expect((await told('dari nomor', false))?.from).toEqual(byNumber?.from)
    expect(await coordinatorById(stores, older.id)).toMatchObject({ twin: newer.id })
    expect(await coordinatorById(stores, newer.id)).toMatchObject({ twin: older.id })
    await suspendCoordinator(context(), older.id, { by: 'bos', reason: 'ganda', substitute: newer.id })
    const message = await told('dari nomor', false)
    expect(message?.from).toEqual(byLid?.from)
    expect(await coordinatorOfChat(stores, await chatOf(message))).toMatchObject({ id: newer.id })
  })
})

test('groups and status updates are ignored', async () => {
  const { recorder } = await running()
  const ani = server.person('Ani Rekaan')
  const group = { from: '120300000000000001@g.us', participant: ani.lid }
  await ani.text('di grup', { change: (node) => ({ ...node, attrs: { ...node.attrs, ...group } }) })
  const status = { from: 'status@broadcast', participant: ani.lid }
  await ani.text('status', { change: (node) => ({ ...node, attrs: { ...node.attrs, ...status } }) })
  await ani.text('halo')
  expect((await recorder.until(1)).map((message) => message.body)).toEqual([{ kind: 'text', text: 'halo' }])
})
