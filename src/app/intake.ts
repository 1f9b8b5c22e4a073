import type { LiveEvent } from '../admin/contract/event.ts'
import type { Log } from '../config/log.ts'
import type { Change, Receipt } from '../bots/channel.ts'
import { namedFiles } from '../conversation/runner.ts'
import type { FilesMessage, SettledFile } from '../media/ingest.ts'
import type { ChannelName, Inbound } from '../models/chat/message.ts'
import { chatId, setPhone, touchChat } from '../models/chat/chats.ts'
import type { Database } from '../models/store/connect.ts'
import { noteReceipt } from '../models/notice/deliveries.ts'
import type { Files } from '../models/file/files.ts'
import type { Inbox, InboxMessage } from '../models/chat/inbox.ts'
import type { Turns } from '../models/chat/turns.ts'
import type { Sealer } from '../models/store/sealing.ts'
import type { TurnFile } from '../models/chat/turn.ts'
import type { Jobs } from '../queue/jobs.ts'

export type IntakeDeps = {
  database: Database
  sealer: Sealer
  now: () => Date
  inbox: Inbox
  turns: Turns
  files: Files
  registerFiles: (message: FilesMessage) => Promise<void>
  jobs: Jobs
  publish(event: LiveEvent): void
  log: Log
}

/** Files of an album come, and are there, within a moment: one look at their chat serves many of them. */
const ALBUM_MS = 100

export type Intake = ReturnType<typeof createIntake>

/** The way in: from a channel into the inbox, and from the inbox to waiting files; what arrives late is told as an event. */
export function createIntake(deps: IntakeDeps) {
  const { sealer, inbox, turns, files, jobs, log } = deps

  async function registerFiles(id: string): Promise<void> {
    const [message] = await inbox.byIds([id])
    if (message) await register(message)
  }
  async function register(message: Pick<InboxMessage, '_id' | 'chat' | 'channel' | 'body'>): Promise<void> {
    if (message.body.kind !== 'files' || message.channel === 'system') return
    const sent = namedFiles(message)
    await deps.registerFiles({ id: message._id, chat: message.chat, channel: message.channel, files: sent })
    await inbox.markRegistered(message._id)
    for (const file of sent) jobs.hint('media', file.id)
  }

  /** Tells the chats of decided turns what became of files that those turns had to go on without. */
  async function recheckFiles(ids: readonly string[]): Promise<void> {
    for (const file of await files.asTurnFiles(ids)) {
      if (file.state !== 'waiting') await tellSettled(file.id)
    }
  }
  async function tellSettled(file: string): Promise<void> {
    const waiting = await turns.awaitingFile(file)
    if (!waiting) return
    await inbox.tell(waiting.chat, `file/${file}`, { event: 'file', file, turn: waiting.turn })
    await turns.fileTold(waiting.turn, file)
    jobs.hint('mailbox', waiting.chat)
  }

  return {
    registerFiles,
    recheckFiles,

    /** For channels. Resolves when the message is durable; the rest is hinted and, if lost, swept. */
    async onMessage(message: Inbound): Promise<void> {
      const chat = await touchChat(deps, message)
      const { id, fresh } = await inbox.accept(chat, message)
      if (message.body.kind === 'placeholder') return
      if (fresh && message.body.kind === 'files') {
        register({ _id: id, chat, channel: message.from.channel, body: message.body }).catch((error: unknown) =>
          log.warn({ err: error, message: id }, 'files wait for the sweeper'),
        )
      }
      jobs.hint('mailbox', chat, message.body.kind === 'files' ? ALBUM_MS : 0)
      if (fresh) deps.publish({ type: 'conversation', chat })
    },

    async onReceipt(channel: ChannelName, receipt: Receipt): Promise<void> {
      await noteReceipt(deps, channel, receipt)
    },

    async onChange(change: Change): Promise<void> {
      if (change.kind === 'identified') {
        await setPhone(deps, chatId(sealer, { from: change.address, account: change.account }), change.phone)
        return
      }
      await (change.kind === 'empty' ? inbox.dropPlaceholder(change) : inbox.markChanged(change, change.kind))
    },

    /** For the media job: a file is there or has failed. */
    async onSettled(file: SettledFile): Promise<void> {
      await tellSettled(file.id)
      jobs.hint('mailbox', file.chat, ALBUM_MS)
    },

    /** For the runner: files without a row yet are waiting. */
    async filesOf(messages: readonly InboxMessage[]): Promise<TurnFile[]> {
      const named = messages.flatMap(namedFiles)
      const rows = new Map((await files.asTurnFiles(named.map((file) => file.id))).map((file) => [file.id, file]))
      return named.map(({ id, media, caption }): TurnFile => {
        const { name } = media
        return (
          rows.get(id) ?? {
            id,
            state: 'waiting',
            ...(name !== undefined && { name }),
            ...(caption !== undefined && { caption }),
          }
        )
      })
    },
  }
}
