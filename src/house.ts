import { join, resolve } from 'node:path'
import type { Redis } from 'ioredis'
import type { LiveEvent } from './admin/contract/event.ts'
import type { AdminDeps } from './admin/deps.ts'
import { createLive } from './admin/live.ts'
import { createPresence } from './admin/presence.ts'
import { outgoingRules } from './bots/outgoing-rules.ts'
import type { SettableOffice } from './config/office-settings.ts'
import type { Env } from './config/env.ts'
import type { Log } from './config/log.ts'
import { hoursText } from './conversation/hours.ts'
import { createTakeovers } from './conversation/takeover.ts'
import { createWelcome } from './conversation/welcome.ts'
import { createBlobs } from './media/blobs.ts'
import { createInspection } from './media/inspection.ts'
import { createMedia } from './media/media.ts'
import { createOutgoing } from './media/outgoing.ts'
import { createPortraits } from './media/portraits.ts'
import type { DrawPortrait } from './media/portraits.ts'
import { createInbox } from './models/chat/inbox.ts'
import { createTurns } from './models/chat/turns.ts'
import { coordinatorOfChat } from './models/coordinator/coordinators.ts'
import { createFiles } from './models/file/files.ts'
import { createDelivery } from './models/notice/deliveries.ts'
import { enrolmentOf } from './models/school/schools.ts'
import type { Database } from './models/store/connect.ts'
import type { Sealer } from './models/store/sealing.ts'
import { createNotifier } from './notify/notifier.ts'
import type { QueueEvent } from './queue/context.ts'
import type { Jobs } from './queue/jobs.ts'
import { createTicketQueue } from './queue/ticket-queue.ts'

/** What all parts stand on: one office's stores, its clock, its log. */
export type Ground = {
  env: Env
  office: SettableOffice
  database: Database
  sealer: Sealer
  redis: Redis
  /** One Redis may serve several offices, each with a database of its own name. */
  prefix: string
  jobs: Pick<Jobs, 'hint' | 'remind' | 'queues'>
  now: () => Date
  log: Log
}

/**
 * The parts that keep and change what the office has, wired to each other and to the consoles that are open. They run
 * nothing by themselves and know no channel; tests of what an operator does stand in this very house. `draw`: in place
 * of the process that draws portraits.
 */
export async function openHouse(ground: Ground, { draw }: { draw?: DrawPortrait | undefined } = {}) {
  const { env, office, database, jobs, log } = ground
  const live = await createLive(ground)
  const publish = (event: LiveEvent): void => live.publish(event)
  const said = (chat: string): void => publish({ type: 'conversation', chat })

  const inbox = createInbox(ground)
  const turns = createTurns(ground)
  const files = createFiles(ground)
  const blobs = createBlobs({ ...ground, root: join(env.DATA_DIR, 'blobs') })
  const inspection = createInspection({ ...ground, blobs, inbox, turns, publish })
  function changed({ application, action, from, stage, state }: QueueEvent): void {
    publish({ type: 'application', id: application, stage, from, state, action })
    inspection.changed(application, [{ action }]).catch((err: unknown) => log.warn({ err, application }, 'not marked'))
  }
  const queue = createTicketQueue({
    ...ground,
    publish: changed,
    enrolment: (npsn) => enrolmentOf(database, npsn),
  })
  const outgoing = outgoingRules(env, office.current())
  const notifier = createNotifier({
    ...ground,
    ...outgoing,
    hours: () => hoursText(office.current(), ground.now()),
    async createDelivery(delivery) {
      const created = await createDelivery(ground, delivery)
      if (created) jobs.hint('send', delivery.chat)
      return created
    },
  })
  const welcome = createWelcome({ ...ground, inbox })
  const takeovers = createTakeovers({
    ...ground,
    send: (chat) => jobs.hint('send', chat),
    publish: said,
    coordinatorOf: (chat) => coordinatorOfChat(ground, chat),
  })
  const portraits = createPortraits({ ...ground, blobs, draw: draw ?? inspection.draw })
  const admin = {
    ...ground,
    jobs: jobs.queues,
    live,
    queue,
    welcome: welcome.one,
    takeovers,
    keepPicture: createOutgoing({ ...ground, blobs, files }),
    presence: createPresence(ground),
    media: createMedia({ ...ground, blobs, drawPortrait: (id, edit) => portraits.draw(id, edit) }),
    portraits,
    missingParts: () => inspection.missing(),
    notices: notifier,
    consoleDir: resolve('dist/console'),
    demo: env.demo,
    whatsapp: env.WHATSAPP === 'baileys',
    publicUrl: env.PUBLIC_URL,
    trustProxy: env.TRUST_PROXY,
  } satisfies Partial<AdminDeps>
  return {
    admin,
    live,
    publish,
    said,
    changed,
    inbox,
    turns,
    files,
    blobs,
    inspection,
    queue,
    outgoing,
    notifier,
    welcome,
    takeovers,
  }
}
