import type { Connection } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import type { Sealer } from '../store/sealing.ts'
import type { Decided } from './turn.ts'
import { toBuffer } from '../store/binary.ts'
import { insertOnce } from '../store/insert-once.ts'
import { writeInGroup } from '../store/write-in-group.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** One turn of one chat. Its insert alone decides which messages belong to it; it is decided once. */
export type TurnDocument = {
  /** `chat.n` */
  _id: string
  chat: string
  /** 1, 2, 3 … in the chat; the next is opened only when this one is done. */
  n: number
  messages: string[]
  openedAt: Date
  /** The conversation's clock for this turn. */
  closedAt: Date
  state: 'open' | 'decided' | 'done'
  /** Sealed `Decided`; emptied by the purge. */
  decided?: Buffer
  /** Files that were still downloading when the turn was decided, until the chat has been told what became of them. */
  awaiting?: string[]
  /** Files of the turn, until the chat has been told what looking at them came to. */
  looking?: string[]
  /** When that is told at the latest, with what was looked at by then. */
  verdictAt?: Date
  attempts: number
  nextAttemptAt: Date
}
/** Files of a turn that are looked at, and when the chat hears of it at the latest. */
export type Looking = { files: readonly string[]; verdictAt: Date }
export type PendingVerdicts = { _id: string; chat: string; looking: string[]; verdictAt: Date }

const schema = keptIn<TurnDocument>('turns')
schema.index({ chat: 1, n: -1 }, { name: 'chat', unique: true })
schema.index({ nextAttemptAt: 1 }, { name: 'undecided', partialFilterExpression: { state: 'open' } })
schema.index({ nextAttemptAt: 1, _id: 1 }, { name: 'unfinished', partialFilterExpression: { state: 'decided' } })
schema.index({ awaiting: 1 }, { name: 'awaiting', partialFilterExpression: { 'awaiting.0': { $exists: true } } })
schema.index({ looking: 1 }, { name: 'looking', partialFilterExpression: { 'looking.0': { $exists: true } } })
schema.index({ verdictAt: 1 }, { name: 'verdict', partialFilterExpression: { verdictAt: { $exists: true } } })
// what the purge has emptied is not looked at again
schema.index({ closedAt: 1 }, { name: 'age', partialFilterExpression: { decided: { $exists: true } } })

export const turnModel = modelOf('Turn', schema)

/** What the partial index `awaiting` needs to hear before it is used: without it every turn there ever was is read. */
const AWAITING = { 'awaiting.0': { $exists: true } }
const LOOKING = { 'looking.0': { $exists: true } }
const VERDICT = { chat: 1, looking: 1, verdictAt: 1 } as const

export type Turns = ReturnType<typeof createTurns>

export function createTurns({ database, sealer, now }: { database: Connection; sealer: Sealer; now: () => Date }) {
  const model = turnModel(database)
  return {
    async latest(chat: string): Promise<TurnDocument | null> {
      return model.findOne({ chat }).sort({ n: -1 }).lean<TurnDocument>()
    },

    /** Opens turn `n` with these messages; null when another process has opened turn `n`, with whatever messages. */
    async open(chat: string, n: number, messages: readonly string[], closedAt: Date): Promise<TurnDocument | null> {
      const at = now()
      const turn: TurnDocument = {
        _id: `${chat}.${n}`,
        chat,
        n,
        messages: [...messages],
        openedAt: at,
        closedAt,
        state: 'open',
        attempts: 0,
        nextAttemptAt: at,
      }
      return (await guarded('turn.open', () => insertOnce(model, turn))) ? turn : null
    },

    /** Stores the decision if none is stored, and gives back the one that is: the first wins. */
    async decide(turn: string, decided: Decided, awaiting: readonly string[], looking?: Looking): Promise<Decided> {
      const pending = {
        ...(awaiting.length > 0 && { awaiting }),
        ...(looking && looking.files.length > 0 && { looking: looking.files, verdictAt: looking.verdictAt }),
      }
      const stored = await guarded('turn.decide', () =>
        model.updateOne(
          { _id: turn, state: 'open' },
          { $set: { state: 'decided', decided: sealer.sealJson(decided), ...pending } },
        ),
      )
      if (stored.modifiedCount === 1) return decided
      const first = await model.findById(turn).lean<TurnDocument>()
      if (!first?.decided) throw new Error(`turn ${turn} has no decision to replay`)
      return this.decisionOf(first)
    },

    /** The stored decision, as JSON gives it back (dates as ISO strings). */
    decisionOf(turn: TurnDocument): Decided {
      if (!turn.decided) throw new Error(`turn ${turn._id} is not decided`)
      return sealer.openJson<Decided>(toBuffer(turn.decided))
    },

    async done(turn: string): Promise<void> {
      await guarded('turn.done', () =>
        writeInGroup(model, { updateOne: { filter: { _id: turn }, update: { $set: { state: 'done' } } } }),
      )
    },

    /** A run failed: it comes again, later each time, up to a minute: a person waits, and nothing is given up. */
    async postpone(turn: string, attempts: number): Promise<Date> {
      const next = new Date(now().getTime() + Math.min(60_000, 500 * 2 ** attempts))
      await model.updateOne({ _id: turn }, { $set: { nextAttemptAt: next }, $inc: { attempts: 1 } })
      return next
    },

    /** The turn that waits for this file, if one was decided without it. */
    async awaitingFile(file: string): Promise<{ turn: string; chat: string } | null> {
      const row = await model
        .findOne({ ...AWAITING, awaiting: file }, { chat: 1 })
        .lean<{ _id: string; chat: string }>()
      return row && { turn: row._id, chat: row.chat }
    },

    async fileTold(turn: string, file: string): Promise<void> {
      await guarded('turn.file-told', () => model.updateOne({ _id: turn }, { $pull: { awaiting: file } }))
    },

    /** For the sweeper: files that decided turns still wait for. */
    async awaitedFiles(limit: number): Promise<string[]> {
      const rows = await model
        .find({ ...AWAITING, awaiting: { $gt: '' } }, { awaiting: 1 })
        .limit(limit)
        .lean<{ awaiting: string[] }[]>()
      return rows.flatMap((row) => row.awaiting)
    },

    /** Turns whose verdicts are not told and that hold one of these files. */
    async lookingAt(files: readonly string[]): Promise<PendingVerdicts[]> {
      return model.find({ ...LOOKING, looking: { $in: [...files] } }, VERDICT).lean<PendingVerdicts[]>()
    },

    /** For the sweeper: turns whose verdicts are not told, those that have waited longest first. */
    async pendingVerdicts(limit: number): Promise<PendingVerdicts[]> {
      return model
        .find({ verdictAt: { $exists: true } }, VERDICT)
        .sort({ verdictAt: 1 })
        .limit(limit)
        .lean<PendingVerdicts[]>()
    },

    async verdictsTold(turn: string): Promise<void> {
      await guarded('turn.verdicts-told', () =>
        model.updateOne({ _id: turn }, { $unset: { looking: 1, verdictAt: 1 } }),
      )
    },

    /** For the sweeper: chats whose latest turn has not been finished. */
    async unfinishedChats(before: Date, limit: number): Promise<string[]> {
      const rows = await Promise.all(
        (['open', 'decided'] as const).map((state) =>
          model
            .find({ state, nextAttemptAt: { $lt: before } }, { chat: 1 })
            .limit(limit)
            .lean<{ chat: string }[]>(),
        ),
      )
      return [...new Set(rows.flat().map((row) => row.chat))]
    },
  }
}
