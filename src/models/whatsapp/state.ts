import type { Connection } from 'mongoose'
import { isDuplicateKey } from '../store/errors.ts'
import type { Sealer } from '../store/sealing.ts'
import { toBuffer } from '../store/binary.ts'
import { leaseModel } from '../store/leases.ts'
import type { LeaseDocument } from '../store/leases.ts'
import { keptIn, modelOf } from '../store/kept.ts'

export type WhatsappConnection = 'pairing' | 'connecting' | 'open' | 'waiting' | 'stopped'
/** What the office has to know: its device was removed, its number banned or restricted, the client is too old. */
export type WhatsappAlert = 'unlinked' | 'banned' | 'reachout-lock' | 'outdated'
/** What the console shows. `qr` and `pairingCode` are there only while pairing. */
export type WhatsappState = {
  state: WhatsappConnection
  since: Date
  qr?: string
  pairingCode?: string
  phone?: string
  /** The code of the last disconnect. */
  lastError?: string
  alert?: WhatsappAlert
  /** Since when there has been no connection, while there is none. */
  downSince?: Date
}
/** What is shown: the alert as it is now, and `waiting` where the process with the connection is gone. */
export type SeenWhatsapp = Omit<WhatsappState, 'alert'> & { alert?: WhatsappAlert | 'long-outage' }
export type WhatsappCommand = { kind: 'pair' | 'unlink'; phone?: string }

type WhatsappStateDocument = { _id: string; fence: number; sealed?: Buffer; number: number }
/** The lease under which the one connection is held. */
export const WHATSAPP_LEASE = 'whatsapp'
/** Another process takes over within seconds; then nobody does. */
const GONE_MS = 15_000
/** Shorter outages mend themselves before anybody could act. */
const LONG_OUTAGE_MS = 10 * 60_000
const STATE = 'state'
const COMMAND = 'command'

const schema = keptIn<WhatsappStateDocument>('whatsapp-state')
export const whatsappState = modelOf('WhatsappState', schema)

export type WhatsappStates = ReturnType<typeof createWhatsappStates>

/** How the process with the connection and the ones with the console speak to each other. */
export function createWhatsappStates({ database, sealer }: { database: Connection; sealer: Sealer }) {
  const model = whatsappState(database)

  return {
    /** The connection's holder says how it is; a holder that has lost the lease changes nothing. */
    async report(state: WhatsappState, fence: number): Promise<void> {
      const change = { $set: { fence, sealed: sealer.sealJson(state) } }
      try {
        await model.updateOne({ _id: STATE, fence: { $lte: fence } }, change, { upsert: true })
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
    },

    /** Undefined before WhatsApp was ever switched on. */
    async read(): Promise<WhatsappState | undefined> {
      const row = await model.findById(STATE).lean<WhatsappStateDocument>()
      if (!row?.sealed) return undefined
      const state = sealer.openJson<WhatsappState>(toBuffer(row.sealed))
      return {
        ...state,
        since: new Date(state.since),
        ...(state.downSince ? { downSince: new Date(state.downSince) } : {}),
      }
    },

    /** As people are to see it at `now`: an outage is told from the lease, too, since a killed process says nothing. */
    async seen(now: Date): Promise<SeenWhatsapp | undefined> {
      const [state, lease] = await Promise.all([
        this.read(),
        leaseModel(database).findById(WHATSAPP_LEASE).lean<LeaseDocument>(),
      ])
      return state && seenAt(state, lease?.until, now)
    },

    /** Asks the connection's holder for something; a newer wish replaces one that waits. */
    async ask(command: WhatsappCommand): Promise<void> {
      const change = { $set: { sealed: sealer.sealJson(command) }, $inc: { number: 1 } }
      await model.updateOne({ _id: COMMAND }, change, { upsert: true })
    },

    /** Takes the wish that waits, once. */
    async taken(): Promise<WhatsappCommand | undefined> {
      const row = await model
        .findOneAndUpdate(
          { _id: COMMAND, sealed: { $exists: true } },
          { $unset: { sealed: 1 } },
          { returnDocument: 'before' },
        )
        .lean<WhatsappStateDocument>()
      return row?.sealed ? sealer.openJson<WhatsappCommand>(toBuffer(row.sealed)) : undefined
    },
  }
}

function seenAt(state: WhatsappState, heldUntil: Date | undefined, now: Date): SeenWhatsapp {
  // a lease that was given back has no end of its own: then the state says since when
  const gone =
    state.state !== 'waiting' &&
    heldUntil !== undefined &&
    heldUntil.getTime() > 0 &&
    now.getTime() - heldUntil.getTime() > GONE_MS
  const shown: SeenWhatsapp = gone ? { ...withoutPairing(state), ...down(heldUntil) } : state
  const { downSince } = shown
  const long =
    downSince !== undefined && shown.state !== 'pairing' && now.getTime() - downSince.getTime() > LONG_OUTAGE_MS
  return shown.alert === undefined && long ? { ...shown, alert: 'long-outage' } : shown
}
function down(since: Date): Pick<WhatsappState, 'state' | 'since' | 'downSince'> {
  return { state: 'waiting', since, downSince: since }
}
function withoutPairing({ qr: _qr, pairingCode: _code, ...state }: WhatsappState): WhatsappState {
  return state
}
