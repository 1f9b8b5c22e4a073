import type { Connection } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import { Refusal } from '../store/errors.ts'
import type { Sealer } from '../store/sealing.ts'
import { checkDigit } from '../application/ticket.ts'
import { behind } from '../store/behind.ts'
import { toBuffer } from '../store/binary.ts'
import { insertOnce } from '../store/insert-once.ts'
import { counters } from '../application/tickets.ts'
import { keptIn, modelOf } from '../store/kept.ts'

export type PleaContext = { database: Connection; sealer: Sealer; now: () => Date }
export type PleaKind = 'help' | 'complaint'

/** A call for help (PETUGAS) or a complaint (PENGADUAN), as stored; text and outcome are sealed. */
export type PleaDocument = {
  _id: string
  /** As `P31-3` or `A12-4`. */
  number: string
  kind: PleaKind
  state: 'open' | 'closed'
  chat: string
  coordinator?: string
  npsn?: string
  text?: Buffer
  files: string[]
  at: Date
  /** Complaints: answered by then. */
  due?: Date
  closedAt?: Date
  closedBy?: string
  outcome?: Buffer
}
export type Plea = Omit<PleaDocument, '_id' | 'text' | 'outcome'> & { id: string; text?: string; outcome?: string }

const schema = keptIn<PleaDocument>('pleas')
schema.index({ number: 1 }, { name: 'number', unique: true })
// with the ids, which break ties, so that a page is read in its order and not sorted
schema.index({ state: 1, kind: 1, at: 1, _id: 1 }, { name: 'state' })
schema.index({ state: 1, kind: 1, closedAt: 1, _id: 1 }, { name: 'closed' })

export const pleas = modelOf('Plea', schema)

const LETTER: Record<PleaKind, string> = { help: 'P', complaint: 'A' }
/** Two digits at least, so that a number is never taken for a choice. */
const FIRST = 10

export type NewPlea = {
  /** The effect's key: the same key makes one plea. */
  key: string
  kind: PleaKind
  chat: string
  coordinator?: string
  npsn?: string
  text?: string
  files?: readonly string[]
  due?: Date
}

/** Records a plea and gives it its number; the same key again gives the same plea. Gaps in the numbers are harmless. */
export async function createPlea(context: PleaContext, plea: NewPlea): Promise<{ id: string; number: string }> {
  const { database, sealer, now } = context
  const { key, text, files = [], ...rest } = plea
  const id = sealer.identify('plea', key)
  const known = await pleas(database).findById(id, { number: 1 }).lean()
  if (known) return { id, number: known.number }
  const number = await nextNumber(database, plea.kind)
  const created = await guarded('plea.create', () =>
    insertOnce(pleas(database), {
      _id: id,
      ...rest,
      number,
      state: 'open' as const,
      ...(text === undefined ? {} : { text: sealer.seal(text) }),
      files: [...files],
      at: now(),
    }),
  )
  if (created) return { id, number }
  const first = await pleas(database).findById(id, { number: 1 }).lean()
  return { id, number: first?.number ?? number }
}

/** Closes a plea with what came of it. Refusals: not-found, conflict (closed already, with another outcome or by another). */
export async function closePlea(
  context: PleaContext,
  id: string,
  { by, outcome }: { by: string; outcome: string },
): Promise<Plea> {
  const { database, sealer, now } = context
  const closed = await guarded('plea.close', () =>
    pleas(database)
      .findOneAndUpdate(
        { _id: id, state: 'open' },
        { $set: { state: 'closed', closedAt: now(), closedBy: by, outcome: sealer.seal(outcome) } },
        { returnDocument: 'after' },
      )
      .lean<PleaDocument>(),
  )
  if (closed) return openPlea(sealer, closed)
  if (!(await pleas(database).exists({ _id: id }))) throw new Refusal('not-found', 'no such plea', { plea: id })
  throw new Refusal('conflict', 'closed already', { plea: id })
}

const KINDS: readonly PleaKind[] = ['help', 'complaint']

/** Open pleas in the order they came, closed ones the latest closed first, from behind `after`. */
export async function listPleas(
  { database, sealer }: Omit<PleaContext, 'now'>,
  query: { kind?: PleaKind | undefined; state: 'open' | 'closed'; after?: string | undefined; limit: number },
): Promise<Plea[]> {
  const { state, kind, after, limit } = query
  const [by, way, index] = state === 'open' ? (['at', 1, 'state'] as const) : (['closedAt', -1, 'closed'] as const)
  const last =
    after === undefined
      ? null
      : await pleas(database)
          .findById(after, { [by]: 1 })
          .lean()
  const found = await pleas(database)
    .find({
      state,
      // both named, so that the index, which has the kind before the time, still gives the order of the times
      kind: kind ?? { $in: KINDS },
      ...behind(by, last?.[by] && { at: last[by], id: last._id }, way),
    })
    .hint(index)
    .sort({ [by]: way, _id: way })
    .limit(limit)
    .lean<PleaDocument[]>()
  return found.map((plea) => openPlea(sealer, plea))
}

export function countOpenPleas(database: Connection): Promise<number> {
  return pleas(database).countDocuments({ state: 'open' }).exec()
}

/** Empties the texts of pleas that were closed before `before`; number, kind and times stay. Gives how many. */
export async function emptyPleas(database: Connection, before: Date): Promise<number> {
  const result = await guarded('plea.purge', () =>
    pleas(database).updateMany(
      {
        state: 'closed',
        closedAt: { $lte: before },
        $or: [{ text: { $exists: true } }, { outcome: { $exists: true } }],
      },
      { $unset: { text: 1, outcome: 1 } },
    ),
  )
  return result.modifiedCount
}

/** The open calls for help of one chat, oldest first. */
export async function pleasOfChat(database: Connection, chat: string): Promise<string[]> {
  const found = await pleas(database)
    .find({ chat, state: 'open', kind: 'help' }, { _id: 1 })
    .sort({ at: 1 })
    .lean<{ _id: string }[]>()
  return found.map((plea) => plea._id)
}

async function nextNumber(database: Connection, kind: PleaKind): Promise<string> {
  const counter = await guarded('plea.number', () =>
    counters(database)
      .findOneAndUpdate({ _id: kind }, { $inc: { given: 1 } }, { upsert: true, returnDocument: 'after' })
      .lean(),
  )
  const digits = String(FIRST - 1 + counter.given)
  return `${LETTER[kind]}${digits}-${checkDigit(LETTER[kind], digits)}`
}

function openPlea(sealer: Sealer, { _id, text, outcome, ...plea }: PleaDocument): Plea {
  return {
    ...plea,
    id: _id,
    ...(text ? { text: sealer.openText(toBuffer(text)) } : {}),
    ...(outcome ? { outcome: sealer.openText(toBuffer(outcome)) } : {}),
  }
}
