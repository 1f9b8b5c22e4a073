import { setTimeout as wait } from 'node:timers/promises'
import { jidDecode } from '@whiskeysockets/baileys'
import type { BaileysEventMap, ConnectionState, WAMessage, WAVersion } from '@whiskeysockets/baileys'
import type { Log } from '../../config/log.ts'
import type { WhatsappSecrets } from '../../models/whatsapp/auth.ts'
import type { WhatsappAlert, WhatsappCommand, WhatsappState, WhatsappStates } from '../../models/whatsapp/state.ts'
import type { Health } from '../channel.ts'
import { isPaired, openAuth } from './auth.ts'
import { afterDisconnect, reconnectDelay } from './disconnects.ts'
import type { Next } from './disconnects.ts'
import { whileHeld } from './lease.ts'
import type { SessionLease } from './lease.ts'
import { quietLogger } from './quiet.ts'
import { openConnection } from './socket.ts'
import type { Connection } from './socket.ts'

/** After a kill the next process waits so long; renewed four times as often. */
const LEASE_MS = 4_000
const COMMANDS_MS = 1_000
/** The order of arrival grows over restarts: the lease's token stands before the count. */
const ORDERS_PER_TOKEN = 2 ** 32

export type SessionDeps = {
  /** Another address than the platform's: tests. */
  url: string | undefined
  secrets: WhatsappSecrets
  states: WhatsappStates
  lease: SessionLease
  take: (message: WAMessage, order: number) => Promise<void>
  sentPayload: (id: string) => Promise<Buffer | undefined>
  onUpdates: (updates: BaileysEventMap['messages.update']) => void
  onHealth: (health: Health) => void
  /** What the platform speaks to now; undefined where that cannot be found out. */
  newestVersion: () => Promise<WAVersion | undefined>
  /** This process has become the holder: what it remembers may be old. */
  onHeld: () => void
  now: () => Date
  random: () => number
  log: Log
}

/** Keeps the office's one session open: lease, connections one after the other, pairing, and the console's wishes. */
export function createSession(deps: SessionDeps) {
  const { states, lease, log, now, random } = deps
  const logger = quietLogger(log)
  const ending = new AbortController()
  const settled = Promise.withResolvers<void>()
  let connection: Connection | undefined
  let fence = 0
  let counted = 0
  let account = ''
  let version: WAVersion | undefined
  let state: WhatsappState = { state: 'connecting', since: now() }
  let reporting = Promise.resolve()
  let running: Promise<void> | undefined

  function health(next: Health): void {
    deps.onHealth(next)
    if (next.state === 'open' || next.state === 'waiting' || next.state === 'stopped') settled.resolve()
  }
  /** What changes of the state is shown to the console; undefined takes a field away. */
  function report(change: { [K in keyof WhatsappState]?: WhatsappState[K] | undefined }): void {
    const since = change.state !== undefined && change.state !== state.state ? now() : state.since
    const next: Record<string, unknown> = { ...state, ...change, since }
    for (const [field, value] of Object.entries(next)) if (value === undefined) delete next[field]
    state = next as WhatsappState
    const [said, token] = [state, fence]
    reporting = reporting
      .then(() => states.report(said, token))
      .catch((error: unknown) => log.warn({ err: error }, 'could not report the state of WhatsApp'))
  }

  /** While this process holds the lease; ends with the session's last connection closed. */
  async function keep(held: AbortSignal): Promise<void> {
    for (let attempt = 0; !held.aborted;) {
      const auth = await openAuth(deps.secrets, fence)
      const fault = Promise.withResolvers<undefined>()
      const wish = Promise.withResolvers<WhatsappCommand>()
      report({ state: 'connecting', qr: undefined, pairingCode: undefined, downSince: state.downSince ?? now() })
      health({ state: 'connecting' })
      const opened = openConnection({
        ...deps,
        auth,
        version,
        logger,
        nextOrder: () => fence * ORDERS_PER_TOKEN + counted++,
        onState(change) {
          if (change.connection === 'open') {
            attempt = 0
            account = jidDecode(auth.creds.me?.id)?.user ?? ''
          }
          onState(change)
        },
        onFault(error) {
          log.error({ err: error }, 'the keys of WhatsApp could not be kept')
          fault.resolve(undefined)
        },
      })
      connection = opened
      const listening = listen(opened, wish.resolve, AbortSignal.any([held]))
      const code = await Promise.race([opened.closed, fault.promise, wish.promise.then(() => undefined), aborted(held)])
      connection = undefined
      await opened.end()
      listening.abort()
      if (held.aborted) return
      const lastError = code === undefined ? undefined : String(code)
      log.info({ code }, 'the connection to WhatsApp has ended')
      report({ qr: undefined, pairingCode: undefined, lastError, downSince: state.downSince ?? now() })
      const next = afterDisconnect(code, isPaired(auth.creds))
      attempt = await follow(next, attempt, held)
    }
  }

  /** Does what the end of a connection asks for; gives back the number of the next attempt. */
  async function follow(next: Next, attempt: number, held: AbortSignal): Promise<number> {
    if ('alert' in next && next.alert) raise(next.alert)
    switch (next.kind) {
      case 'at-once':
        return 0
      case 'pair-anew':
        await deps.secrets.wipe(fence)
        return 0
      case 'stop': {
        report({ state: 'stopped' })
        health({ state: 'stopped', reason: 'banned' })
        await untilAsked(held)
        report({ alert: undefined })
        return 0
      }
      case 'new-version':
        version = await deps.newestVersion().catch(() => undefined)
        break
      case 'if-still-holder':
        // whoever took it over is the one that opened the other socket: this one does not come back
        if ((await lease.hold(LEASE_MS)) !== fence) {
          await aborted(held)
          return 0
        }
        break
      case 'back-off':
        break
    }
    report({ state: 'waiting' })
    // not only at the next attempt, which may be minutes away
    health({ state: 'connecting' })
    await pause(reconnectDelay(attempt, random()), held)
    return attempt + 1
  }
  function raise(alert: WhatsappAlert): void {
    log.error({ alert }, 'WhatsApp needs the office')
    report({ alert })
  }

  function onState(change: Partial<ConnectionState>): void {
    if (change.qr !== undefined) {
      report({ state: 'pairing', qr: change.qr })
      health({ state: 'waiting', reason: 'pairing' })
    }
    if (change.reachoutTimeLock) {
      report({ alert: change.reachoutTimeLock.isActive ? 'reachout-lock' : undefined })
    }
    if (change.connection !== 'open') return
    const alert = state.alert === 'reachout-lock' ? state.alert : undefined
    report({
      state: 'open',
      phone: account,
      qr: undefined,
      pairingCode: undefined,
      lastError: undefined,
      downSince: undefined,
      alert,
    })
    health({ state: 'open' })
    // the platform may have lifted it while nobody listened; it answers by an update of the state
    if (alert) connection?.socket.fetchAccountReachoutTimelock().catch(() => undefined)
  }

  /** Looks for the console's wishes while a connection lives. */
  function listen(opened: Connection, again: (wish: WhatsappCommand) => void, held: AbortSignal): AbortController {
    const over = new AbortController()
    const signal = AbortSignal.any([held, over.signal])
    const loop = async (): Promise<void> => {
      while (!signal.aborted) {
        try {
          const wish = await states.taken()
          if (wish) await obey(wish, opened, again)
        } catch (error) {
          // a connection lives for weeks: one failure of a store must not make it deaf to the console
          log.warn({ err: error }, 'a wish of the console was not followed')
        }
        await pause(COMMANDS_MS, signal)
      }
    }
    void loop()
    return over
  }
  async function obey(wish: WhatsappCommand, opened: Connection, again: (wish: WhatsappCommand) => void) {
    if (wish.kind === 'unlink') {
      if (state.state === 'open') await opened.socket.logout()
      else {
        await deps.secrets.wipe(fence)
        again(wish)
      }
    } else if (state.state === 'pairing' && wish.phone !== undefined) {
      report({ pairingCode: await opened.socket.requestPairingCode(wish.phone) })
    }
  }
  async function untilAsked(held: AbortSignal): Promise<void> {
    while (!held.aborted) {
      const wish = await states.taken().catch(() => undefined)
      if (wish?.kind === 'unlink') await deps.secrets.wipe(fence)
      if (wish) return
      await pause(COMMANDS_MS, held)
    }
  }

  /** What the holder before this one was unable to mend is still so. */
  async function remember(): Promise<void> {
    const before = await states.read()
    if (before?.downSince) state = { ...state, downSince: before.downSince }
    if (before?.alert) state = { ...state, alert: before.alert }
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        const token = await lease.hold(LEASE_MS)
        if (token === null) {
          // ready to take over: as good as open
          health({ state: 'open', reason: 'standby' })
          await pause(LEASE_MS / 4, ending.signal)
          continue
        }
        fence = token
        deps.onHeld()
        await remember()
        await whileHeld({ lease, token, ms: LEASE_MS, ending: ending.signal, log }, keep)
      } catch (error) {
        log.warn({ err: error }, 'WhatsApp could not be kept open')
        health({ state: 'connecting', reason: 'unreachable' })
        await pause(reconnectDelay(0, random()), ending.signal)
      }
    }
    // only who has had the connection may say that it is gone
    if (fence > 0)
      report({ state: 'waiting', qr: undefined, pairingCode: undefined, downSince: state.downSince ?? now() })
    await reporting
    await lease.release().catch((error: unknown) => log.warn({ err: error }, 'could not release the session'))
  }

  return {
    /** Resolves once open, waiting to be paired, stopped by the platform, or ready to take over. */
    start(): Promise<void> {
      running ??= run()
      return settled.promise
    },
    /** The open connection; undefined while there is none, or another process has it. */
    open: (): Connection | undefined => (state.state === 'open' ? connection : undefined),
    /** The office's own number, once the device is linked. */
    account: () => account,
    raise,
    async stop(): Promise<void> {
      ending.abort()
      settled.resolve()
      await running
    },
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined)
}
function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}
