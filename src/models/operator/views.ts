import { newId } from '../store/ids.ts'
import type { Sealer } from '../store/sealing.ts'
import { toBuffer } from '../store/binary.ts'
import type { Database } from '../store/connect.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** Who has looked at a person's values: a log of its own, apart from the history of what was done (law 27/2022). */
type ViewDocument = {
  _id: string
  /** The case; absent where a conversation or a list was looked at. */
  application?: string
  chat?: string
  operator: string
  at: Date
  what:
    | 'nik'
    | 'document'
    | 'original'
    | 'conversation'
    | 'conversation-take'
    | 'conversation-search'
    | 'conversation-file'
    | 'export'
  document?: string
  /** `prefetch`: fetched ahead for a case that is not on the screen yet; the view follows when it is shown. */
  how: 'view' | 'prefetch'
  /** Of an export: how many rows left the house. */
  rows?: number
  /** Whoever looked did not hold the case. */
  outside?: boolean
  /** Sealed: the reason that was given, free text. */
  reason?: Buffer
}

const schema = keptIn<ViewDocument>('views')
schema.index({ application: 1, _id: -1 }, { name: 'application' })
schema.index({ operator: 1, _id: -1 }, { name: 'operator' })

export const views = modelOf('View', schema)

export type View = Omit<ViewDocument, '_id' | 'reason'> & { id: string; reason?: string }
type Store = { database: Database; sealer: Sealer }

/** Awaited before the value leaves the house: what cannot be logged is not shown. */
export async function logViews({ database, sealer }: Store, seen: readonly Omit<View, 'id'>[]): Promise<void> {
  if (seen.length === 0) return
  await views(database).insertMany(
    seen.map(({ reason, ...rest }) => ({
      ...rest,
      _id: newId(rest.at.getTime()),
      ...(reason === undefined ? {} : { reason: sealer.seal(reason) }),
    })),
  )
}

/** This operator's views of the full numbers of these cases. */
export function numberViews(
  database: Database,
  operator: string,
  applications: readonly string[],
): Promise<Pick<ViewDocument, 'application' | 'how' | 'at'>[]> {
  return views(database)
    .find({ application: { $in: [...applications] }, operator, what: 'nik' }, { application: 1, how: 1, at: 1 })
    .hint('application')
    .lean()
}

/** The latest views of one application, newest first. */
export async function viewsOf({ database, sealer }: Store, application: string, limit: number): Promise<View[]> {
  const found = await views(database).find({ application }).sort({ _id: -1 }).limit(limit).lean()
  return found.map(({ _id, reason, ...rest }) => ({
    ...rest,
    id: _id,
    ...(reason === undefined ? {} : { reason: sealer.openText(toBuffer(reason)) }),
  }))
}

/** The cases and chats that this operator has looked at since then without holding them; looks back over `most` views. */
export async function outsideSince(
  database: Database,
  operator: string,
  since: Date,
  most: number,
): Promise<Set<string>> {
  const found = await views(database)
    .find({ operator }, { application: 1, chat: 1, outside: 1, at: 1 })
    .hint('operator')
    .sort({ _id: -1 })
    .limit(most)
    .lean()
  return new Set(
    found.flatMap(({ application, chat, outside, at }) => {
      const what = application ?? chat
      return outside && at >= since && what !== undefined ? [what] : []
    }),
  )
}

/** Views of all operators, or of one, newest first, between two moments. */
export async function viewsBetween(
  database: Database,
  { from, to, operator, limit }: { from: Date; to: Date; operator?: string | undefined; limit: number },
): Promise<Omit<View, 'reason'>[]> {
  const found = await views(database)
    .find({ ...(operator === undefined ? {} : { operator }), at: { $gte: from, $lt: to } }, { reason: 0 })
    .sort({ _id: -1 })
    .limit(limit)
    .lean()
  return found.map(({ _id, ...rest }) => ({ ...rest, id: _id }))
}
