import { generateSignalPubKey, getBinaryNodeChildUInt } from '@whiskeysockets/baileys'
import type { BinaryNode, proto } from '@whiskeysockets/baileys'
import type { Bundle } from './mock-whatsapp-device.ts'
import { bytesOf, child, children } from './mock-whatsapp-nodes.ts'

type SignedKey = Bundle['signedPreKey']

/** The key bundle that the linked device has laid down: whoever writes to it first takes a one-time key. */
export class OfficeKeys {
  private registrationId = 0
  private identity: Buffer = Buffer.alloc(0)
  private signed: SignedKey | undefined
  private readonly oneTime: { keyId: number; publicKey: Uint8Array }[] = []

  /** Keys that the platform says it has beyond the uploaded ones: where it has none, a device makes 812 at once. */
  spare = 0

  get count(): number {
    return this.oneTime.length + this.spare
  }

  /** A device that begins to pair: the keys of the one before it are void. */
  register(data: proto.ClientPayload.IDevicePairingRegistrationData): void {
    this.oneTime.length = 0
    this.signed = undefined
    this.identity = Buffer.from(data.eIdent ?? [])
  }

  upload(node: BinaryNode): void {
    this.registrationId = getBinaryNodeChildUInt(node, 'registration', 4) ?? 0
    this.identity = bytesOf(child(node, 'identity'))
    const signed = child(node, 'skey')
    if (!signed) throw new Error('an upload without a signed key')
    this.signed = { ...keyOf(signed), signature: bytesOf(child(signed, 'signature')) }
    this.oneTime.push(...children(child(node, 'list'), 'key').map(keyOf))
  }

  /** Taken from a retry receipt of the device, which brings fresh keys. */
  bundleOf(keys: BinaryNode, registrationId: number): Bundle {
    const signed = child(keys, 'skey')
    const oneTime = child(keys, 'key')
    if (!signed) throw new Error('a retry without a signed key')
    return {
      registrationId,
      identityKey: generateSignalPubKey(bytesOf(child(keys, 'identity'))),
      signedPreKey: { ...keyOf(signed), signature: bytesOf(child(signed, 'signature')) },
      ...(oneTime ? { preKey: keyOf(oneTime) } : {}),
    }
  }

  bundle(): Bundle {
    if (!this.signed) throw new Error('no device has laid down its keys')
    const preKey = this.oneTime.shift()
    return {
      registrationId: this.registrationId,
      identityKey: generateSignalPubKey(this.identity),
      signedPreKey: this.signed,
      ...(preKey ? { preKey } : {}),
    }
  }
}

function keyOf(node: BinaryNode): { keyId: number; publicKey: Uint8Array } {
  return {
    keyId: getBinaryNodeChildUInt(node, 'id', 3) ?? 0,
    publicKey: generateSignalPubKey(bytesOf(child(node, 'value'))),
  }
}
