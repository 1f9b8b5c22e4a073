import {
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  addTransactionCapability,
  encodeBigEndian,
  generateRegistrationId,
  proto,
  signedKeyPair,
  unpadRandomMax16,
  writeRandomPadMax16,
  xmppPreKey,
  xmppSignedPreKey,
} from '@whiskeysockets/baileys'
import type { BinaryNode, SignalKeyStore } from '@whiskeysockets/baileys'

const quiet = {
  level: 'silent',
  child: () => quiet,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

type Repository = ReturnType<typeof DEFAULT_CONNECTION_CONFIG.makeSignalRepository>
/** The keys that the office's device has laid down at the server. */
export type Bundle = Parameters<Repository['injectE2ESession']>[0]['session']

/** The library's keys over a store in memory: what is in `stored` is what the next process would find. */
export function keysIn(stored: Map<string, unknown>): ReturnType<typeof addTransactionCapability> {
  const store: SignalKeyStore = {
    get: (type, ids) =>
      Object.fromEntries(
        ids.flatMap((id) => (stored.has(`${type}/${id}`) ? [[id, stored.get(`${type}/${id}`)]] : [])),
      ) as never,
    set: (data) => {
      for (const [type, values] of Object.entries(data)) {
        for (const [id, value] of Object.entries(values)) {
          if (value === null) stored.delete(`${type}/${id}`)
          else stored.set(`${type}/${id}`, value)
        }
      }
    },
  }
  return addTransactionCapability(store, quiet, { maxCommitRetries: 1, delayBetweenTriesMs: 1 })
}

/** One phone's end of the Signal sessions, on Baileys' own repository over a store in memory. */
export class SignalDevice {
  readonly registrationId = generateRegistrationId()
  private readonly identity = Curve.generateKeyPair()
  private signedOnce: ReturnType<typeof signedKeyPair> | undefined
  private readonly stored = new Map<string, unknown>()
  private readonly keys: ReturnType<typeof addTransactionCapability>
  private repository: Repository
  private preKey = 0
  private readonly known = new Set<string>()

  constructor() {
    this.keys = keysIn(this.stored)
    this.repository = this.open()
  }

  /** Signing is slow in JavaScript, and who is never written to needs no such key. */
  private get signed(): ReturnType<typeof signedKeyPair> {
    return (this.signedOnce ??= signedKeyPair(this.identity, 1))
  }

  private open(): Repository {
    const signed = () => this.signed
    const creds = {
      signedIdentityKey: this.identity,
      get signedPreKey() {
        return signed()
      },
      registrationId: this.registrationId,
    }
    return DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds, keys: this.keys }, quiet)
  }

  /** What the server hands out for whoever wants to write to this phone. */
  async bundle(jid: string): Promise<BinaryNode> {
    this.preKey += 1
    const pair = Curve.generateKeyPair()
    await this.keys.set({ 'pre-key': { [this.preKey]: pair } })
    return {
      tag: 'user',
      attrs: { jid },
      content: [
        { tag: 'registration', attrs: {}, content: encodeBigEndian(this.registrationId) },
        { tag: 'type', attrs: {}, content: Buffer.from([5]) },
        { tag: 'identity', attrs: {}, content: this.identity.public },
        xmppPreKey(pair, this.preKey),
        xmppSignedPreKey(this.signed),
      ],
    }
  }

  async encrypt(jid: string, bundle: () => Bundle, message: proto.IMessage): Promise<BinaryNode> {
    if (!this.known.has(jid)) {
      await this.repository.injectE2ESession({ jid, session: bundle() })
      this.known.add(jid)
    }
    const data = writeRandomPadMax16(proto.Message.encode(message).finish())
    const { type, ciphertext } = await this.repository.encryptMessage({ jid, data })
    return { tag: 'enc', attrs: { v: '2', type }, content: ciphertext }
  }

  async decrypt(jid: string, enc: BinaryNode): Promise<proto.IMessage> {
    const type = enc.attrs['type']
    if (type !== 'pkmsg' && type !== 'msg') throw new Error(`nobody sends ${type}`)
    const plain = await this.repository.decryptMessage({ jid, type, ciphertext: enc.content as Uint8Array })
    this.known.add(jid)
    return proto.Message.decode(unpadRandomMax16(plain))
  }

  /** A phone that was set up anew, or whose sessions broke. */
  forget(): void {
    for (const key of this.stored.keys()) if (key.startsWith('session/')) this.stored.delete(key)
    this.known.clear()
  }
  close(): void {
    this.repository.close?.()
  }
}
