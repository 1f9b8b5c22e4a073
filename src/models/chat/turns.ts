import type { Connection } from 'mongoose'
import { guarded } from '../store/failpoint.ts'
import type { Sealer } from '../store/sealing.ts'
import type { Decided, Effect } from './turn.ts'
import { reviveSession } from './session.ts'
import type { Session } from './session.ts'
import { formerSession } from './former-sessions.ts'
import { toBuffer } from '../store/binary.ts'
import { insertOnce } from '../store/insert-once.ts'
import { keptIn, modelOf, rowsOf } from '../store/kept.ts'
import { markLater } from '../store/mark-later.ts'

/**
 * One turn of one chat, inserted once, whole: which messages, what was decided, where the chat is then, and who begins
 * to say it. Only a bag that waits for downloads is inserted `open` and decided by a second write.
 */
export type TurnDocument = {
  /** `chat.n` */
  _id: string
  chat: string
  /** 1, 2, 3 … in the chat; the next is inserted only when all effects of this one have their rows. */
  n: number
  /** A message is in one turn at most: the unique index says so, not a mark in the inbox. */
  messages: string[]
  openedAt: Date
  /** The conversation's clock for this turn. */
  closedAt: Date
  state: 'open' | 'decided' | 'done'
  /** Sealed `Effect[]`; emptied by the purge. Turns of before version 3 have a sealed `Decided`. */
  decided?: Buffer
  /** Sealed: where the chat is after this turn; null once it is forgotten. Not in turns of before version 3. */
  session?: Buffer | null
  /** The process that has begun to say what was decided. */
  by?: string
  /** Files that were still downloading when the turn was decided, until the chat has been told what became of them. */
  awaiting?: string[]
  /** Files of the turn, until the chat has been told what looking at them came to. */
  looking?: string[]
  /** When that is told at the latest, with what was looked at by then. */
  verdictAt?: Date
  attempts: number
  nextAttemptAt: Date
}
/** What becomes a turn: its messages are fixed, nothing is decided yet. */
export type OpenTurn = Pick<TurnDocument, '_id' | 'chat' | 'n' | 'messages' | 'closedAt'>
/** A decision as it is stored. */
export type Decision = {
  decided: Decided
  by: string
  awaiting: readonly string[]
  /** Files that are looked at, and when the chat hears of it at the latest. */
  looking?: { files: readonly string[]; verdictAt: Date } | undefined
}
export type PendingVerdicts = { _id: string; chat: string; looking: string[]; verdictAt: Date }

const schema = keptIn<TurnDocument>('turns')
schema.index({ chat: 1, n: -1 }, { name: 'chat', unique: true })
schema.index(
  { messages: 1 },
  { name: 'message', unique: true, partialFilterExpression: { 'messages.0': { $exists: true } } },
)
schema.index({ nextAttemptAt: 1 }, { name: 'undecided', partialFilterExpression: { state: 'open' } })
schema.index({ nextAttemptAt: 1, _id: 1 }, { name: 'unfinished', partialFilterExpression: { state: 'decided' } })
schema.index({ awaiting: 1 }, { name: 'awaiting', partialFilterExpression: { 'awaiting.0': { $exists: true } } })
schema.index({ looking: 1 }, { name: 'looking', partialFilterExpression: { 'looking.0': { $exists: true } } })
schema.index({ verdictAt: 1 }, { name: 'verdict', partialFilterExpression: { verdictAt: { $exists: true } } })
// what the purge has emptied is not looked at again
schema.index({ closedAt: 1 }, { name: 'age', partialFilterExpression: { decided: { $exists: true } } })
schema.index({ _id: 1, closedAt: 1 }, { name: 'session', partialFilterExpression: { session: { $type: 'binData' } } })

export const turnModel = modelOf('Turn', schema)

/** What the partial index `awaiting` needs to hear before it is used: without it every turn there ever was is read. */
const AWAITING = { 'awaiting.0': { $exists: true } }
const LOOKING = { 'looking.0': { $exists: true } }
const VERDICT = { chat: 1, looking: 1, verdictAt: 1 } as const
/** So long a turn may take before the sweeper asks whether anybody is at it. */
const PATIENCE_MS = 5_000
const MARK_MS = 200

type Log = { warn(about: object, message: string): void }
export type Turns = ReturnType<typeof createTurns>

export function createTurns({
  database,
  sealer,
  now,
  log,
}: {
  database: Connection
  sealer: Sealer
  now: () => Date
  log: Log
}) {
  const model = turnModel(database)
  const rows = rowsOf(model)
  const soon = (): Date => new Date(now().getTime() + PATIENCE_MS)
  const done = markLater(MARK_MS, log, (ids) =>
    guarded('turn.done', () => rows.updateMany({ _id: { $in: [...ids] } }, { $set: { state: 'done' } })),
  )

  function fieldsOf({ decided, by, awaiting, looking }: Decision) {
    return {
      state: 'decided' as const,
      decided: sealer.sealJson(decided.effects),
      session: decided.session && sealer.sealJson(decided.session),
      by,
      nextAttemptAt: soon(),
      ...(awaiting.length > 0 && { awaiting: [...awaiting] }),
      ...(looking && looking.files.length > 0 && { looking: [...looking.files], verdictAt: looking.verdictAt }),
    }
  }
  /** Where the chat is after this turn. */
  async function sessionAfter(turn: TurnDocument): Promise<Session | null> {
    if (turn.session) return reviveSession(sealer.openJson<Session>(toBuffer(turn.session)))
    if (turn.session === null) return null
    // from before version 3: saved apart, at the turn's end
    if (turn.state !== 'decided' || !turn.decided) return formerSession({ database, sealer }, turn.chat)
    const { session } = sealer.openJson<Decided>(toBuffer(turn.decided))
    return session && reviveSession(session)
  }

  return {
    /** The chat's latest turn, and where the chat is: after it or, while it is open, before it. */
    async latest(chat: string): Promise<{ turn: TurnDocument | undefined; session: Session | null }> {
      const [turn, before] = await rows.find({ chat }).sort({ n: -1 }).limit(2).toArray()
      const told = turn?.state === 'open' ? before : turn
      return { turn, session: told ? await sessionAfter(told) : null }
    },

    /** Inserts a turn, with its decision or open. False where its number or one of its messages is taken. */
    async insert(turn: OpenTurn, decision?: Decision): Promise<boolean> {
      const at = now()
      const state = decision ? fieldsOf(decision) : { state: 'open' as const, nextAttemptAt: soon() }
      const row: TurnDocument = { ...turn, openedAt: at, attempts: 0, ...state }
      return guarded('turn.insert', () => insertOnce(model, row))
    },

    /** Decides an open turn. False where somebody else has. */
    async decide(turn: OpenTurn, decision: Decision): Promise<boolean> {
      const stored = await guarded('turn.decide', () =>
        rows.updateOne({ _id: turn._id, state: 'open' }, { $set: fieldsOf(decision) }),
      )
      return stored.modifiedCount === 1
    },

    /** Where the chat is after a turn that a program of before version 3 has decided, and did not save. */
    async keepSession(turn: string, session: Session | null): Promise<void> {
      await guarded('turn.session', () =>
        rows.updateOne(
          { _id: turn, session: { $exists: false } },
          { $set: { session: session && sealer.sealJson(session) } },
        ),
      )
    },

    /** The stored effects, as JSON gives them back (dates as ISO strings). */
    effectsOf(turn: TurnDocument): readonly Effect[] {
      if (!turn.decided) throw new Error(`turn ${turn._id} is not decided`)
      const stored = sealer.openJson<readonly Effect[] | Decided>(toBuffer(turn.decided))
      return 'effects' in stored ? stored.effects : stored
    },

    /** All effects have their rows: noted with those of the next moment. */
    done: done.mark,
    /** Whether that is noted here, and not yet in the store. */
    isDone: done.has,
    flush: done.flush,

    /** Those of these messages that are in a turn. */
    async ofMessages(messages: readonly string[]): Promise<ReadonlySet<string>> {
      if (messages.length === 0) return new Set()
      const found = await rows
        .find({ 'messages.0': { $exists: true }, messages: { $in: [...messages] } }, { projection: { messages: 1 } })
        .toArray()
      return new Set(found.flatMap((turn) => turn.messages))
    },

    /** A run failed: it comes again, later each time, up to a minute: a person waits, and nothing is given up. */
    async postpone(turn: string): Promise<void> {
      await rows.updateOne({ _id: turn }, [
        {
          $set: {
            attempts: { $add: ['$attempts', 1] },
            nextAttemptAt: {
              $add: [now(), { $min: [60_000, { $multiply: [500, { $pow: [2, { $min: ['$attempts', 10] }] }] }] }],
            },
          },
        },
      ])
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
      const found = await model
        .find({ ...AWAITING, awaiting: { $gt: '' } }, { awaiting: 1 })
        .limit(limit)
        .lean<{ awaiting: string[] }[]>()
      return found.flatMap((row) => row.awaiting)
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

    /**
     * For the sweeper: turns that are not done although their time is over. One that is not its chat's latest has lost
     * its mark and nothing else, since a turn is inserted when the one before is at its end.
     */
    async overdue(limit: number): Promise<(Pick<TurnDocument, '_id' | 'chat' | 'by'> & { latest: boolean })[]> {
      const found = await Promise.all(
        (['open', 'decided'] as const).map((state) =>
          rows
            .find({ state, nextAttemptAt: { $lt: now() } }, { projection: { chat: 1, n: 1, by: 1 } })
            .limit(limit)
            .toArray(),
        ),
      )
      return Promise.all(
        found.flat().map(async ({ _id, chat, n, by }) => ({
          _id,
          chat,
          ...(by !== undefined && { by }),
          latest: (await rows.countDocuments({ chat, n: n + 1 }, { limit: 1 })) === 0,
        })),
      )
    },
  }
}
