import type { Connection } from 'mongoose'
import type { Given } from '../consent/consent.ts'
import { keepStatement } from '../consent/consents.ts'
import type { Coordinator } from './coordinator.ts'
import { guarded } from '../store/failpoint.ts'
import type { Sealer } from '../store/sealing.ts'
import type { CoordinatorRole } from '../chat/turn.ts'
import { behind } from '../store/behind.ts'
import { setCoordinator } from '../chat/chats.ts'
import { coordinators, openCoordinator } from './kept.ts'
import type { CoordinatorDocument } from './kept.ts'
import { hasWords } from '../identity/words.ts'
import { toBuffer } from '../store/binary.ts'
import { insertOnce } from '../store/insert-once.ts'
import { rowsOf } from '../store/kept.ts'
import { perDatabase, readInGroup } from '../store/read-in-group.ts'
import { redeemInvitation } from '../school/invitations.ts'
import { findSchool } from '../school/schools.ts'

export type CoordinatorContext = { database: Connection; sealer: Sealer; now: () => Date }

export type Registration = {
  /** The effect's key: the same key registers once. */
  key: string
  chat: string
  npsn: string
  name: string
  role: CoordinatorRole
  consent: Given
  invitation?: string
}

/**
 * Registers whoever speaks in a chat. A sample school lets in at once, a real one by a good invitation code; otherwise
 * a supervisor approves. A chat that has a coordinator keeps them. May be cut off anywhere and run again.
 */
export async function registerCoordinator(
  context: CoordinatorContext,
  registration: Registration,
): Promise<{ coordinator: Coordinator; created: boolean }> {
  const { database, sealer, now } = context
  const { key, chat, npsn, name, role, consent, invitation } = registration
  const id = sealer.identify('coordinator', key)
  let stored: CoordinatorDocument | undefined = await storedOfChat(database)(chat)
  let created = false
  if (!stored) {
    const sample = (await findSchool(database, npsn))?.sample ?? false
    const invited =
      !sample && invitation !== undefined && (await redeemInvitation(context, { key, npsn, code: invitation }))
    const draft: CoordinatorDocument = {
      _id: id,
      rev: 0,
      npsn,
      name: sealer.seal(name),
      role,
      state: sample || invited ? 'approved' : 'pending',
      chats: [chat],
      events: [{ at: now(), by: id, action: 'register' }],
      createdAt: now(),
    }
    created = await guarded('coordinator.register', () => insertOnce(coordinators(database), draft))
    stored = (await storedOfChat(database)(chat)) ?? draft
  }
  // by their id: whoever agreed is who registers, and a name lies only sealed
  if (stored._id === id) await keepStatement(context, { subject: id, given: { ...consent, by: id } })
  await setCoordinator(context, chat, stored._id)
  return { coordinator: openCoordinator(sealer, stored), created }
}

/** Whoever speaks in this chat; undefined before they have registered. */
export async function coordinatorOfChat(
  context: Omit<CoordinatorContext, 'now'>,
  chat: string,
): Promise<Coordinator | undefined> {
  const stored = await storedOfChat(context.database)(chat)
  return stored ? openCoordinator(context.sealer, stored) : undefined
}

export async function coordinatorById(
  context: Omit<CoordinatorContext, 'now'>,
  id: string,
): Promise<Coordinator | undefined> {
  const stored = await coordinators(context.database).findById(id).lean<CoordinatorDocument>()
  return stored ? openCoordinator(context.sealer, stored) : undefined
}

const STATES: readonly Coordinator['state'][] = ['pending', 'approved', 'suspended']

/** Coordinators in the order of their registration, from behind `after`. */
export async function listCoordinators(
  context: Omit<CoordinatorContext, 'now'>,
  query: {
    state?: Coordinator['state'] | undefined
    npsn?: string | undefined
    after?: string | undefined
    limit: number
  },
): Promise<(Coordinator & { createdAt: Date })[]> {
  const { database, sealer } = context
  const { state, npsn, after, limit } = query
  const last = after === undefined ? null : await coordinators(database).findById(after, { createdAt: 1 }).lean()
  const found = await coordinators(database)
    .find({
      // all named, so that the index, which has the state before the time, still gives the order of the times
      state: state ?? { $in: STATES },
      ...(npsn !== undefined && { npsn }),
      ...behind('createdAt', last ? { at: last.createdAt, id: last._id } : undefined),
    })
    // a school has a handful: they are sorted sooner than those of all schools are passed over
    .hint(npsn === undefined ? 'state' : 'school')
    .sort(BY_AGE)
    .limit(limit)
    .lean<CoordinatorDocument[]>()
  return found.map((stored) => ({ ...openCoordinator(sealer, stored), createdAt: stored.createdAt }))
}

/**
 * Whose drafts and applications of their school a coordinator works on: their own, and those of who is suspended or was
 * moved away and in whose place they hear of them. Their own id comes first.
 */
export async function representedBy(
  database: Connection,
  { id, npsn }: Pick<Coordinator, 'id' | 'npsn'>,
): Promise<readonly string[]> {
  // mostly nobody is suspended or was moved away, and there is nobody to stand in for
  if (!(await absentOfSchool(database)(npsn))) return [id]
  // a school has a handful: one reading of them answers for all
  const school = (await hearersOfSchool(database)(npsn)) ?? []
  const known = new Map(school.map((one) => [one._id, one]))
  const first = school.find((one) => one.npsn === npsn && one.state === 'approved')
  const absent = school.filter((one) => one._id !== id && !speaksFor(one, npsn))
  const hears = await Promise.all(
    absent.map((one) =>
      hearerOf(
        { coordinator: one._id, npsn },
        async (other) => known.get(other),
        async () => first,
      ),
    ),
  )
  return [id, ...absent.flatMap(({ _id }, i) => (hears[i]?._id === id ? [_id] : []))]
}

/**
 * Who hears of an application: its coordinator while they are of its school and not suspended, else their substitute,
 * else whoever of the school was approved first. Undefined where there is nobody.
 */
export async function recipientOf(
  database: Connection,
  application: { coordinator: string; npsn: string },
): Promise<{ coordinator: string; chats: readonly string[] } | undefined> {
  const model = coordinators(database)
  const hearer = await hearerOf(
    application,
    (id) => model.findById(id, HEARS).lean<Hearer>().exec(),
    () => model.findOne({ npsn: application.npsn, state: 'approved' }, HEARS).sort(BY_AGE).lean<Hearer>().exec(),
  )
  return hearer ? { coordinator: hearer._id, chats: hearer.chats } : undefined
}

const HEARS = { npsn: 1, state: 1, substitute: 1, chats: 1 } as const
type Hearer = Pick<CoordinatorDocument, '_id' | keyof typeof HEARS>
const BY_AGE = { createdAt: 1, _id: 1 } as const

/** Whether anybody of a school speaks for it no more: asked in every turn, many turns in one read. */
const absentOfSchool = perDatabase((database) =>
  readInGroup(async (schools) => {
    const among = { $in: [...schools] }
    const found = await rowsOf(coordinators(database))
      .find(
        { $or: [{ npsn: among, state: 'suspended' }, { formerly: among }] },
        { projection: { npsn: 1, formerly: 1 } },
      )
      .toArray()
    return new Map(found.flatMap(({ npsn, formerly = [] }) => [npsn, ...formerly].map((one) => [one, true] as const)))
  }),
)

/** All who speak or spoke for a school, by age. */
const hearersOfSchool = perDatabase((database) =>
  readInGroup(async (schools) => {
    const among = { $in: [...schools] }
    const found = await rowsOf(coordinators(database))
      .find({ $or: [{ npsn: among }, { formerly: among }] }, { projection: { ...HEARS, formerly: 1 } })
      .sort(BY_AGE)
      .toArray()
    return new Map(
      schools.map((npsn): [string, Hearer[]] => [
        npsn,
        found.filter((one) => one.npsn === npsn || one.formerly?.includes(npsn)),
      ]),
    )
  }),
)

function speaksFor({ npsn, state }: Hearer, school: string): boolean {
  return npsn === school && state !== 'suspended'
}

async function hearerOf(
  { coordinator, npsn }: { coordinator: string; npsn: string },
  byId: (id: string) => Promise<Hearer | null | undefined>,
  firstApproved: () => Promise<Hearer | null | undefined>,
): Promise<Hearer | null | undefined> {
  const seen = new Set<string>()
  for (let id: string | undefined = coordinator; id !== undefined && !seen.has(id);) {
    seen.add(id)
    const one: Hearer | null | undefined = await byId(id)
    if (one && speaksFor(one, npsn)) return one
    id = one?.substitute
  }
  return firstApproved()
}

/** `recipientOf`, and in which chat: the one that the application comes from where it is theirs, else their latest. */
export async function chatToTell(
  database: Connection,
  application: { coordinator: string; npsn: string; chat: string },
): Promise<{ coordinator: string; chat: string } | undefined> {
  const recipient = await recipientOf(database, application)
  const chat = recipient?.chats.find((one) => one === application.chat) ?? recipient?.chats.at(-1)
  return recipient && chat !== undefined ? { coordinator: recipient.coordinator, chat } : undefined
}

/** The chats of all who speak for these schools, whatever their state; of at most `limit` coordinators. */
export async function chatsOfSchools(database: Connection, npsns: readonly string[], limit = 0): Promise<string[]> {
  const rows = await coordinators(database)
    .find({ npsn: { $in: [...npsns] } }, { chats: 1 })
    .limit(limit)
    .lean<Pick<CoordinatorDocument, 'chats'>[]>()
  return rows.flatMap(({ chats }) => chats)
}

/** A chat speaks for one coordinator. */
const storedOfChat = perDatabase((database) =>
  readInGroup(async (chats) => {
    const found = await rowsOf(coordinators(database))
      .find({ chats: { $in: [...chats] } })
      .toArray()
    return new Map(found.flatMap((one) => one.chats.map((chat) => [chat, one] as const)))
  }),
)

/** Their names by id; who is not known is missing. */
export async function coordinatorNames(
  { database, sealer }: Omit<CoordinatorContext, 'now'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await coordinators(database)
    .find({ _id: { $in: [...new Set(ids)] } }, { name: 1 })
    .lean<Pick<CoordinatorDocument, '_id' | 'name'>[]>()
  return new Map(found.map(({ _id, name }) => [_id, sealer.openText(toBuffer(name))]))
}

/** Coordinators of a district are hundreds: their sealed names are opened to be compared. */
const MOST_NAMES = 5_000

/** Whose names have words that begin with all of these folded ones. */
export async function coordinatorsNamed(
  { database, sealer }: Omit<CoordinatorContext, 'now'>,
  words: readonly string[],
): Promise<{ id: string; npsn: string; name: string; chats: readonly string[] }[]> {
  const all = await coordinators(database).find({}, { name: 1, npsn: 1, chats: 1 }).limit(MOST_NAMES).lean()
  return all
    .map(({ _id: id, name, npsn, chats }) => ({ id, npsn, name: sealer.openText(toBuffer(name)), chats }))
    .filter(({ name }) => hasWords(name, words))
}

/** When they registered. */
export async function registeredAt(database: Connection, id: string): Promise<Date | undefined> {
  return (await coordinators(database).findById(id, { createdAt: 1 }).lean())?.createdAt
}

export function countPending(database: Connection): Promise<number> {
  return coordinators(database).countDocuments({ state: 'pending' }).exec()
}
