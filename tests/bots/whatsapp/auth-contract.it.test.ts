import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  BufferJSON,
  Curve,
  addTransactionCapability,
  makeCacheableSignalKeyStore,
  proto,
  useMultiFileAuthState,
} from '@whiskeysockets/baileys'
import type { AuthenticationCreds, SignalDataSet, SignalDataTypeMap, SignalKeyStore } from '@whiskeysockets/baileys'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openAuth } from '../../../src/bots/whatsapp/auth.ts'
import { quietLogger } from '../../../src/bots/whatsapp/quiet.ts'
import { createLog } from '../../../src/config/log.ts'
import { createWhatsappSecrets } from '../../../src/models/whatsapp/auth.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

type Opened = { creds: AuthenticationCreds; keys: SignalKeyStore; saveCreds: () => Promise<void> }
/** Opens the same state again, as the next process does. */
type Reopen = () => Promise<Opened>

const logger = quietLogger(createLog('silent'))

/** The library's own store, which says what it expects of any. */
async function ofTheLibrary(): Promise<Reopen> {
  const folder = await mkdtemp(join(tmpdir(), 'smart-kids-auth-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return async () => {
    const { state, saveCreds } = await useMultiFileAuthState(folder)
    return { ...state, saveCreds }
  }
}
async function ours(): Promise<Reopen> {
  const secrets = createWhatsappSecrets({ database: await testDatabase(), sealer: testSealer() })
  return () => openAuth(secrets, 1)
}

const bytes = (text: string) => Buffer.from(text)
const pair = Curve.generateKeyPair()
/** One value of each kind of key that the library keeps. */
const EACH: { [T in keyof SignalDataTypeMap]: SignalDataTypeMap[T] } = {
  'pre-key': pair,
  session: bytes('sesi'.repeat(60_000)),
  'sender-key': bytes('kunci'),
  'sender-key-memory': { '62811@s.whatsapp.net': true },
  'app-state-sync-key': proto.Message.AppStateSyncKeyData.fromObject({ keyData: bytes('k'), timestamp: 5 }),
  'app-state-sync-version': { version: 3, hash: bytes('h'), indexValueMap: { i: { valueMac: bytes('m') } } },
  'lid-mapping': '900001',
  'device-list': ['0', '5'],
  tctoken: { token: bytes('t'), timestamp: '5' },
  'identity-key': bytes('identitas'),
}
const KINDS = Object.keys(EACH) as (keyof SignalDataTypeMap)[]
const written = (value: unknown): string => JSON.stringify(value, BufferJSON.replacer)
const setOf = (kind: keyof SignalDataTypeMap, values: Record<string, unknown>) => ({ [kind]: values }) as SignalDataSet

describe.each([
  { of: 'the library’s own store', create: ofTheLibrary },
  { of: 'our store', create: ours },
])('what the library expects of $of', ({ create }) => {
  test('a value of each kind is the same for the next process, beside what is not there', async () => {
    const reopen = await create()
    const { keys } = await reopen()
    for (const kind of KINDS) await keys.set(setOf(kind, { 'a.0': EACH[kind], 'b/1:2@x': EACH[kind] }))
    const later = (await reopen()).keys
    for (const kind of KINDS) {
      const found = await later.get(kind, ['b/1:2@x', 'missing', 'a.0'])
      expect(written([found['a.0'], found['b/1:2@x']])).toBe(written([EACH[kind], EACH[kind]]))
      expect(found['missing'] ?? undefined).toBeUndefined()
    }
    const syncKey = (await later.get('app-state-sync-key', ['a.0']))['a.0']
    expect(syncKey).toBeInstanceOf(proto.Message.AppStateSyncKeyData)
    expect((await later.get('session', ['a.0']))['a.0']).toBeInstanceOf(Uint8Array)
  })
  test('a set of several kinds changes, adds and deletes, and leaves the others', async () => {
    const reopen = await create()
    const { keys } = await reopen()
    await keys.set({ session: { a: bytes('1'), b: bytes('1'), c: bytes('1') }, 'lid-mapping': { a: '1' } })
    await keys.set({ session: { a: bytes('2'), b: null, d: bytes('1') }, 'lid-mapping': { a: null, b: '2' } })
    await keys.set({ session: { missing: null } })
    const later = (await reopen()).keys
    const sessions = await later.get('session', ['a', 'b', 'c', 'd'])
    const kept = Object.entries(sessions).flatMap(([id, value]) => (value ? [`${id}${String(value)}`] : []))
    expect(kept.toSorted()).toEqual(['a2', 'c1', 'd1'])
    expect((await later.get('lid-mapping', ['a']))['a'] ?? undefined).toBeUndefined()
    expect((await later.get('lid-mapping', ['b']))['b']).toBe('2')
  })
  test('sets of one moment are all kept, and of one key the last', async () => {
    const reopen = await create()
    const { keys } = await reopen()
    const ids = Array.from({ length: 40 }, (_, i) => String(i))
    await Promise.all(ids.map(async (id) => keys.set({ 'pre-key': { [id]: pair } })))
    for (const n of ['1', '2', '3']) await keys.set({ session: { a: bytes(n) } })
    const later = (await reopen()).keys
    expect(Object.keys(await later.get('pre-key', ids))).toHaveLength(40)
    expect(String((await later.get('session', ['a']))['a'])).toBe('3')
  })
  test('under the library’s cache and transactions a commit is durable, and what failed has changed nothing', async () => {
    const reopen = await create()
    const cached = makeCacheableSignalKeyStore((await reopen()).keys, logger)
    const keys = addTransactionCapability(cached, logger, { maxCommitRetries: 1, delayBetweenTriesMs: 1 })
    await keys.set({ session: { a: bytes('1'), b: bytes('1') } })
    await keys.transaction(async () => {
      await keys.set({ session: { a: bytes('2'), b: null } })
      expect(String((await keys.get('session', ['a']))['a'])).toBe('2')
    }, 'a')
    const failing = keys.transaction(async () => {
      await keys.set({ session: { a: bytes('3') } })
      throw new Error('no commit')
    }, 'a')
    await expect(failing).rejects.toThrow('no commit')
    const later = (await reopen()).keys
    const { a, b } = await later.get('session', ['a', 'b'])
    expect(String(a)).toBe('2')
    expect(b ?? undefined).toBeUndefined()
  })
  test('credentials come back whole, keys and all, as they were saved last', async () => {
    const reopen = await create()
    const { creds, saveCreds } = await reopen()
    creds.me = { id: '62811:7@s.whatsapp.net', lid: '900:7@lid', name: 'Kantor' }
    creds.account = { details: bytes('d'), accountSignature: bytes('s') }
    await saveCreds()
    creds.nextPreKeyId = 31
    creds.processedHistoryMessages = [{ key: { id: 'A', remoteJid: '62811@s.whatsapp.net' }, messageTimestamp: 5 }]
    await saveCreds()
    const later = (await reopen()).creds
    expect(written(later)).toBe(written(creds))
    expect(Buffer.from(later.noiseKey.private)).toEqual(Buffer.from(creds.noiseKey.private))
    expect(Buffer.from(later.signedPreKey.signature)).toEqual(Buffer.from(creds.signedPreKey.signature))
  })
})
