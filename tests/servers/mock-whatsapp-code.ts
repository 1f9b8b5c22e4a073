import { Curve, aesDecryptCTR, aesDecryptGCM, aesEncryptCTR, derivePairingCodeKey, hkdf } from '@whiskeysockets/baileys'
import type { BinaryNode, KeyPair } from '@whiskeysockets/baileys'
import { randomBytes } from 'node:crypto'
import type { NewDevice } from './mock-whatsapp-pairing.ts'
import { DOMAIN, bytesOf, child, nowSeconds } from './mock-whatsapp-nodes.ts'

/** Salt, initial vector, then a key of 32 bytes under the code that both ends know. */
const SALT = 32
const IV = 48
const WRAPPED = 80
const GCM_IV = 44

/** Pairing by a code that the new device shows and somebody types on the account's phone. */
export class CodePairing {
  private readonly ephemeral = Curve.generateKeyPair()
  private readonly account: KeyPair
  private readonly hello: BinaryNode
  private code = ''

  /** `hello`: what the new device sent when it made its code. */
  constructor(account: KeyPair, hello: BinaryNode) {
    this.account = account
    this.hello = hello
  }

  /** The phone's answer under the typed code, for the new device. */
  async typed(code: string): Promise<BinaryNode> {
    this.code = code
    const salt = randomBytes(SALT)
    const iv = randomBytes(IV - SALT)
    const wrapped = aesEncryptCTR(this.ephemeral.public, await derivePairingCodeKey(code, salt), iv)
    const content = [
      { tag: 'link_code_pairing_ref', attrs: {}, content: Buffer.from('ref') },
      { tag: 'primary_identity_pub', attrs: {}, content: this.account.public },
      {
        tag: 'link_code_pairing_wrapped_primary_ephemeral_pub',
        attrs: {},
        content: Buffer.concat([salt, iv, wrapped]),
      },
    ]
    // the platform itself is an address without a user; without the sign the library takes it for an unknown sender
    const attrs = { id: 'code-1', type: 'link_code_companion_reg', from: `@${DOMAIN}`, t: nowSeconds() }
    return {
      tag: 'notification',
      attrs,
      content: [{ tag: 'link_code_companion_reg', attrs: { stage: 'primary_hello' }, content }],
    }
  }

  /** Opens the device's last word. Throws where the code that was typed is not the one that the device shows. */
  async finish(last: BinaryNode): Promise<NewDevice> {
    const wrapped = bytesOf(child(this.hello, 'link_code_pairing_wrapped_companion_ephemeral_pub'))
    const key = await derivePairingCodeKey(this.code, wrapped.subarray(0, SALT))
    const theirs = aesDecryptCTR(wrapped.subarray(IV, WRAPPED), key, wrapped.subarray(SALT, IV))
    const shared = Curve.sharedKey(this.ephemeral.private, theirs)
    const sealed = bytesOf(child(last, 'link_code_pairing_wrapped_key_bundle'))
    const info = 'link_code_pairing_key_bundle_encryption_key'
    const bundleKey = hkdf(shared, 32, { salt: sealed.subarray(0, SALT), info })
    const iv = sealed.subarray(SALT, GCM_IV)
    const bundle = aesDecryptGCM(sealed.subarray(GCM_IV), bundleKey, iv, Buffer.alloc(0))
    const identity = bundle.subarray(0, 32)
    const between = Curve.sharedKey(this.account.private, identity)
    const secret = hkdf(Buffer.concat([shared, between, bundle.subarray(64)]), 32, { info: 'adv_secret' })
    return { identity, secret: Buffer.from(secret) }
  }
}
