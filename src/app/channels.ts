import type { FastifyInstance } from 'fastify'
import { Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import type { PartState } from '../admin/deps.ts'
import type { Channel, Health } from '../bots/channel.ts'
import { PLATFORM_RATES } from '../bots/outbound.ts'
import type { ChannelRate } from '../bots/pace.ts'
import { typingMs } from '../bots/whatsapp/typing.ts'
import { createWebchat } from '../bots/webchat/webchat.ts'
import type { Env, ProcessRole } from '../config/env.ts'
import type { Log } from '../config/log.ts'
import type { Office } from '../config/office-schema.ts'
import { afterQuiet } from '../config/quiet-hours.ts'
import type { Blobs } from '../media/blobs.ts'
import type { ChannelName } from '../models/chat/message.ts'
import type { Database } from '../models/store/connect.ts'
import type { Leases } from '../models/store/leases.ts'
import { WHATSAPP_LEASE, createWhatsappStates } from '../models/whatsapp/state.ts'
import type { Sealer } from '../models/store/sealing.ts'
import type { Intake } from '../conversation/talk/intake.ts'

export type ChannelsDeps = {
  env: Env
  office: Office
  database: Database
  sealer: Sealer
  blobs: Blobs
  leases: Leases
  /** Names this process among those that share a lease. */
  holder: string
  now: () => Date
  log: Log
}

export type Channels = {
  map: ReadonlyMap<ChannelName, Channel>
  /** Resolves when all have started. */
  start(intake: Intake): Promise<void>
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
      : (await import('../bots/telegram/telegram.ts')).createTelegram({
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
    const { createWhatsapp } = await import('../bots/whatsapp/whatsapp.ts')
    return createWhatsapp({
      ...deps,
      url: env.WHATSAPP_WS_URL,
      lease: {
        hold: (ms) => leases.hold(WHATSAPP_LEASE, holder, ms),
        release: () => leases.release(WHATSAPP_LEASE, holder),
      },
      openBlob: (blob) => blobs.get(blob),
      typingMs: office.whatsapp.typing && env.WHATSAPP_WS_URL === undefined ? typingMs : () => 0,
    })
  }
  const on = [telegram, webchat, whatsapp].filter((channel) => channel !== undefined)
  const whatsappStates = createWhatsappStates(deps)
  const states = new Map<ChannelName, Health>(on.map((channel) => [channel.name, { state: 'connecting' }]))

  return {
    map: new Map<ChannelName, Channel>(on.map((channel) => [channel.name, channel])),
    async start(intake) {
      await Promise.all(
        on.map((channel) =>
          channel.start({
            onMessage: (message, inOrder) => intake.onMessage(message, inOrder),
            onChange: (change) => intake.onChange(change),
            onReceipt: (receipt) => intake.onReceipt(channel.name, receipt),
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

/** What goes out, and when. */
export type OutgoingRules = {
  rates: Partial<Record<ChannelName, ChannelRate>>
  /** Events of one school within so many seconds go in one notice. */
  groupSeconds: number
  /** When a notice may go at the earliest. */
  loud: (at: Date) => Date
}

const DEMO_GROUP_SECONDS = 5

/** The office's rules; in DEMO nobody waits long to hear of an outcome, and there are no quiet hours. */
export function outgoingRules(env: Env, office: Office): OutgoingRules {
  const { groupSeconds } = office.notices
  return {
    rates: platformRates(env, office),
    groupSeconds: env.demo ? Math.min(groupSeconds, DEMO_GROUP_SECONDS) : groupSeconds,
    loud: env.demo ? (at) => at : (at) => afterQuiet(office.hours, at),
  }
}

/** What each platform lets us send; a server of our own in its place (tests, a local Bot API) says itself what is too much. */
function platformRates(env: Env, office: Office): Partial<Record<ChannelName, ChannelRate>> {
  const perSecond = office.whatsapp.perMinute / 60
  const whatsapp = { overall: { perSecond, burst: 10 }, chat: { perSecond: 1, burst: 5 } }
  return {
    ...(env.TELEGRAM_API_ROOT === undefined ? PLATFORM_RATES : {}),
    ...(env.WHATSAPP_WS_URL === undefined ? { whatsapp } : {}),
  }
}
