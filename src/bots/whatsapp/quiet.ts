import type { ILogger } from '@whiskeysockets/baileys/lib/Utils/logger.js'
import type { Log } from '../../config/log.ts'

const NAMES = ['debug', 'dir', 'error', 'info', 'log', 'trace', 'warn'] as const

/**
 * libsignal prints whole sessions, private keys included, through the console. Nothing of ours uses it, so it is closed
 * for the whole process; the result opens it again (tests).
 */
export function closeConsole(): () => void {
  const target = globalThis.console
  const before = Object.fromEntries(NAMES.map((name) => [name, target[name]]))
  for (const name of NAMES) Object.assign(target, { [name]: () => undefined })
  return () => void Object.assign(target, before)
}

/**
 * The library's own log, without what it says: its objects hold addresses, keys and texts. What it warns of is counted
 * by its fixed sentences alone.
 */
export function quietLogger(log: Log): ILogger {
  const says = (write: (fields: object, message: string) => void) => (_about: unknown, message?: string) => {
    if (message !== undefined && FIXED.has(message)) write({ says: message }, 'whatsapp client')
  }
  const logger: ILogger = {
    level: 'warn',
    child: () => logger,
    trace: () => undefined,
    debug: () => undefined,
    info: () => undefined,
    warn: says((fields, message) => log.debug(fields, message)),
    error: says((fields, message) => log.warn(fields, message)),
  }
  return logger
}

/** Sentences of the library that are the same whoever they are about. */
const FIXED = new Set([
  'failed to decrypt message',
  'error in handling message',
  'error in sending message again',
  'error in validating connection',
  'stream errored out',
  'failed to ack message after error',
  'Failed to send retry',
  'transaction failed, rolling back',
])
