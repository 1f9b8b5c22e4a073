import { expect, onTestFinished, test } from 'vitest'
import type { BaileysEventMap } from '@whiskeysockets/baileys'
import { openAuth } from '../../../src/bots/whatsapp/auth.ts'
import { quietLogger } from '../../../src/bots/whatsapp/quiet.ts'
import { openConnection } from '../../../src/bots/whatsapp/socket.ts'
import { createLog } from '../../../src/config/log.ts'
import { createWhatsappSecrets } from '../../../src/models/whatsapp/auth.ts'
import { pairOnce } from './whatsapp-platform.ts'
import { eventually } from '../../support/eventually.ts'
import { freshWorld, running, server, stores } from './whatsapp-world.ts'

freshWorld()

test('a receipt that the library merges into the echo of our own message is counted, once', async () => {
  await pairOnce(server, stores)
  const ani = server.person('Ani Rekaan')
  // said while no device was there: the echo waits, and the receipt comes while the library still holds it
  const id = await server.ownPhone.says(ani, 'Baik', { word: 'delivered' })
  const { recorder } = await running()
  await eventually(() => expect(recorder.receipts).toContainEqual({ platformId: id, state: 'delivered' }))
  ani.read(id)
  await eventually(() => expect(recorder.receipts).toContainEqual({ platformId: id, state: 'read' }))
  expect(recorder.receipts.filter((one) => one.platformId === id)).toHaveLength(2)
  expect(recorder.inOrder()).toEqual([])
})

test('the library tells of it by the echo alone, as an appended message with a status, and of what we send by updates', async () => {
  await pairOnce(server, stores)
  const ani = server.person('Ani Rekaan')
  const echoed = await server.ownPhone.says(ani, 'Baik', { word: 'read' })
  const told: unknown[] = []
  const handled: BaileysEventMap['messages.update'] = []
  const connection = openConnection({
    auth: await openAuth(createWhatsappSecrets(stores), 1_000),
    url: server.url('raw'),
    version: undefined,
    logger: quietLogger(createLog('silent')),
    nextOrder: () => 0,
    take: async () => undefined,
    sentPayload: async () => undefined,
    onState: () => undefined,
    onUpdates: (updates) => void handled.push(...updates),
    onFault: () => undefined,
  })
  onTestFinished(() => connection.end())
  connection.socket.ev.on('messages.upsert', ({ messages, type }) => {
    for (const { key, status } of messages) told.push(['upsert', type, key.id, status])
  })
  connection.socket.ev.on('messages.update', (updates) => {
    for (const { key, update } of updates) told.push(['update', key.id, update.status])
  })
  await eventually(() => expect(told).toEqual([['upsert', 'append', echoed, 4]]))
  expect(handled).toMatchObject([{ key: { id: echoed, fromMe: true }, update: { status: 4 } }])

  const sent = '3EB0AAAAAAAAAAAAAAAAAA'
  await connection.socket.relayMessage(ani.lid, { conversation: 'Silakan' }, { messageId: sent })
  await eventually(() => expect(told.slice(1)).toEqual([['update', sent, 3]]))
})
