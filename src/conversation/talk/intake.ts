import type { LiveEvent } from '../../admin/contract/event.ts'
import type { Log } from '../../config/log.ts'
import type { Change, Receipt } from '../../bots/channel.ts'
import type { TurnFiles } from './turn-files.ts'
import { namedFiles } from './turn-input.ts'
import type { Talk } from './talk.ts'
import type { FilesMessage, SettledFile } from '../../media/ingest.ts'
import type { ChannelName, Inbound } from '../../models/chat/message.ts'
import { chatId, createTouch, nameOf, setPhone } from '../../models/chat/chats.ts'
import type { Database } from '../../models/store/connect.ts'
import type { Receipts } from '../../bots/receipts.ts'
import type { Inbox, InboxMessage } from '../../models/chat/inbox.ts'
import type { Sealer } from '../../models/store/sealing.ts'
import type { Jobs } from '../../queue/jobs.ts'

export type IntakeDeps = {
  database: Database
  sealer: Sealer
  now: () => Date
  inbox: Inbox
  turnFiles: Pick<TurnFiles, 'settled'>
  registerFiles: (message: FilesMessage) => Promise<void>
  jobs: Jobs
  receipts: Pick<Receipts, 'note'>
  /** Whoever thinks, where that is this process: gets what is stored without a look into the store. */
  talk: Pick<Talk, 'take'> | undefined
  publish(event: LiveEvent): void
  log: Log
}

/** Files of an album come, and are there, within a moment: one look at their chat serves many of them. */
const ALBUM_MS = 100

/** The way in: from a channel into the inbox, and from the inbox to waiting files; what arrives late is told as an event. */
export function createIntake(deps: IntakeDeps) {
  const { sealer, inbox, jobs, log } = deps
  const touch = createTouch(deps)
  /** What is being stored for a chat: the latest, which waits for those before it. */
  const arriving = new Map<string, Promise<unknown>>()

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

  async function store(message: Inbound) {
    const chat = await touch.chatOf(message)
    return { chat, ...(await inbox.accept(chat, message)) }
  }
  /** Resolves when all that came to a chat before this message is stored; not before the caller has heard of its own. */
  function behindOthers(name: string, stored: Promise<unknown>): Promise<unknown> | undefined {
    const before = arriving.get(name)
    const settled: Promise<unknown> = Promise.allSettled([before, stored]).then(() => {
      if (arriving.get(name) === settled) arriving.delete(name)
    })
    arriving.set(name, settled)
    return before
  }
  async function handOver(chat: string, message: InboxMessage, sorted: Promise<boolean>): Promise<void> {
    const { talk } = deps
    if (!talk) return jobs.hint('mailbox', chat, message.body.kind === 'files' ? ALBUM_MS : 0)
    const sure = await sorted
    // in doubt the store is asked: something earlier may have come to another process
    if (sure) await talk.take(chat, [message])
    else jobs.hint('mailbox', chat)
  }

  return {
    registerFiles,

    /**
     * For channels. Resolves when the message is durable; the rest is handed over or hinted and, if lost, swept.
     * `inOrder`, asked once it is stored, tells whether all that came before it has arrived in this process; where it is
     * absent, messages come in their order to one process alone.
     */
    async onMessage(message: Inbound, inOrder?: () => Promise<boolean>): Promise<void> {
      const stored = store(message)
      const before = inOrder ? undefined : behindOthers(nameOf(message), stored)
      const { chat, id, fresh } = await stored
      // told also of what is not new: others may wait for its number
      const sorted = inOrder ? inOrder() : Promise.resolve(before).then(() => true)
      if (message.body.kind === 'placeholder') return
      if (!fresh) return jobs.hint('mailbox', chat)
      if (message.body.kind === 'files') {
        register({ _id: id, chat, channel: message.from.channel, body: message.body }).catch((error: unknown) =>
          log.warn({ err: error, message: id }, 'files wait for the sweeper'),
        )
      }
      handOver(chat, fresh, sorted).catch((error: unknown) =>
        log.warn({ err: error, message: id }, 'a message waits for the sweeper'),
      )
      deps.publish({ type: 'conversation', chat })
    },

    /** Notes what is still to be noted. */
    stop: (): Promise<void> => touch.flush(),

    async onReceipt(channel: ChannelName, receipt: Receipt): Promise<void> {
      await deps.receipts.note(channel, receipt)
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
      await deps.turnFiles.settled(file.id)
      jobs.hint('mailbox', file.chat, ALBUM_MS)
    },
  }
}
