import type { FastifyInstance } from 'fastify'
import { Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import type { PartState } from '../admin/deps.ts'
import type { Change, Channel, Health, Receipt } from './channel.ts'
import { typingMs } from './whatsapp/typing.ts'
import { createWebchat } from './webchat/webchat.ts'
import type { Env, ProcessRole } from '../config/env.ts'
import type { Log } from '../config/log.ts'
import type { CurrentOffice } from '../config/office-settings.ts'
import type { Blobs } from '../media/blobs.ts'
import type { ChannelName, Inbound } from '../models/chat/message.ts'
import type { Database } from '../models/store/connect.ts'
import type { Leases } from '../models/store/leases.ts'
import { WHATSAPP_LEASE, createWhatsappStates } from '../models/whatsapp/state.ts'
import type { Sealer } from '../models/store/sealing.ts'

export type ChannelsDeps = {
  env: Env
  office: CurrentOffice
  database: Database
  sealer: Sealer
  blobs: Blobs
  leases: Leases
  /** Names this process among those that share a lease. */
  holder: string
  now: () => Date
  log: Log
}

/** What becomes of what comes in. */
export type Arrivals = {
  onMessage(message: Inbound, inOrder?: () => Promise<boolean>): Promise<void>
  onChange(change: Change): Promise<void>
  onReceipt(channel: ChannelName, receipt: Receipt): Promise<void>
}

export type Channels = {
  map: ReadonlyMap<ChannelName, Channel>
  /** Resolves when all have started. */
  start(arrivals: Arrivals): Promise<void>
  stop(): Promise<void>
  probes(): Record<string, () => Promise<PartState>>
  /** The same states for /metrics. */
  measure(registry: Registry): void
  hooks: (app: FastifyInstance) => Promise<void>
  demo: (app: FastifyInstance) => Promise<void>
}

/** The demo chat's messages come in where its page is served, and go out where the channels are. */
function channelsOf(roles: readonly ProcessRole[]): readonly ChannelName[] {
  if (roles.includes('bots')) return ['telegram', 'whatsapp', 'webchat']
  return roles.includes('admin') ? ['webchat'] : []
}

/** The channels that are switched on and that this process is for; the library of another is not loaded. */
export async function createChannels(deps: ChannelsDeps): Promise<Channels> {
  const { env, office, blobs, leases, holder, log } = deps
  const wanted = channelsOf(env.ROLES)
  const token = wanted.includes('telegram') ? env.TELEGRAM_BOT_TOKEN : undefined
  const telegram =
    token === undefined
      ? undefined
      : (await import('./telegram/telegram.ts')).createTelegram({
          token,
          apiRoot: env.TELEGRAM_API_ROOT,
          webhook: env.TELEGRAM_WEBHOOK_URL
            ? { url: env.TELEGRAM_WEBHOOK_URL, secret: env.TELEGRAM_WEBHOOK_SECRET }
            : undefined,
          pollLease: {
            hold: async (ms) => (await leases.hold('telegram-poll', holder, ms)) !== null,
            release: () => leases.release('telegram-poll', holder),
          },
          openBlob: (blob) => blobs.get(blob),
          now: deps.now,
          log,
        })
  const webchat = env.demo && wanted.includes('webchat') ? createWebchat({ ...deps, holding: blobs }) : undefined
  const whatsapp = env.WHATSAPP === 'baileys' && wanted.includes('whatsapp') ? await openWhatsapp() : undefined
  async function openWhatsapp(): Promise<Channel> {
    const { createWhatsapp } = await import('./whatsapp/whatsapp.ts')
    return createWhatsapp({
      ...deps,
      url: env.WHATSAPP_WS_URL,
      lease: {
        hold: (ms) => leases.hold(WHATSAPP_LEASE, holder, ms),
        release: () => leases.release(WHATSAPP_LEASE, holder),
      },
      openBlob: (blob) => blobs.get(blob),
      typingMs: office.current().whatsapp.typing && env.WHATSAPP_WS_URL === undefined ? typingMs : () => 0,
    })
  }
  const on = [telegram, webchat, whatsapp].filter((channel) => channel !== undefined)
  const whatsappStates = createWhatsappStates(deps)
  const states = new Map<ChannelName, Health>(on.map((channel) => [channel.name, { state: 'connecting' }]))

  return {
    map: new Map<ChannelName, Channel>(on.map((channel) => [channel.name, channel])),
    async start(arrivals) {
      await Promise.all(
        on.map((channel) =>
          channel.start({
            onMessage: (message, inOrder) => arrivals.onMessage(message, inOrder),
            onChange: (change) => arrivals.onChange(change),
            onReceipt: (receipt) => arrivals.onReceipt(channel.name, receipt),
            onHealth(health) {
              states.set(channel.name, health)
              log.info({ channel: channel.name, state: health.state, reason: health.reason }, 'channel')
            },
          }),
        ),
      )
    },
    async stop() {
      await Promise.all(on.map((channel) => channel.stop()))
    },
    probes() {
      const entries = on.map((channel) => [
        channel.name,
        async (): Promise<PartState> => {
          const { state } = states.get(channel.name) ?? { state: 'stopped' }
          const alert = channel === whatsapp ? (await whatsappStates.seen(deps.now()))?.alert : undefined
          // waiting to be paired counts as started
          const ready = state === 'open' || state === 'waiting'
          return { ready, state, ...(alert === undefined ? {} : { alert }) }
        },
      ])
      return Object.fromEntries(entries)
    },
    measure(registry) {
      const gauge = new Gauge({
        name: 'channel_ready',
        help: '1 while the channel can send and receive, or waits to be paired, by its state',
        labelNames: ['channel', 'state'],
        registers: [registry],
        collect() {
          gauge.reset()
          for (const { name } of on) {
            const { state } = states.get(name) ?? { state: 'stopped' }
            gauge.set({ channel: name, state }, state === 'open' || state === 'waiting' ? 1 : 0)
          }
        },
      })
      if (!whatsapp) return
      const alerts = new Gauge({
        name: 'whatsapp_alert',
        help: '1 while the office has to act on its WhatsApp number, by what happened',
        labelNames: ['alert'],
        registers: [registry],
        async collect() {
          const alert = (await whatsappStates.seen(deps.now()))?.alert
          alerts.reset()
          if (alert !== undefined) alerts.set({ alert }, 1)
        },
      })
    },
    async hooks(app) {
      await telegram?.routes(app)
    },
    async demo(app) {
      await webchat?.routes(app)
    },
  }
}
