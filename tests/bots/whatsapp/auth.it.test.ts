import { Curve, proto } from '@whiskeysockets/baileys'
import { expect, test } from 'vitest'
import { openAuth } from '../../../src/bots/whatsapp/auth.ts'
import { FencedOff, createWhatsappSecrets, whatsappAuth } from '../../../src/models/whatsapp/auth.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

async function secretsOf() {
  const database = await testDatabase()
  return { database, secrets: createWhatsappSecrets({ database, sealer: testSealer() }) }
}

test('what the library stores comes back as it was, in its own types', async () => {
  const { secrets } = await secretsOf()
  const { keys } = await openAuth(secrets, 1)
  const pair = Curve.generateKeyPair()
  const session = Buffer.from('sesi')
  const syncKey = proto.Message.AppStateSyncKeyData.fromObject({ keyData: Buffer.from('kunci'), timestamp: 5 })
  await keys.set({
    'pre-key': { 1: pair, 2: pair },
    session: { '62812.0': session },
    'app-state-sync-key': { k: syncKey },
    'device-list': { 62812: ['0', '5'] },
  })
  const later = await openAuth(secrets, 1)
  const found = await later.keys.get('pre-key', ['1', '2', '3'])
  expect(Object.keys(found)).toEqual(['1', '2'])
  expect(Buffer.from(found['1']?.private ?? [])).toEqual(Buffer.from(pair.private))
  expect((await later.keys.get('session', ['62812.0']))['62812.0']).toEqual(session)
  expect((await later.keys.get('app-state-sync-key', ['k']))['k']).toBeInstanceOf(proto.Message.AppStateSyncKeyData)
  expect((await later.keys.get('device-list', ['62812']))['62812']).toEqual(['0', '5'])
  await later.keys.set({ 'pre-key': { 1: null } })
  expect(Object.keys(await later.keys.get('pre-key', ['1', '2']))).toEqual(['2'])
})

test('credentials are kept once the phone has signed them; half a pairing is begun anew', async () => {
  const { secrets } = await secretsOf()
  const first = await openAuth(secrets, 1)
  first.creds.me = { id: '62811@s.whatsapp.net' }
  await first.saveCreds()
  expect((await openAuth(secrets, 1)).creds.advSecretKey).not.toBe(first.creds.advSecretKey)
  first.creds.account = { details: Buffer.from('x') }
  await first.saveCreds()
  const again = await openAuth(secrets, 1)
  expect(again.creds.advSecretKey).toBe(first.creds.advSecretKey)
  expect(again.creds.me?.id).toBe('62811@s.whatsapp.net')
})

test('nothing in the store can be read or tells whose it is', async () => {
  const { database, secrets } = await secretsOf()
  const { keys } = await openAuth(secrets, 1)
  await keys.set({ session: { '6281234567.0': Buffer.from('rahasia') } })
  const rows = JSON.stringify(await whatsappAuth(database).find().lean())
  expect(rows).not.toContain('6281234567')
  expect(rows).not.toContain(Buffer.from('rahasia').toString('base64'))
})

test('whoever has lost the lease writes nothing over the later holder, and wipes nothing of theirs', async () => {
  const { secrets } = await secretsOf()
  const old = await openAuth(secrets, 1)
  const next = await openAuth(secrets, 2)
  await old.keys.set({ session: { a: Buffer.from('lama') } })
  await next.keys.set({ session: { a: Buffer.from('baru') } })
  await expect(old.keys.set({ session: { a: Buffer.from('lama lagi') } })).rejects.toBeInstanceOf(FencedOff)
  await secrets.wipe(1)
  expect((await next.keys.get('session', ['a']))['a']).toEqual(Buffer.from('baru'))
  await secrets.wipe(2)
  expect(await next.keys.get('session', ['a'])).toEqual({})
})
