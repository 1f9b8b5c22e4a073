import { AsyncLocalStorage } from 'node:async_hooks'
import type { SignalKeyStoreWithTransaction, SocketConfig } from '@whiskeysockets/baileys'

type Repository = ReturnType<SocketConfig['makeSignalRepository']>
export type Turning = <T>(jid: string, work: () => Promise<T>) => Promise<T>

const NUMBER = '@s.whatsapp.net'

/**
 * Each turn of a session with somebody's device is one transaction of its own, and durable before its result is used.
 * The library would encrypt and send in one transaction and write the keys after it: killed in between, the next
 * process takes a key of the chain for a second message, which the phone cannot read. It would also lock that
 * transaction by our own name, so that a message that comes in meanwhile turns the same session beside it.
 */
export function createTurning(
  lidMapping: Pick<Repository['lidMapping'], 'getLIDForPN'>,
  keys: SignalKeyStoreWithTransaction,
): Turning {
  // the library's transactions follow their callers: this one must not join that of the sending
  const outside = AsyncLocalStorage.snapshot()
  return async (jid, work) => {
    // a session belongs to the LID as soon as that is known, whichever address a message goes to
    const lid = jid.endsWith(NUMBER) ? await lidMapping.getLIDForPN(jid) : null
    return outside(() => keys.transaction(work, `session with ${lid ?? jid}`))
  }
}
