import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { Queue } from 'bullmq'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Registry } from 'prom-client'
import type { Log } from '../config/log.ts'
import type { SettableOffice } from '../config/office-settings.ts'
import type { Takeovers } from '../conversation/takeover.ts'
import type { Media } from '../media/media.ts'
import type { createOutgoing } from '../media/outgoing.ts'
import type { Portraits } from '../media/portraits.ts'
import type { Coordinator } from '../models/coordinator/coordinator.ts'
import type { MediaPart } from '../models/file/media-part.ts'
import type { Database } from '../models/store/connect.ts'
import type { Operator } from '../models/operator/operator.ts'
import type { Sealer } from '../models/store/sealing.ts'
import type { Notifier } from '../notify/notifier.ts'
import type { TicketQueue } from '../queue/ticket-queue.ts'
import type { Live } from './live.ts'
import type { Presence } from './presence.ts'

/** A server whose routes are typed by their zod schemas. */
export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; null on routes without a session. */
    operator: Operator | null
  }
}

/**
 * One part of the service for /readyz; `state` is a word of the part's own, as `waiting`, `alert` what somebody has to
 * act on, as `banned`.
 */
export type PartState = { ready: boolean; state: string; alert?: string }
type Probes = Readonly<Record<string, () => Promise<PartState>>>

/** What every server needs, the public one too. */
export type ServerDeps = {
  log: Log
  metrics: Registry
  publicUrl?: string | undefined
  trustProxy?: string | undefined
  /** Routes of other rooms: webhooks, the demo chat. */
  extend?: ((app: FastifyInstance) => Promise<void>) | undefined
}

export type AdminDeps = ServerDeps & {
  database: Database
  sealer: Sealer
  office: SettableOffice
  now: () => Date
  live: Live
  queue: TicketQueue
  /** Tells the chats of a coordinator that they have been let in; a sweep makes good where this was cut off. */
  welcome: (coordinator: Coordinator) => Promise<void>
  takeovers: Pick<Takeovers, 'take' | 'handBack' | 'answer'>
  /** Keeps a picture that an operator is about to send. */
  keepPicture: ReturnType<typeof createOutgoing>
  presence: Presence
  media: Media
  portraits: Portraits
  /** What schools are told. */
  notices: Pick<Notifier, 'word' | 'toCome'>
  probes: Probes
  /** What looking at files lacks on this machine: operators look themselves. */
  missingParts(): Promise<readonly MediaPart[]>
  /** The queues of hints, for the board. */
  jobs?: readonly Queue[]
  /** The built console; a page says so where it is not built. */
  consoleDir: string
  /** The office has a WhatsApp number switched on, in this process or another. */
  whatsapp?: boolean
  /** Serves the demo chat's page at /demo. */
  demo: boolean
}
