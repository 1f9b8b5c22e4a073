import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { Queue } from 'bullmq'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Registry } from 'prom-client'
import type { Log } from '../config/log.ts'
import type { SettableOffice } from '../config/office-settings.ts'
import type { PortraitEdit, PortraitLook } from '../models/file/look.ts'
import type { MediaPart } from '../models/file/media-part.ts'
import type { Database } from '../models/store/connect.ts'
import type { WaitingNotice } from '../models/notice/groups.ts'
import type { Operator } from '../models/operator/operator.ts'
import type { Sealer } from '../models/store/sealing.ts'
import type { TicketQueue } from '../queue/ticket-queue.ts'
import type { Conversations } from './conversations.ts'
import type { Live } from './live.ts'
import type { People } from './people.ts'
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

/** `asCame`: the very bytes that were sent. */
type ShownDocument = { mediaType: string; bytes: Buffer; asCame: boolean }
/** The files of applications, from media/. Refusals: not-found, also once purged; invalid where it cannot be shown. */
type Media = {
  /** A JPEG without EXIF or place. PDF as it came, unless a page of it is asked for; HEIC as it came until it is drawn. */
  rendition(documentId: string, size: 'page' | 'thumbnail', page?: number): Promise<ShownDocument>
  /** The portrait that is proposed in its place, a JPEG. */
  proposal(documentId: string): Promise<ShownDocument>
  original(documentId: string): Promise<ShownDocument>
  /** A PDF with these portraits, 20 by 30 mm each, drawn by their edits where those are given. */
  portraitSheet(
    pupils: readonly {
      name: string
      note: string
      document?: string | undefined
      edit?: PortraitEdit | undefined
    }[],
    options: { title: string; dpi: 300 | 600; firstPage: number },
  ): Promise<Buffer>
}

/** Portraits as they came and as the office cuts and lights them, from media/. Refusals: not-found, invalid. */
type Portraits = {
  /** Whether edits can be drawn here. */
  draws: boolean
  look(documentId: string): Promise<PortraitLook | null>
  size(documentId: string): Promise<{ width: number; height: number } | null>
  picture(documentId: string): Promise<Buffer>
  draw(documentId: string, edit: PortraitEdit): Promise<Buffer>
}

/** What every server needs, the public one too. */
export type ServerDeps = {
  log: Log
  metrics: Registry
  publicUrl?: string | undefined
  trustProxy?: string | undefined
  /** Routes of other rooms: webhooks, the demo chat. */
  extend?: ((app: FastifyInstance) => Promise<void>) | undefined
}

/** What schools are told. */
export type Notices = {
  /** What the school will read of a return, in the very words of the notice. */
  wordReturn(of: {
    npsn: string
    name: string
    ticket: string
    reasons: readonly string[]
    note?: string
  }): Promise<string>
  /** What the school is still to hear of an application, as things stand now. */
  toCome(application: string): Promise<readonly WaitingNotice[]>
}

export type AdminDeps = ServerDeps & {
  database: Database
  sealer: Sealer
  office: SettableOffice
  now: () => Date
  live: Live
  queue: TicketQueue
  people: People
  conversations: Conversations
  presence: Presence
  /** The round ("putaran") of a virtual start, by the rule of the queue. */
  roundOf(start: number): number
  media: Media
  portraits: Portraits
  notices: Notices
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
