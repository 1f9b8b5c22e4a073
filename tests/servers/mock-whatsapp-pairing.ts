import { Curve, hmacSign, proto } from '@whiskeysockets/baileys'
import type { BinaryNode, KeyPair } from '@whiskeysockets/baileys'
import { DOMAIN, nowSeconds } from './mock-whatsapp-nodes.ts'

const ACCOUNT_SIGNATURE_PREFIX = Buffer.from([6, 0])

/** Six references: the client makes a QR string of each, one after the other. */
export function pairingOffer(): BinaryNode {
  const refs = [1, 2, 3, 4, 5, 6].map((i) => ({ tag: 'ref', attrs: {}, content: Buffer.from(`ref-${i}`) }))
  return {
    tag: 'iq',
    attrs: { from: DOMAIN, type: 'set', id: 'pair-1', xmlns: 'md' },
    content: [{ tag: 'pair-device', attrs: {}, content: refs }],
  }
}

/** What the account's phone learns of a device that wants to be linked. */
export type NewDevice = { identity: Buffer; secret: Buffer }

export function deviceOfQr(qr: string): NewDevice {
  const [, , identity, secret] = (qr.split('#').at(-1) ?? '').split(',')
  if (identity === undefined || secret === undefined) throw new Error('this is no QR string of a device')
  return { identity: Buffer.from(identity, 'base64'), secret: Buffer.from(secret, 'base64') }
}

/** What the server sends after the account's phone has signed the new device's identity. */
export function pairingSuccess(
  { identity, secret }: NewDevice,
  account: KeyPair,
  { office, device }: { office: { pn: string; lid: string }; device: number },
): BinaryNode {
  const details = Buffer.from(
    proto.ADVDeviceIdentity.encode({
      rawId: 1,
      timestamp: Number(nowSeconds()),
      keyIndex: 1,
      accountType: proto.ADVEncryptionType.E2EE,
      deviceType: proto.ADVEncryptionType.E2EE,
    }).finish(),
  )
  const signed = Buffer.concat([ACCOUNT_SIGNATURE_PREFIX, details, identity])
  const signedIdentity = Buffer.from(
    proto.ADVSignedDeviceIdentity.encode({
      details,
      accountSignatureKey: account.public,
      accountSignature: Curve.sign(account.private, signed),
    }).finish(),
  )
  const hmac = hmacSign(signedIdentity, secret)
  const sealed = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signedIdentity, hmac }).finish()
  const jid = { jid: `${office.pn}:${device}@${DOMAIN}`, lid: `${office.lid}:${device}@lid` }
  const content = [
    { tag: 'device-identity', attrs: {}, content: Buffer.from(sealed) },
    { tag: 'device', attrs: jid },
    { tag: 'platform', attrs: { name: 'android' } },
  ]
  return {
    tag: 'iq',
    attrs: { from: DOMAIN, type: 'set', id: 'pair-2', t: nowSeconds() },
    content: [{ tag: 'pair-success', attrs: {}, content }],
  }
}
