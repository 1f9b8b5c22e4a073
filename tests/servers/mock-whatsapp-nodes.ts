import { encodeBigEndian, getBinaryNodeChild, getBinaryNodeChildren } from '@whiskeysockets/baileys'
import type { BinaryNode } from '@whiskeysockets/baileys'

export const DOMAIN = 's.whatsapp.net'
/** The linked device's number among the account's own. */
export const DEVICE = 7

export const child = (node: BinaryNode | undefined, tag: string): BinaryNode | undefined =>
  getBinaryNodeChild(node, tag)
export const children = (node: BinaryNode | undefined, tag: string): BinaryNode[] => getBinaryNodeChildren(node, tag)

export function bytesOf(node: BinaryNode | undefined): Buffer {
  return node?.content instanceof Uint8Array ? Buffer.from(node.content) : Buffer.alloc(0)
}
/** Seconds since 1970, as the platform's stanzas carry them. */
export function nowSeconds(): string {
  return String(Math.floor(Date.now() / 1000))
}

/** A phone's word that it could not read message `id`, with keys to write it anew. */
export function retryReceipt(of: {
  id: string
  from: string
  count: string
  registrationId: number
  bundle: BinaryNode
}): BinaryNode {
  const { id, from, count, registrationId, bundle } = of
  const keys = (bundle.content as BinaryNode[]).filter((node) => node.tag !== 'registration')
  return {
    tag: 'receipt',
    attrs: { id, from, type: 'retry', t: nowSeconds() },
    content: [
      { tag: 'retry', attrs: { count, id, t: nowSeconds(), v: '1' } },
      { tag: 'registration', attrs: {}, content: encodeBigEndian(registrationId) },
      { tag: 'keys', attrs: {}, content: keys },
    ],
  }
}
