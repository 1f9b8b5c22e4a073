import type { Env } from '../config/env.ts'
import type { Office } from '../config/office-schema.ts'
import { afterQuiet } from '../config/quiet-hours.ts'
import type { ChannelName } from '../models/chat/message.ts'
import { PLATFORM_RATES } from './outbound.ts'
import type { ChannelRate } from './pace.ts'

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
