import mongoose from 'mongoose'
import type { SaidLine, Shown } from './chatterbox.ts'

/** What one person said and was shown. */
export type Talk = { chat: number; said: readonly SaidLine[]; shown: readonly Shown[] }

export type TurnVerdict = {
  acknowledged: number
  turns: number
  replies: number
  shownTwice: number
  /** Replies whose sending was cut off, as the service counts it: each may have been shown once more. */
  interrupted: number
  /** Where a line was taken before one that the person had posted earlier, as when the platform had to offer it again. */
  swapped: number
  lost: string[]
  doubled: string[]
  wrong: string[]
}
export type TurnJudge = {
  /** What is not at its end yet. */
  open(): Promise<Record<string, number>>
  verdict(people: readonly Talk[]): Promise<TurnVerdict>
  close(): Promise<void>
}

type InboxRow = { _id: string; order: number }
type TurnRow = { _id: string; chat: string; n: number; messages: string[] }
type DeliveryRow = { _id: string; chat: string; n: number; state: string; interrupted?: number }

/**
 * Holds the store against what the platform saw. It reads raw rows, and only of fields without which a turn could not be
 * told: which messages it has, its number, whether it is done; a reply's key, place, state and interruptions.
 */
export async function openTurnJudge(mongodbUri: string): Promise<TurnJudge> {
  const client = await mongoose.mongo.MongoClient.connect(mongodbUri)
  const database = client.db()

  return {
    async open() {
      const [messages, turns, deliveries] = await Promise.all([
        database.collection('inbox').countDocuments({ state: 'new' }),
        database.collection('turns').countDocuments({ state: { $ne: 'done' } }),
        database.collection('deliveries').countDocuments({ state: { $in: ['queued', 'sending'] } }),
      ])
      return { messages, turns, deliveries }
    },
    async verdict(people) {
      const [inbox, turns, deliveries] = await Promise.all([
        database.collection<InboxRow>('inbox').find().toArray(),
        database.collection<TurnRow>('turns').find().sort({ chat: 1, n: 1 }).toArray(),
        database.collection<DeliveryRow>('deliveries').find().sort({ chat: 1, n: 1 }).toArray(),
      ])
      return judge(people, { inbox, turns, deliveries })
    },
    close: () => client.close(),
  }
}

export type JudgedRows = { inbox: readonly InboxRow[]; turns: readonly TurnRow[]; deliveries: readonly DeliveryRow[] }
/** A line of a person, and what came of it. */
type Followed = { order: number; token?: string; turn: TurnRow; reply: DeliveryRow }

/** `turns` and `deliveries` are sorted by chat and number. */
export function judge(people: readonly Talk[], { inbox, turns, deliveries }: JudgedRows): TurnVerdict {
  const found = { lost: [] as string[], doubled: [] as string[], wrong: [] as string[] }
  const byOrder = Map.groupBy(inbox, (row) => row.order)
  const turnsOf = Map.groupBy(
    turns.flatMap((turn) => turn.messages.map((message) => ({ message, turn }))),
    ({ message }) => message,
  )
  // the key is the turn and the place of the effect in it
  const repliesOf = Map.groupBy(deliveries, ({ _id }) => _id.slice(0, _id.lastIndexOf('/')))
  const lines = people.flatMap(({ said }) => said)
  let [shownTwice, swapped] = [0, 0]

  if (inbox.length > lines.length) found.doubled.push(`${inbox.length} messages are stored of ${lines.length}`)
  for (const [chat, own] of Map.groupBy(turns, (turn) => turn.chat)) {
    if (own.some(({ n }, i) => n !== i + 1)) found.wrong.push(`chat ${chat}: its turns have a gap or a double`)
  }
  const known = new Set(turns.map(({ _id }) => _id))
  for (const [turn] of repliesOf) if (!known.has(turn)) found.wrong.push(`a reply is of ${turn}, which is no turn`)

  for (const person of people) {
    const followed = person.said.flatMap(({ order, token }): Followed[] => {
      const about = `chat ${person.chat}, update ${order}`
      const [row, ...rows] = byOrder.get(order) ?? []
      if (rows.length > 0) found.doubled.push(`${about}: stored ${rows.length + 1} times`)
      if (!row) found.lost.push(`${about}: acknowledged and not stored`)
      const [taken, ...more] = (row && turnsOf.get(row._id)) ?? []
      if (more.length > 0) found.doubled.push(`${about}: in ${more.length + 1} turns`)
      if (row && !taken) found.lost.push(`${about}: in no turn`)
      const [reply, ...others] = (taken && repliesOf.get(taken.turn._id)) ?? []
      if (others.length > 0) found.doubled.push(`${about}: ${others.length + 1} replies were decided`)
      if (taken && !reply) found.lost.push(`${about}: no reply of its turn`)
      return taken && reply ? [{ order, ...(token !== undefined && { token }), turn: taken.turn, reply }] : []
    })
    const inTurn = followed.toSorted((a, b) => a.turn.n - b.turn.n)
    swapped += inTurn.filter(({ order }, i) => i > 0 && order < inTurn[i - 1]!.order).length
    shownTwice += judgeShown(person, inTurn, found)
  }
  return {
    acknowledged: lines.length,
    turns: turns.length,
    replies: deliveries.length,
    shownTwice,
    interrupted: deliveries.filter(({ interrupted = 0 }) => interrupted > 0).length,
    swapped,
    ...found,
  }
}

/** What a phone shows, against what was decided for it, turn by turn. Gives how many replies it shows once more. */
function judgeShown(
  { chat, shown }: Talk,
  inTurn: readonly Followed[],
  found: Pick<TurnVerdict, 'lost' | 'doubled' | 'wrong'>,
): number {
  const shownOf = Map.groupBy(shown, ({ token }) => token)
  let twice = 0
  let about: string | undefined
  for (const { token, turn, reply } of inTurn) {
    if (reply.state === 'failed') found.lost.push(`chat ${chat}: the reply of turn ${turn.n} failed`)
    if (token === undefined) continue
    const times = shownOf.get(token) ?? []
    if (times.length === 0) found.lost.push(`chat ${chat}: the reply of turn ${turn.n} was not shown`)
    if (times.length > 1) twice += 1
    if (times.length - 1 > (reply.interrupted ?? 0))
      found.doubled.push(`chat ${chat}: the reply of turn ${turn.n} was shown ${times.length} times, and not counted`)
    // decided on what the turn before it left, not on an older state of the conversation
    if (token.startsWith('Anak ')) about = token
    else if (about !== undefined && times.some((one) => one.about !== about))
      found.wrong.push(`chat ${chat}: turn ${turn.n} was decided about another pupil than the turn before it left`)
  }
  const decided = inTurn.flatMap(({ token }) => token ?? [])
  const first = [...shownOf.keys()]
  if (decided.some((token, i) => token !== first[i]))
    found.wrong.push(`chat ${chat}: its replies came in another order than they were decided in`)
  if (inTurn.some(({ reply }, i) => i > 0 && reply.n < inTurn[i - 1]!.reply.n))
    found.wrong.push(`chat ${chat}: its replies are numbered in another order than its turns`)
  return twice
}
