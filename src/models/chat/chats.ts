import { guarded } from '../store/failpoint.ts'
import type { Address, ChannelName } from './message.ts'
import type { Sealer } from '../store/sealing.ts'
import { toBuffer } from '../store/binary.ts'
import { chats } from './kept.ts'
import type { ChatDocument } from './kept.ts'
import type { Database } from '../store/connect.ts'
import { rowsOf } from '../store/kept.ts'
import { markLater } from '../store/mark-later.ts'
import { writeInGroup } from '../store/write-in-group.ts'

export type ChatContext = { database: Database; sealer: Sealer; now: () => Date }

/** Names the chat of a person with one of the office's accounts, without keeping the address in the clear. */
export function chatId(sealer: Sealer, of: { from: Address; account: string }): string {
  return sealer.identify('chat', of.from.channel, of.account, of.from.id)
}

/** A chat opened for use: where to send, and what is known of the person. */
export type Chat = {
  id: string
  channel: ChannelName
  account: string
  to: Address
  phone?: string
  coordinator?: string
  notices: boolean
  blockedAt?: Date
  lastInboundAt: Date
}

/**
 * A person wrote: the chat exists afterwards, is not blocked any more, and knows when they wrote last. Returns its id.
 * Running it again for the same message changes nothing that matters.
 */
export async function touchChat(context: ChatContext, inbound: { from: Address; account: string }): Promise<string> {
  const { database, sealer } = context
  const id = chatId(sealer, inbound)
  const now = context.now()
  const touch = () =>
    writeInGroup(chats(database), {
      updateOne: {
        filter: { _id: id },
        update: {
          $max: { lastInboundAt: now },
          $unset: { blockedAt: 1 },
          $setOnInsert: {
            channel: inbound.from.channel,
            account: inbound.account,
            address: sealer.seal(inbound.from.id),
            notices: true,
            createdAt: now,
          },
        },
        upsert: true,
      },
    })
  await guarded('chat.touch', async () => {
    // two first messages at once: one inserts, the other finds the chat when it looks again
    if (await touch()) return
    if (!(await touch())) throw new Error(`chat ${id} could be neither made nor found`)
  })
  return id
}

/** What names the chat of a sender within this process. */
export function nameOf({ from, account }: { from: Address; account: string }): string {
  return `${from.channel}/${account}/${from.id}`
}

const TOUCH_MS = 200
const MOST_KNOWN = 20_000
/** The purge may have let go of a chat that has been silent for so long. */
const KNOWN_MS = 600_000

/**
 * `touchChat`, durable where the chat is new to this process; afterwards that they wrote is noted with what others wrote
 * within a moment: an age and a block, on which no message hangs.
 */
export function createTouch(context: ChatContext & { log: { warn(about: object, message: string): void } }) {
  const { database, now, log } = context
  const known = new Map<string, { id: string; at: number }>()
  const touched = markLater(TOUCH_MS, log, (ids) =>
    guarded('chat.touched', () =>
      rowsOf(chats(database)).updateMany(
        { _id: { $in: [...ids] } },
        { $max: { lastInboundAt: now() }, $unset: { blockedAt: 1 } },
      ),
    ),
  )
  return {
    async chatOf(inbound: { from: Address; account: string }): Promise<string> {
      const name = nameOf(inbound)
      const held = known.get(name)
      const at = now().getTime()
      if (held && at - held.at < KNOWN_MS) {
        held.at = at
        touched.mark(held.id)
        return held.id
      }
      const id = await touchChat(context, inbound)
      if (known.size >= MOST_KNOWN) known.clear()
      known.set(name, { id, at })
      return id
    },
    flush: touched.flush,
  }
}

/** The chat with its address opened; undefined when nobody of that id ever wrote. */
export async function findChat(context: Omit<ChatContext, 'now'>, id: string): Promise<Chat | undefined> {
  const found = await chats(context.database).findOne({ _id: id }).lean()
  return found ? openChat(context.sealer, found) : undefined
}

/** BERHENTI (false) and MULAI (true). Turning them on is followed by `resumeNotices` of deliveries. */
export async function setNotices(context: ChatContext, id: string, on: boolean): Promise<void> {
  await guarded('chat.notices', () => chats(context.database).updateOne({ _id: id }, { $set: { notices: on } }))
}

/** The person's own phone number, as the platform vouches for it. */
export async function setPhone(context: ChatContext, id: string, phone: string): Promise<void> {
  await guarded('chat.phone', () =>
    chats(context.database).updateOne({ _id: id }, { $set: { phone: context.sealer.seal(phone) } }),
  )
}

/** Links the chat to a coordinator, once the person has registered or was recognized. */
export async function setCoordinator(context: ChatContext, id: string, coordinator: string): Promise<void> {
  await guarded('chat.coordinator', () => chats(context.database).updateOne({ _id: id }, { $set: { coordinator } }))
}

/** The platform says that the person blocked us. Nothing changes if they have written since `attemptedAt`. */
export async function setBlocked(context: ChatContext, id: string, attemptedAt: Date): Promise<void> {
  await guarded('chat.blocked', () =>
    chats(context.database).updateOne(
      { _id: id, lastInboundAt: { $lte: attemptedAt } },
      { $set: { blockedAt: context.now() } },
    ),
  )
}

function openChat(sealer: Sealer, found: ChatDocument): Chat {
  return {
    id: found._id,
    channel: found.channel,
    account: found.account,
    to: { channel: found.channel, id: sealer.openText(toBuffer(found.address)) },
    ...(found.phone ? { phone: sealer.openText(toBuffer(found.phone)) } : {}),
    ...(found.coordinator ? { coordinator: found.coordinator } : {}),
    notices: found.notices,
    ...(found.blockedAt ? { blockedAt: found.blockedAt } : {}),
    lastInboundAt: found.lastInboundAt,
  }
}
