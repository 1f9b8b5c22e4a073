import type { Connection } from 'mongoose'
import { isDuplicateKey } from '../store/errors.ts'
import { guarded } from '../store/failpoint.ts'
import type { Sealer } from '../store/sealing.ts'
import { toBuffer } from '../store/binary.ts'
import { insertOnce } from '../store/insert-once.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** One event of one application in a group. `key` is its natural key: application, seq and recipient. */
export type NoticeMember = { key: string; application: string; event: string; seq: number; content: Buffer }

/**
 * Events that go to one chat in one message. Joined only while `open`, closed by one write, `done` once its delivery
 * exists. `_id` is the send key, made of the first member's key.
 */
export type NoticeGroupDocument = {
  _id: string
  chat: string
  npsn: string
  state: 'open' | 'closed' | 'done'
  /** `chat/npsn` while open: at most one group is open for each. */
  open?: string
  closesAt: Date
  /** Keys of all members, kept when their contents go: an event that was told joins no second group. */
  keys: string[]
  members: NoticeMember[]
  /** Keys of the members that were no news any more when it was worded. */
  overtaken?: string[]
  doneAt?: Date
}

const schema = keptIn<NoticeGroupDocument>('notice_groups')
schema.index({ keys: 1 }, { name: 'keys', unique: true })
schema.index({ open: 1 }, { name: 'open', unique: true, partialFilterExpression: { open: { $exists: true } } })
schema.index({ state: 1, closesAt: 1 }, { name: 'due' })

export const noticeGroups = modelOf('NoticeGroup', schema)

export type NoticeGroupContext = { database: Connection; sealer: Sealer; now: () => Date }
/** An event to tell; `content` is what its text needs, and is sealed. */
export type NewMember = Omit<NoticeMember, 'content'> & { content: unknown }
/** A closed group, opened to be worded. */
export type ClosedGroup = {
  id: string
  chat: string
  npsn: string
  members: readonly (Omit<NoticeMember, 'content'> & { content: unknown })[]
}

const MOST_MEMBERS = 40
const TRIES = 12

/**
 * Puts an event into the open group of its chat and school, or opens one that closes at `closesAt`. False where the
 * event is in a group already, open, closed or done: a second run of the same event repeats nothing.
 */
export async function joinGroup(
  context: NoticeGroupContext,
  where: { chat: string; npsn: string; closesAt: Date },
  member: NewMember,
): Promise<boolean> {
  const { database, sealer, now } = context
  const { chat, npsn, closesAt } = where
  const open = `${chat}/${npsn}`
  const stored: NoticeMember = { ...member, content: sealer.sealJson(member.content) }
  for (let i = 0; i < TRIES; i++) {
    if (await noticeGroups(database).exists({ keys: member.key })) return false
    if (await joinOpen(database, open, stored, now())) return true
    const group: NoticeGroupDocument = {
      _id: `notice-${sealer.identify('notice', member.key)}`,
      chat,
      npsn,
      state: 'open',
      open,
      closesAt,
      keys: [member.key],
      members: [stored],
    }
    if (await guarded('notice.open', () => insertOnce(noticeGroups(database), group))) return true
    // one is open: too full, or past its time with nobody to close it yet
    await closeFull(database, open, now())
  }
  throw new Error('a notice found no group')
}

async function joinOpen(database: Connection, open: string, member: NoticeMember, now: Date): Promise<boolean> {
  try {
    const joined = await guarded('notice.join', () =>
      noticeGroups(database).updateOne(
        {
          open,
          state: 'open',
          closesAt: { $gt: now },
          keys: { $ne: member.key },
          [`members.${MOST_MEMBERS - 1}`]: { $exists: false },
        },
        { $push: { members: member, keys: member.key } },
      ),
    )
    return joined.modifiedCount === 1
  } catch (error) {
    // another process has put the same event into another group meanwhile
    if (isDuplicateKey(error)) return false
    throw error
  }
}

async function closeFull(database: Connection, open: string, now: Date): Promise<void> {
  await guarded('notice.close', () =>
    noticeGroups(database).updateOne(
      {
        open,
        state: 'open',
        $or: [{ closesAt: { $lte: now } }, { [`members.${MOST_MEMBERS - 1}`]: { $exists: true } }],
      },
      { $set: { state: 'closed', closesAt: now }, $unset: { open: 1 } },
    ),
  )
}

/** Closes groups whose time has come, and gives all that are closed and not yet done, oldest first. */
export async function closedGroups(context: NoticeGroupContext, limit: number): Promise<ClosedGroup[]> {
  const { database, sealer, now } = context
  const at = now()
  await guarded('notice.close', () =>
    noticeGroups(database).updateMany(
      { state: 'open', closesAt: { $lte: at } },
      { $set: { state: 'closed' }, $unset: { open: 1 } },
    ),
  )
  const found = await noticeGroups(database)
    .find({ state: 'closed' })
    .sort({ closesAt: 1 })
    .limit(limit)
    .lean<NoticeGroupDocument[]>()
  return found.map(({ _id, chat, npsn, members }) => ({
    id: _id,
    chat,
    npsn,
    members: members.map((member) => ({ ...member, content: sealer.openJson(toBuffer(member.content)) })),
  }))
}

/** An event that waits in a group, and when that closes. */
export type WaitingNotice = { key: string; event: string; seq: number; closesAt: Date }

/** What waits in groups to be told of one application. */
export async function noticesWaiting(database: Connection, application: string): Promise<WaitingNotice[]> {
  const found = await noticeGroups(database)
    .find({ state: 'open', 'members.application': application }, { keys: 0, 'members.content': 0 })
    .lean<Pick<NoticeGroupDocument, 'closesAt' | 'members'>[]>()
  return found.flatMap(({ closesAt, members }) =>
    members
      .filter((member) => member.application === application)
      .map(({ key, event, seq }) => ({ key, event, seq, closesAt })),
  )
}

/** The group's delivery exists, without those that were overtaken: its contents go, its keys stay. */
export async function finishGroup(
  { database, now }: NoticeGroupContext,
  id: string,
  overtaken: readonly string[],
): Promise<void> {
  await guarded('notice.done', () =>
    noticeGroups(database).updateOne(
      { _id: id, state: 'closed' },
      {
        $set: {
          state: 'done',
          doneAt: now(),
          members: [],
          ...(overtaken.length > 0 ? { overtaken: [...overtaken] } : {}),
        },
      },
    ),
  )
}

/** Forgets groups that were told before `before`; by then no relay can bring their events again. */
export async function forgetGroups(database: Connection, before: Date): Promise<number> {
  const result = await guarded('notice.forget', () =>
    noticeGroups(database).deleteMany({ state: 'done', doneAt: { $lte: before } }),
  )
  return result.deletedCount
}
