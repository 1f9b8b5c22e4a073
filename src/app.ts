import { randomUUID } from 'node:crypto'
import { join, resolve } from 'node:path'
import { Redis } from 'ioredis'
import { Registry, collectDefaultMetrics } from 'prom-client'
import { firstSupervisor } from './admin/sign-in/first-supervisor.ts'
import type { LiveEvent } from './admin/contract/event.ts'
import { createLive } from './admin/live.ts'
import { createChannels, outgoingRules } from './app/channels.ts'
import { createConversation } from './app/conversation.ts'
import { createDesk } from './app/desk.ts'
import { listen } from './app/http.ts'
import type { Http } from './app/http.ts'
import { createIntake } from './app/intake.ts'
import { createLookingRoom } from './app/looking.ts'
import { createPurging } from './app/purging.ts'
import { storeProbes } from './app/probes.ts'
import { openSettings } from './app/settings.ts'
import { createWelcome } from './app/welcome.ts'
import { ORDERED_CHANNELS } from './bots/channel.ts'
import { createSender } from './bots/outbound.ts'
import type { DataKeys } from './config/data-key.ts'
import type { Env, ProcessRole } from './config/env.ts'
import type { Log } from './config/log.ts'
import type { Office } from './config/office-schema.ts'
import { weekText } from './conversation/hours.ts'
import { unknownTexts } from './conversation/texts/texts.ts'
import { createBlobs } from './media/blobs.ts'
import { createIngest } from './media/ingest.ts'
import { createMedia } from './media/media.ts'
import { createPortraits } from './media/portraits.ts'
import { connectDatabase } from './models/store/connect.ts'
import { checkDataVersion } from './models/store/data-version.ts'
import { createDelivery, sweepable } from './models/notice/deliveries.ts'
import { createFiles } from './models/file/files.ts'
import { createInbox } from './models/chat/inbox.ts'
import { ensureIndexes } from './models/store/indexes.ts'
import { openKeyring } from './models/store/keyring.ts'
import { createLeases } from './models/store/leases.ts'
import { enrolmentOf, storeSchools } from './models/school/schools.ts'
import { createTurns } from './models/chat/turns.ts'
import { SAMPLE_SCHOOLS } from './dev/sample-schools.ts'
import { createNotifier } from './notify/notifier.ts'
import { NOTICE_TEXT_NAMES } from './notify/texts.ts'
import { BAG_TIMING } from './queue/bag.ts'
import { createJobs, startWorkers } from './queue/jobs.ts'
import { createLoop } from './queue/loop.ts'
import type { Loop } from './queue/loop.ts'
import { createRelay } from './queue/relay.ts'
import { createSweeper } from './queue/sweeper.ts'
import { createTicketQueue } from './queue/ticket-queue.ts'
import { createWakeups } from './queue/wakeups.ts'

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
const PURGE_MS = 3_600_000
/** Renewed while an attempt runs; after a kill the chat goes on when it is over. */
const SENDING_LEASE_MS = 5_000
/** Jobs of one kind at once in one process; sends and turns wait for stores and networks, not for the processor. */
const CONCURRENCY = { mailbox: 40, media: 6, send: 60 }

/** Puts the rooms of the house together: the only place that knows all of them. */
export async function createApp({ env, office, keys, stores, log }: AppOptions): Promise<App> {
  const misspelt = unknownTexts(office).filter((name) => !NOTICE_TEXT_NAMES.includes(name))
  if (misspelt.length > 0) throw new Error(`the office file names texts that do not exist: ${misspelt.join(', ')}`)

  const now = (): Date => new Date()
  const has = (role: ProcessRole): boolean => env.ROLES.includes(role)
  const database = await connectDatabase(stores.mongodbUri)
  database.on('error', (error: unknown) => log.warn({ err: error }, 'database connection failed'))
  await checkDataVersion(database)
  await ensureIndexes(database)
  const sealer = await openKeyring(database, keys.key, keys.previous)
  // one Redis may serve several offices, each with a database of its own name
  const prefix = `smart-kids-${database.name}`
  const redis = new Redis(stores.redisUrl, { maxRetriesPerRequest: null })
  redis.on('error', (error) => log.warn({ err: error }, 'redis connection failed'))
  const context = { database, sealer, office, now, log }

  const jobs = createJobs({ redisUrl: stores.redisUrl, prefix, now, log })
  const live = await createLive({ redis, prefix, log })
  const publish = (event: LiveEvent): void => void live.publish(event)
  const queue = createTicketQueue({
    ...context,
    publish({ application, action, from, stage, state, by }) {
      publish({ type: 'application', id: application, stage, from, state, action, by: by.id })
      looking.changed(application, [{ action }]).catch((err: unknown) => log.warn({ err, application }, 'not marked'))
    },
    enrolment: (npsn) => enrolmentOf(database, npsn),
  })
  const inbox = createInbox(context)
  const turns = createTurns(context)
  const files = createFiles(context)
  const blobs = createBlobs({ root: join(env.DATA_DIR, 'blobs'), sealer, now })

  const channels = await createChannels({ ...context, env, blobs, leases: createLeases(context), holder: randomUUID() })
  const looking = createLookingRoom({ ...context, env, blobs, inbox, turns, jobs, publish })
  const ingest = createIngest({
    ...context,
    blobs,
    look: looking.on,
    fetchMedia(channel, media) {
      const opened = channels.map.get(channel)
      if (!opened) throw new Error(`channel ${channel} is not switched on here`)
      return opened.fetchMedia(media)
    },
    async onSettled(file) {
      looking.stored(file.id)
      await intake.onSettled(file)
    },
  })
  const intake = createIntake({ ...context, inbox, turns, files, ingest, jobs, publish })
  const mailbox = createConversation({
    ...context,
    jobs,
    inbox,
    turns,
    files,
    intake,
    looking: looking.conversation,
    queue,
    publish,
    timing: { ...BAG_TIMING, quiet: office.files.quietSeconds * 1000 },
    ordered: (channel) => ORDERED_CHANNELS.has(channel),
  })
  const outgoing = outgoingRules(env, office)
  const sender = createSender({ ...context, ...outgoing, channels: channels.map, leaseMs: SENDING_LEASE_MS })
  const notifier = createNotifier({
    ...context,
    ...outgoing,
    hours: weekText(office),
    async createDelivery(delivery) {
      const created = await createDelivery(context, delivery)
      if (created) jobs.hint('send', delivery.chat)
      return created
    },
  })
  const purge = createPurging({ ...context, blobs, inbox, jobs, notifier })
  const welcome = createWelcome({ ...context, inbox, jobs })
  const desk = createDesk({ ...context, redis, prefix, jobs, blobs, publish })
  const wakeups = createWakeups({
    ...context,
    inbox,
    turns,
    jobs,
    registerFiles: intake.registerFiles,
    dueFiles: ingest.due,
    recheckFiles: intake.recheckFiles,
    dueDeliveries: (before, limit) => sweepable(database, before, limit),
  })
  const relay = createRelay({
    ...context,
    async handler(application, entries) {
      await notifier.notify(application, entries)
      await looking.changed(application._id, entries)
      publish({ type: 'application', id: application._id, stage: application.stage, action: 'relayed' })
    },
  })
  const loops: Loop[] = has('worker')
    ? [
        createSweeper({ ...context, queue, publish: () => undefined }),
        relay,
        desk.loop,
        ...looking.loops,
        createLoop('wakeups', EVERY_MS, log, wakeups.run),
        createLoop('welcomes', 2 * EVERY_MS, log, welcome.sweep),
        createLoop('notices', EVERY_MS, log, async () => void (await notifier.flush())),
        createLoop('purge', PURGE_MS, log, async () => void (await purge.run())),
      ]
    : []
  loops.push(await openSettings(context))

  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  channels.measure(metrics)
  const base = {
    log,
    metrics,
    probes: {
      ...storeProbes(database, redis),
      ...channels.probes(),
      ...looking.probes,
    },
  }
  const portraits = createPortraits({ ...context, blobs, draw: looking.draw })

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
        ...(has('worker') && { mailbox: mailbox.run }),
        ...(looking.run && { look: looking.run }),
        ...(has('bots') && {
          send: desk.told(sender.run),
          media: (file) => ingest.job(file),
        }),
      },
    })
    for (const loop of loops) loop.start()
    http = await listen({
      env,
      base,
      hooks: channels.hooks,
      demo: channels.demo,
      admin: has('admin')
        ? {
            ...base,
            ...context,
            ...desk.admin,
            live,
            queue,
            welcome: welcome.one,
            media: createMedia({ ...context, blobs, drawPortrait: (id, edit) => portraits.draw(id, edit) }),
            portraits,
            missingParts: () => looking.missing(),
            notices: notifier,
            consoleDir: resolve('dist/console'),
            demo: env.demo,
            whatsapp: env.WHATSAPP === 'baileys',
            publicUrl: env.PUBLIC_URL,
            trustProxy: env.TRUST_PROXY,
          }
        : null,
    })
    // a platform that is away is waited for, while everything else works
    channels.start(intake).catch(failed.resolve)
  }

  async function stop(): Promise<void> {
    // first what brings work in, then what works, then what it works on
    await channels.stop()
    live.close()
    await http?.close()
    await Promise.all(loops.map((loop) => loop.stop()))
    await looking.stop()
    await workers?.close()
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
