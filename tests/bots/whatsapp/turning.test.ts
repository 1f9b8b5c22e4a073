import {
  DEFAULT_CONNECTION_CONFIG,
  generateSignalPubKey,
  initAuthCreds,
  proto,
  writeRandomPadMax16,
} from '@whiskeysockets/baileys'
import type { AuthenticationCreds, BinaryNode } from '@whiskeysockets/baileys'
import { beforeAll, describe, expect, test } from 'vitest'
import { closeConsole, quietLogger } from '../../../src/bots/whatsapp/quiet.ts'
import { createReceiving } from '../../../src/bots/whatsapp/receiving.ts'
import { createTurning } from '../../../src/bots/whatsapp/turning.ts'
import { createLog } from '../../../src/config/log.ts'
import { SignalDevice, keysIn } from '../../servers/mock-whatsapp-device.ts'

const OFFICE = '90000000000001:7@lid'
const [ANI, BUDI] = ['80000000101@lid', '80000000102@lid']
const ANI_BY_NUMBER = '62812000101@s.whatsapp.net'
const logger = quietLogger(createLog('silent'))
type Make = typeof DEFAULT_CONNECTION_CONFIG.makeSignalRepository

// libsignal tells of each session that it cannot use, with its keys
beforeAll(() => closeConsole())

/** The office's end of the sessions, as a process with these durable keys has it. */
function office(creds: AuthenticationCreds, stored: Map<string, unknown>, make: Make) {
  const keys = keysIn(stored)
  const repository = make({ creds, keys }, logger)
  return {
    async hear(jid: string, { attrs, content }: BinaryNode): Promise<void> {
      const type = attrs['type'] === 'pkmsg' ? 'pkmsg' : 'msg'
      await repository.decryptMessage({ jid, type, ciphertext: content as Uint8Array })
    },
    /**
     * Encrypts and sends in one transaction under our own name, whose keys are written when it ends: as the library's
     * `relayMessage` does. Gives what leaves, and what is durable in that moment.
     */
    relay(jid: string, conversation: string): Promise<{ enc: BinaryNode; durable: Map<string, unknown> }> {
      return keys.transaction(async () => {
        const data = writeRandomPadMax16(proto.Message.encode({ conversation }).finish())
        const { type, ciphertext } = await repository.encryptMessage({ jid, data })
        return { enc: { tag: 'enc', attrs: { v: '2', type }, content: ciphertext }, durable: new Map(stored) }
      }, OFFICE)
    },
  }
}
const ours: Make = (...given) => {
  const take = async () => undefined
  return createReceiving({ nextOrder: () => 0, me: () => ({ id: '', lid: OFFICE }), take }).makeSignalRepository(
    ...given,
  )
}

/** The office answers twice and is killed as the second answer leaves; gives what the phone makes of the next process. */
async function killedWhileSending(make: Make): Promise<string | null | undefined> {
  const creds = initAuthCreds()
  const { registrationId, signedIdentityKey, signedPreKey } = creds
  const bundle = {
    registrationId,
    identityKey: generateSignalPubKey(signedIdentityKey.public),
    signedPreKey: {
      keyId: signedPreKey.keyId,
      publicKey: generateSignalPubKey(signedPreKey.keyPair.public),
      signature: signedPreKey.signature,
    },
  }
  const phone = new SignalDevice()
  const first = office(creds, new Map(), make)
  await first.hear(ANI, await phone.encrypt(OFFICE, () => bundle as never, { conversation: 'halo' }))
  await phone.decrypt(OFFICE, (await first.relay(ANI, 'satu')).enc)
  const { enc, durable } = await first.relay(ANI, 'dua')
  await phone.decrypt(OFFICE, enc)
  const { conversation } = await phone.decrypt(OFFICE, (await office(creds, durable, make).relay(ANI, 'tiga')).enc)
  return conversation
}

describe('killed after a message has left and before its sending has ended', () => {
  test('the library alone takes the same key for the next message, which the phone cannot read', async () => {
    await expect(killedWhileSending(DEFAULT_CONNECTION_CONFIG.makeSignalRepository)).rejects.toThrow(/session/)
  })
  test('what we send next can be read at once: no message leaves before its keys are durable', async () => {
    expect(await killedWhileSending(ours)).toBe('tiga')
  })
})

test('one session turns for one message at a time under either address, and holds nobody else up', async () => {
  const mapping = { getLIDForPN: async (jid: string) => (jid === ANI_BY_NUMBER ? ANI : null) }
  const inTurn = createTurning(mapping, keysIn(new Map()))
  const persisted = Promise.withResolvers<void>()
  const done: string[] = []
  const coming = inTurn(ANI, async () => {
    await persisted.promise
    done.push('came in')
  })
  const going = inTurn(ANI_BY_NUMBER, async () => void done.push('went out'))
  await inTurn(BUDI, async () => void done.push('of somebody else'))
  persisted.resolve()
  await Promise.all([coming, going])
  expect(done).toEqual(['of somebody else', 'came in', 'went out'])
})
