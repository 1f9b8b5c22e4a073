import type { WhatsappAlert } from '../../models/whatsapp/state.ts'

/** What follows on the end of a connection. */
export type Next =
  /** The platform asks for a new connection. */
  | { kind: 'at-once' }
  | { kind: 'back-off'; alert?: WhatsappAlert }
  /** Another socket has opened our session: only whoever holds the lease may come back. */
  | { kind: 'if-still-holder' }
  /** The device was removed: its keys are void, and pairing begins anew. */
  | { kind: 'pair-anew'; alert?: WhatsappAlert }
  /** Every further attempt would make it worse. */
  | { kind: 'stop'; alert: WhatsappAlert }
  /** The platform speaks to newer clients only. */
  | { kind: 'new-version'; alert: WhatsappAlert }

const RESTART_REQUIRED = 515
const REPLACED = 440
const LOGGED_OUT = 401
const FORBIDDEN = 403
const OUTDATED = 405
const TIMED_OUT = 408

/**
 * The table of disconnects. `code` is that of the library's last error, undefined where the connection was ended by us;
 * `paired` whether there was a linked device at all: an unpaired one whose QR strings ran out begins again.
 */
export function afterDisconnect(code: number | undefined, paired: boolean): Next {
  switch (code) {
    case RESTART_REQUIRED:
      return { kind: 'at-once' }
    case REPLACED:
      return { kind: 'if-still-holder' }
    case LOGGED_OUT:
      return paired ? { kind: 'pair-anew', alert: 'unlinked' } : { kind: 'back-off' }
    case FORBIDDEN:
      return { kind: 'stop', alert: 'banned' }
    case OUTDATED:
      return { kind: 'new-version', alert: 'outdated' }
    case TIMED_OUT:
      return paired ? { kind: 'back-off' } : { kind: 'at-once' }
    default:
      return { kind: 'back-off' }
  }
}

const FIRST_MS = 1_000
const LONGEST_MS = 300_000

/** Milliseconds before attempt `n` (from 0): doubled each time, up to half of it taken off; `random` is 0 to 1. */
export function reconnectDelay(n: number, random: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(n, 16)) * (1 - random / 2)
}
