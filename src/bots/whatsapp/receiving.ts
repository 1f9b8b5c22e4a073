import { AsyncLocalStorage } from 'node:async_hooks'
import {
  DEFAULT_CONNECTION_CONFIG,
  decodeMessageNode,
  jidNormalizedUser,
  proto,
  unpadRandomMax16,
} from '@whiskeysockets/baileys'
import type { BinaryNode, SignalKeyStoreWithTransaction, SocketConfig, WAMessage } from '@whiskeysockets/baileys'
import type { EventEmitter } from 'node:events'
import { createTurning } from './turning.ts'

type MakeRepository = SocketConfig['makeSignalRepository']
/** One stanza, from the moment it came in. */
type Arrival = { node: BinaryNode; order: number; taken: boolean }

/** The library hands a message over soon after it was taken, or never. */
const MOST_ARRIVALS = 5_000

export type ReceivingDeps = {
  /** Takes the next place in the order of arrival. */
  nextOrder: () => number
  /** Who we are, once logged in. */
  me: () => { id: string; lid: string }
  /** Persists what a message says. Resolves when it is durable; never rejects, and never resolves after the end. */
  take: (message: WAMessage, order: number) => Promise<void>
}

/**
 * Closes the library's receipt window. Baileys tells the platform that it has a message before any handler of ours has
 * seen it, and it stores the session's turned ratchet before that: a crash in between would lose the message for ever.
 * So we persist inside the decryption itself, in the same transaction, before its keys are written: until that resolves
 * the platform has no receipt and hands the message over again, and the session still can read it. See docs/adr.
 */
export function createReceiving({ nextOrder, me, take }: ReceivingDeps) {
  const byCiphertext = new WeakMap<Uint8Array, Arrival>()
  const byId = new Map<string, Arrival>()
  // the library's transactions follow their callers: what a handler sends must not write its keys into this one
  const outside = AsyncLocalStorage.snapshot()

  /** Sees every message stanza before the library does. */
  function watch(ws: EventEmitter): void {
    ws.prependListener('CB:message', (node: BinaryNode) => {
      const arrival = remember(node)
      if (!Array.isArray(node.content)) return
      for (const { tag, content } of node.content) {
        if (tag === 'enc' && content instanceof Uint8Array) byCiphertext.set(content, arrival)
      }
    })
  }
  /** The same message again keeps its first place. */
  function remember(node: BinaryNode): Arrival {
    const id = nameOf(node.attrs['from'], node.attrs['id'])
    const known = byId.get(id)
    const arrival = { node, order: known?.order ?? nextOrder(), taken: known?.taken ?? false }
    byId.delete(id)
    byId.set(id, arrival)
    const oldest = byId.size > MOST_ARRIVALS ? byId.keys().next().value : undefined
    if (oldest !== undefined) byId.delete(oldest)
    return arrival
  }

  const makeSignalRepository: MakeRepository = (auth, logger, pnToLid) => {
    const inner = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, pnToLid)
    const inTurn = createTurning(inner.lidMapping, auth.keys as SignalKeyStoreWithTransaction)
    return {
      ...inner,
      encryptMessage: (plain) => inTurn(plain.jid, () => inner.encryptMessage(plain)),
      injectE2ESession: (given) => inTurn(given.jid, () => inner.injectE2ESession(given)),
      decryptMessage(sealed) {
        const arrival = byCiphertext.get(sealed.ciphertext)
        // the library's own transaction joins this one: the keys are written when both have ended
        return inTurn(sealed.jid, async () => {
          const plain = await inner.decryptMessage(sealed)
          const message = arrival && messageOf(arrival.node, plain, me())
          if (message) {
            await outside(() => take(message, arrival.order))
            const latest = byId.get(nameOf(arrival.node.attrs['from'], arrival.node.attrs['id']))
            if (latest) latest.taken = true
          }
          return plain
        })
      },
    }
  }

  /** A message as the library hands it over: what is not taken yet is taken now (placeholders, resent by the phone). */
  async function upserted(message: WAMessage): Promise<void> {
    const id = nameOf(message.key.remoteJid ?? '', message.key.id ?? '')
    const arrival = byId.get(id)
    if (arrival?.taken && message.message) return
    await take(message, arrival?.order ?? nextOrder())
  }

  return { watch, makeSignalRepository, upserted }
}

/** The message that the library will make of this; undefined for what it cannot read either. */
function messageOf(node: BinaryNode, plain: Uint8Array, me: { id: string; lid: string }): WAMessage | undefined {
  try {
    const { fullMessage } = decodeMessageNode(node, me.id, me.lid)
    const content = proto.Message.decode(unpadRandomMax16(plain))
    return { ...(fullMessage as WAMessage), message: content.deviceSentMessage?.message ?? content }
  } catch {
    return undefined
  }
}
function nameOf(jid: string | undefined, id: string | undefined): string {
  return `${jidNormalizedUser(jid)}/${id ?? ''}`
}
