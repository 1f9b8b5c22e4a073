import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Log } from '../../config/log.ts'
import { newId } from '../../models/store/ids.ts'
import type { Inbound, InboundBody, MediaRef, Outbound } from '../../models/chat/message.ts'
import type { Database } from '../../models/store/connect.ts'
import { createWebchatMessages } from '../../models/chat/webchat.ts'
import type { WebchatMessage } from '../../models/chat/webchat.ts'
import type { Sealer } from '../../models/store/sealing.ts'
import { ChannelError } from '../channel.ts'
import type { Channel, ChannelHandlers } from '../channel.ts'
import { render } from '../render.ts'
import { WebchatProblem } from './problem.ts'
import { webchatRoutes } from './routes.ts'
import { FILE_BYTES, MAX_TEXT } from './upload.ts'
import type { Holding, Upload } from './upload.ts'

/** The demo chat is one account of the office. */
export const WEBCHAT_ACCOUNT = 'demo'
/** The ref of a file that was not kept, since it passed the limit. */
const TOO_BIG = 'too-big'

export type WebchatOptions = {
  database: Database
  sealer: Sealer
  /** Where uploads wait for the media job (the blob store). */
  holding: Holding
  now: () => Date
  log: Log
}

/** A channel whose platform is our own HTTP server; `routes` is mounted by whoever owns that. */
export type Webchat = Channel & { routes(app: FastifyInstance): Promise<void> }

/**
 * The demo chat. Everything lies in MongoDB and the blob store, so that processes share it; while it is not started
 * the routes answer 503 to messages and still show what was said.
 */
export function createWebchat(options: WebchatOptions): Webchat {
  const { holding, log } = options
  const messages = createWebchatMessages(options)
  const can = { buttons: 20, textLimit: MAX_TEXT, fileBytes: FILE_BYTES } as const
  const underway = new Set<Promise<unknown>>()
  let handlers: ChannelHandlers | undefined

  async function accept(person: string, upload: Upload): Promise<{ id: string; fresh: boolean }> {
    const receiving = handlers
    if (!receiving) throw new WebchatProblem('unavailable')
    const id = upload.id ?? newId(options.now().getTime())
    const { files, text } = upload
    const { message, fresh } = await messages.fromPerson(person, id, { text, ...(files.length > 0 && { files }) })
    // also for a known id: the process may have died before the inbox had it
    const inbound: Inbound = {
      platformId: message.id,
      from: { channel: 'webchat', id: person },
      account: WEBCHAT_ACCOUNT,
      order: message.seq,
      at: message.at,
      body: await bodyOf(person, message),
    }
    // its API is served by several processes: the one before may have come to another
    await receiving.onMessage(inbound, () => Promise.resolve(false))
    return { id, fresh }
  }

  /** A text that is a button's label is that button, as a tap in the page is sent. */
  async function bodyOf(person: string, message: WebchatMessage): Promise<InboundBody> {
    const { files, text } = message
    if (files?.length) {
      return { kind: 'files', files: files.map(mediaOf), album: message.id, ...(text && { caption: text }) }
    }
    const tapped = (await messages.offered(person)).find((choice) => choice.label === text)
    return tapped ? { kind: 'choice', value: tapped.value } : { kind: 'text', text }
  }

  return {
    name: 'webchat',
    can,
    async start(given) {
      handlers = given
      given.onHealth({ state: 'open' })
    },
    async send(message: Outbound): Promise<string> {
      const { parts, buttons } = render(message, can)
      const files = message.files?.map(({ name, mediaType, blob }) => ({ name, mediaType, blob }))
      const shownParts = parts.length > 0 ? parts : ['']
      let id = ''
      try {
        for (const [i, text] of shownParts.entries()) {
          const last = i === shownParts.length - 1
          const sent = await messages.fromBot(message.to.id, `${message.key}#${i}`, {
            text,
            ...(last && buttons.length > 0 && { choices: buttons }),
            ...(last && files?.length && { files }),
          })
          id = sent.message.id
        }
      } catch (error) {
        throw new ChannelError('unreachable', { cause: error })
      }
      return id
    },
    async fetchMedia(media: MediaRef): Promise<Readable> {
      if (media.ref === TOO_BIG) throw new ChannelError('rejected', { reason: 'too-big' })
      const bytes = await heldBytes(media.ref, holding)
      if (!bytes) throw new ChannelError('rejected')
      return Readable.from([bytes])
    },
    async stop() {
      const given = handlers
      handlers = undefined
      await Promise.allSettled(underway)
      given?.onHealth({ state: 'stopped' })
    },
    async routes(app) {
      await webchatRoutes(app, {
        holding,
        log,
        after: (person, id) => messages.after(person, id),
        accept: (person, upload) => {
          const work = accept(person, upload)
          underway.add(work)
          return work.finally(() => underway.delete(work))
        },
      })
    },
  }
}

function mediaOf(file: NonNullable<WebchatMessage['files']>[number]): MediaRef {
  return {
    kind: file.mediaType.startsWith('image/') ? 'photo' : 'document',
    ref: file.ref ?? TOO_BIG,
    mime: file.mediaType,
    name: file.name,
    ...(file.bytes === undefined ? {} : { bytes: file.bytes }),
  }
}

async function heldBytes(ref: string, holding: Holding): Promise<Buffer | undefined> {
  try {
    return await holding.get(ref)
  } catch (error) {
    throw new ChannelError('unreachable', { cause: error })
  }
}
