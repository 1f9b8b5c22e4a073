import { randomUUID } from 'node:crypto'
import { Registry, collectDefaultMetrics } from 'prom-client'
import { listen } from './admin/http.ts'
import type { Http } from './admin/http.ts'
import { storeProbes } from './admin/server/health.ts'
import { firstSupervisor } from './admin/sign-in/first-supervisor.ts'
import { createChannels } from './bots/channels.ts'
import { createSender } from './bots/outbound.ts'
import { createReceipts } from './bots/receipts.ts'
import type { DataKeys } from './config/data-key.ts'
import { followSettings, settableOffice } from './config/office-settings.ts'
import type { Env, ProcessRole } from './config/env.ts'
import type { Log } from './config/log.ts'
import type { Office } from './config/office-schema.ts'
import { consentTextsOf } from './conversation/consent.ts'
import { createConversation } from './conversation/conversation.ts'
import { createIntake } from './conversation/talk/intake.ts'
import { createTurnFiles } from './conversation/talk/turn-files.ts'
import { unknownTexts } from './conversation/texts/texts.ts'
import { SAMPLE_SCHOOLS } from './dev/sample-schools.ts'
import { derivedBlobs } from './media/derived.ts'
import { createIngest, registerFiles } from './media/ingest.ts'
import { keepConsentTexts } from './models/consent/texts.ts'
import { sweepable } from './models/notice/deliveries.ts'
import { storeSchools } from './models/school/schools.ts'
import { connectDatabase } from './models/store/connect.ts'
import { connectRedis } from './models/store/connect-redis.ts'
import { checkDataVersion } from './models/store/data-version.ts'
import { ensureIndexes } from './models/store/indexes.ts'
import { openKeyring } from './models/store/keyring.ts'
import { createLeases } from './models/store/leases.ts'
import { createLifeSign } from './models/store/life-sign.ts'
import { NOTICE_TEXT_NAMES } from './notify/texts.ts'
import { createJobs, startWorkers } from './queue/jobs.ts'
import { createLanes } from './queue/lanes.ts'
import { createLoop } from './queue/loop.ts'
import type { Loop } from './queue/loop.ts'
import { createPurge } from './queue/purge.ts'
import { createRelay } from './queue/relay.ts'
import { createReminders } from './queue/reminders.ts'
import { createSweeper } from './queue/sweeper.ts'
import { createWakeups } from './queue/wakeups.ts'
import { upgradeData } from './stores/upgrade.ts'
import { openHouse } from './house.ts'

export type AppOptions = {
  env: Env
  office: Office
  keys: DataKeys
  stores: { mongodbUri: string; redisUrl: string }
  log: Log
}

export type App = {
  start(): Promise<void>
  /** Lets go of what is held and ends what runs; idempotent. */
  stop(): Promise<void>
  /** Resolves when something that the office has to mend ends the service, as a wrong token. */
  readonly failed: Promise<Error>
  /** Where this process listens, once started. */
  readonly address: string | undefined
  /** Of the first supervisor, while it is the one that was made. */
  readonly firstPassword: string | undefined
}

const EVERY_MS = 1_500
const TAKEOVERS_MS = 3_000
const SETTINGS_MS = 5_000
const PURGE_MS = 3_600_000
/** Renewed while an attempt runs; after a kill the chat goes on when it is over. */
const SENDING_LEASE_MS = 5_000
/** Jobs of one kind at once in one process; sends and turns wait for stores and networks, not for the processor. */
const CONCURRENCY = { mailbox: 40, media: 6, send: 60 }

/** Puts the parts of one process together, by its roles: the only place that knows all of them. */
export async function createApp({ env, office: file, keys, stores, log }: AppOptions): Promise<App> {
  const misspelt = unknownTexts(file).filter((name) => !NOTICE_TEXT_NAMES.includes(name))
  if (misspelt.length > 0) throw new Error(`the office file names texts that do not exist: ${misspelt.join(', ')}`)

  const now = (): Date => new Date()
  const has = (role: ProcessRole): boolean => env.ROLES.includes(role)
  const office = settableOffice(file)
  const database = await connectDatabase(stores.mongodbUri)
  database.on('error', (error: unknown) => log.warn({ err: error }, 'database connection failed'))
  await checkDataVersion(database)
  await ensureIndexes(database)
  const sealer = await openKeyring(database, keys.key, keys.previous)
  await upgradeData({ database, sealer, log })
  await keepConsentTexts({ database, sealer }, consentTextsOf(file), now())
  const prefix = `smart-kids-${database.name}`
  const redis = connectRedis(stores.redisUrl)
  redis.on('error', (error) => log.warn({ err: error }, 'redis connection failed'))
  const jobs = createJobs({ redisUrl: stores.redisUrl, prefix, now, log })
  const ground = { env, office, database, sealer, redis, prefix, jobs, now, log }
  const settings = followSettings(ground)
  await settings()
  const house = await openHouse(ground)
  const { live, publish, inspection, queue, notifier } = house
  const context = { ...ground, ...house }

  // what comes in, and what becomes of it
  const channels = await createChannels({ ...context, leases: createLeases(ground), holder: randomUUID() })
  const sender = createSender({ ...context, ...house.outgoing, channels: channels.map, leaseMs: SENDING_LEASE_MS })
  const receipts = createReceipts(context)
  const life = createLifeSign(context)
  const turnFiles = createTurnFiles(context)
  const talk = createConversation({
    ...context,
    life,
    receipts,
    turnFiles,
    looking: inspection.conversation,
    sayNow: sender.sayNow,
  })
  const intake = createIntake({
    ...context,
    receipts,
    turnFiles,
    talk: has('worker') ? talk : undefined,
    registerFiles: (message) => registerFiles(house.files, message),
  })
  const ingest = createIngest({
    ...context,
    look: inspection.on,
    fetchMedia(channel, media) {
      const opened = channels.map.get(channel)
      if (!opened) throw new Error(`channel ${channel} is not switched on here`)
      return opened.fetchMedia(media)
    },
    async onSettled(settled) {
      inspection.stored(settled.id)
      await intake.onSettled(settled)
    },
  })
  async function send(chat: string): Promise<{ again?: Date }> {
    const done = await sender.run(chat)
    house.said(chat)
    return done
  }
  const sends = createLanes({
    work: send,
    most: CONCURRENCY.send,
    // another process may have the channel by then
    again: (chat, at) => jobs.hintAt('send', chat, at),
    log,
  })

  // what comes again and again
  const relay = createRelay({
    ...context,
    async handler(application, entries) {
      await notifier.notify(application, entries)
      await inspection.changed(application._id, entries)
    },
    relayed: ({ _id: id, stage, state }) => publish({ type: 'application', id, stage, state, action: 'relayed' }),
  })
  const wakeups = createWakeups({
    ...context,
    talk,
    life,
    registerFiles: intake.registerFiles,
    dueFiles: ingest.due,
    recheckFiles: turnFiles.recheck,
    dueDeliveries: (before, limit) => sweepable(database, before, limit),
  })
  const purge = createPurge({
    ...context,
    publish: house.changed,
    derived: derivedBlobs,
    remind: createReminders(context),
  })
  const loop = (name: string, everyMs: number, round: () => Promise<unknown>): Loop =>
    createLoop(name, everyMs, log, async () => void (await round()))
  const loops: Loop[] = [loop('settings', SETTINGS_MS, settings)]
  if (has('worker')) {
    loops.push(
      createSweeper(context),
      relay,
      ...inspection.rounds.map(({ name, everyMs, round }) => loop(name, everyMs, round)),
      loop('takeovers', TAKEOVERS_MS, () => house.takeovers.sweep()),
      loop('wakeups', EVERY_MS, wakeups.run),
      loop('welcomes', 2 * EVERY_MS, house.welcome.sweep),
      loop('notices', EVERY_MS, () => notifier.flush()),
      loop('purge', PURGE_MS, () => purge.run()),
    )
  }

  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  channels.measure(metrics)
  const probes = { ...storeProbes(database, redis), ...channels.probes(), ...inspection.probes }
  const base = { log, metrics, probes }

  const failed = Promise.withResolvers<Error>()
  let workers: { close(): Promise<void> } | undefined
  let http: Http | undefined
  let firstPassword: string | undefined
  let stopped: Promise<void> | undefined

  async function start(): Promise<void> {
    if (env.demo) await storeSchools(database, SAMPLE_SCHOOLS)
    if (has('admin')) {
      const { ADMIN_USERNAME: username, ADMIN_PASSWORD: password, DATA_DIR: dataDir, production } = env
      const first = await firstSupervisor({ database, sealer, username, password, dataDir, production, now })
      if (first.kind === 'missing') log.warn('nobody can sign in: set ADMIN_USERNAME and ADMIN_PASSWORD')
      if (first.kind === 'made') firstPassword = first.password
    }
    await queue.places.repair()
    workers = startWorkers({
      redisUrl: stores.redisUrl,
      prefix,
      jobs,
      concurrency: CONCURRENCY,
      log,
      run: {
        ...(has('worker') && { mailbox: (chat) => talk.wake(chat).then(() => ({})) }),
        ...(inspection.run && { look: inspection.run }),
        ...(has('bots') && {
          send,
          media: (id) => ingest.job(id),
        }),
      },
    })
    if (has('worker')) {
      await life.start()
      jobs.serve('mailbox', (chat, ms) => void talk.wake(chat, ms))
    }
    if (has('bots')) jobs.serve('send', sends.wake)
    for (const one of loops) one.start()
    const admin = has('admin') ? { ...house.admin, ...base } : null
    http = await listen({ env, base, hooks: channels.hooks, demo: channels.demo, admin })
    // a platform that is away is waited for, while everything else works
    channels.start(intake).catch(failed.resolve)
  }

  async function stop(): Promise<void> {
    // first what brings work in, then what works, then what it works on
    await channels.stop()
    live.close()
    await http?.close()
    await Promise.all(loops.map((one) => one.stop()))
    await inspection.stop()
    await workers?.close()
    await talk.stop()
    await sends.stop()
    await intake.stop()
    await life.stop()
    await queue.close()
    await jobs.close()
    redis.disconnect()
    await database.close()
  }

  return {
    start,
    stop: () => (stopped ??= stop()),
    failed: failed.promise,
    get address() {
      return http?.address
    },
    get firstPassword() {
      return firstPassword
    },
  }
}
