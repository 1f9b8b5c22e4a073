import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { keyring, openKeyring, WrongDataKey } from '../../../src/models/store/keyring.ts'
import { testDatabase } from '../../support/stores.ts'

describe('the keyring', () => {
  test('is made once, whoever starts first, and names chats the same way ever after', async () => {
    const database = await testDatabase()
    const key = randomBytes(32)
    const sealers = await Promise.all(Array.from({ length: 8 }, () => openKeyring(database, key)))
    const names = [...sealers, await openKeyring(database, key)].map((sealer) => sealer.identify('chat', 'contoh'))
    expect(new Set(names).size).toBe(1)
    expect(await keyring(database).countDocuments()).toBe(1)
  })
  test('differs between databases under one key', async () => {
    const key = randomBytes(32)
    const [one, other] = [await openKeyring(await testDatabase(), key), await openKeyring(await testDatabase(), key)]
    expect(one.identify('chat', 'contoh')).not.toBe(other.identify('chat', 'contoh'))
  })
  test('refuses a wrong DATA_KEY with one sentence, and stays as it was', async () => {
    const database = await testDatabase()
    const key = randomBytes(32)
    const before = await openKeyring(database, key)
    await expect(openKeyring(database, randomBytes(32))).rejects.toThrow(WrongDataKey)
    await expect(openKeyring(database, randomBytes(32))).rejects.toThrow('DATA_KEY does not open this database')
    expect((await openKeyring(database, key)).identify('chat', 'a')).toBe(before.identify('chat', 'a'))
  })
  test('opens under a new key while the earlier one is named', async () => {
    const database = await testDatabase()
    const [earlier, key] = [randomBytes(32), randomBytes(32)]
    const before = await openKeyring(database, earlier)
    const after = await openKeyring(database, key, [earlier])
    expect(after.identify('chat', 'a')).toBe(before.identify('chat', 'a'))
    expect(after.openText(before.seal('lama'))).toBe('lama')
  })
})
