import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createChannels } from '../../src/bots/channels.ts'
import { outgoingRules } from '../../src/bots/outgoing-rules.ts'
import { readEnv } from '../../src/config/env.ts'
import { createLog } from '../../src/config/log.ts'
import { loadOffice } from '../../src/config/office.ts'
import { createBlobs } from '../../src/media/blobs.ts'
import { createLeases } from '../../src/models/store/leases.ts'
import { createWhatsappStates } from '../../src/models/whatsapp/state.ts'
import { testDatabase, testSealer } from '../support/stores.ts'

async function channelsFor(ROLES: string, now = () => new Date()) {
  const context = { database: await testDatabase(), sealer: testSealer(), now, log: createLog('silent') }
  const channels = await createChannels({
    ...context,
    env: readEnv({
      ROLES,
      WHATSAPP: 'baileys',
      WHATSAPP_WS_URL: 'ws://127.0.0.1:1/',
      TELEGRAM_BOT_TOKEN: '1:rekaan',
      DEMO: '1',
    }),
    office: { current: () => loadOffice('office/balangan.yaml') },
    blobs: createBlobs({ root: '/nowhere', sealer: context.sealer, now }),
    leases: createLeases(context),
    holder: 'proses',
  })
  return { ...context, channels }
}

test('a process has those of the channels that are switched on which it is for', async () => {
  for (const [roles, names] of [
    ['all', ['telegram', 'webchat', 'whatsapp']],
    ['bots', ['telegram', 'webchat', 'whatsapp']],
    ['admin,worker', ['webchat']],
    ['worker', []],
  ] as const) {
    const { channels } = await channelsFor(roles)
    expect([...channels.map.keys()]).toEqual(names)
    expect(Object.keys(channels.probes())).toEqual(names)
  }
})

test('what the office has to act on stands in /readyz and /metrics, a long outage among it', async () => {
  let at = new Date('2026-11-24T01:00:00Z')
  const { channels, ...context } = await channelsFor('bots', () => at)
  const registry = new Registry()
  channels.measure(registry)
  const probe = () => channels.probes()['whatsapp']?.()
  const states = createWhatsappStates(context)
  expect(await probe()).toEqual({ ready: false, state: 'connecting' })
  await states.report({ state: 'waiting', since: at, downSince: at, lastError: '428' }, 1)
  expect(await probe()).toEqual({ ready: false, state: 'connecting' })
  at = new Date(at.getTime() + 11 * 60_000)
  expect(await probe()).toEqual({ ready: false, state: 'connecting', alert: 'long-outage' })
  expect(await registry.metrics()).toContain('whatsapp_alert{alert="long-outage"} 1')
  await states.report({ state: 'open', since: at, alert: 'reachout-lock' }, 1)
  const metrics = await registry.metrics()
  expect(metrics).toContain('whatsapp_alert{alert="reachout-lock"} 1')
  expect(metrics).not.toContain('long-outage')
})

test('the office sets how many messages a minute go over WhatsApp; a server of our own in its place is not spared', () => {
  const office = loadOffice('office/balangan.yaml')
  const careful = { ...office, whatsapp: { ...office.whatsapp, perMinute: 12 } }
  expect(outgoingRules(readEnv({}), careful).rates.whatsapp?.overall.perSecond).toBe(0.2)
  expect(outgoingRules(readEnv({ WHATSAPP_WS_URL: 'ws://127.0.0.1:1/' }), careful).rates).not.toHaveProperty('whatsapp')
})

test('in DEMO notices gather for five seconds at most and know no quiet hours', () => {
  const office = loadOffice('office/balangan.yaml')
  const night = new Date('2026-12-07T13:00:00Z')
  const demo = outgoingRules(readEnv({}), office)
  expect([demo.groupSeconds, demo.loud(night)]).toEqual([5, night])
  const real = outgoingRules(readEnv({ DEMO: '0' }), office)
  expect([real.groupSeconds, real.loud(night)]).toEqual([180, new Date('2026-12-07T22:00:00Z')])
})
