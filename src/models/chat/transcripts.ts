import type { DeliveryState, SendFailure } from '../notice/delivery.ts'
import type { InboundBody, Outbound } from './message.ts'
import type { Sealer } from '../store/sealing.ts'
import type { FileFailure, FileState } from './turn.ts'
import { toBuffer } from '../store/binary.ts'
import type { Database } from '../store/connect.ts'
import { deliveries } from '../notice/kept.ts'
import type { DeliveryDocument } from '../notice/kept.ts'
import { fileModel } from '../file/files.ts'
import { inboxModel } from './inbox.ts'
import type { InboxDocument, InboxKind } from './inbox.ts'

/** A file as a transcript names it; the id opens it. */
export type SaidFile = {
  id: string
  name?: string
  mediaType?: string
  bytes?: number
  state: FileState
  failure?: FileFailure
}

/** One message of a chat, whoever said it and on whatever channel. */
export type Said = {
  id: string
  at: Date
  from: 'person' | 'bot' | 'operator'
  /** The operator, where one said it. */
  by?: string
  text?: string
  /** What the person sent that is neither text nor files. */
  kind?: 'phone' | Extract<InboundBody, { kind: 'unsupported' }>['what']
  choices?: readonly string[]
  files: readonly SaidFile[]
  /** Ours only: how far it has come. */
  state?: DeliveryState
  failure?: SendFailure
  edited?: true
  deleted?: true
  /** The content has been let go of. */
  purged?: true
}

/** Where an earlier page begins: `inbox` and `delivery` are those that were given last. */
export type TranscriptPlace = { inbox?: { at: Date; id: string }; delivery?: number }
type Store = { database: Database; sealer: Sealer }

const UNSPOKEN: InboxKind[] = ['system', 'placeholder']

/** The newest `limit` messages from before `place`, oldest first, and the place of the page before; none at the beginning. */
export async function transcriptOf(
  store: Store,
  chat: string,
  { place = {}, limit }: { place?: TranscriptPlace; limit: number },
): Promise<{ said: Said[]; earlier?: TranscriptPlace }> {
  const { database } = store
  const { inbox, delivery } = place
  const [heard, told] = await Promise.all([
    inboxModel(database)
      .find({
        chat,
        kind: { $nin: UNSPOKEN },
        ...(inbox && { $or: [{ receivedAt: { $lt: inbox.at } }, { receivedAt: inbox.at, _id: { $lt: inbox.id } }] }),
      })
      .sort({ receivedAt: -1, _id: -1 })
      .limit(limit)
      .lean<InboxDocument[]>(),
    deliveries(database)
      .find({ chat, ...(delivery === undefined ? {} : { n: { $lt: delivery } }) })
      .sort({ n: -1 })
      .limit(limit)
      .lean<DeliveryDocument[]>(),
  ])
  const rows = [
    ...heard.map((row) => ({ at: row.receivedAt, heard: row })),
    ...told.map((row) => ({ at: row.createdAt, told: row })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime() || Number('told' in b) - Number('told' in a))
  const page = rows.slice(0, limit)
  const lastHeard = page.findLast((row) => 'heard' in row)
  const lastTold = page.findLast((row) => 'told' in row)
  const next: TranscriptPlace = {
    ...place,
    ...(lastHeard && 'heard' in lastHeard && { inbox: { at: lastHeard.at, id: lastHeard.heard._id } }),
    ...(lastTold && 'told' in lastTold && { delivery: lastTold.told.n }),
  }
  const files = await filesOf(
    store,
    page.flatMap((row) => ('heard' in row ? fileIds(row.heard) : [])),
  )
  const said = page.map((row) =>
    'heard' in row ? heardOf(store.sealer, row.heard, files) : toldOf(store.sealer, row.told),
  )
  return { said: said.reverse(), ...(rows.length >= limit && rows.length > 0 && { earlier: next }) }
}

/** What was said last, by anybody. */
export async function lastSaid(store: Store, chat: string): Promise<Said | undefined> {
  return (await transcriptOf(store, chat, { limit: 1 })).said[0]
}

/** Messages whose words match, newest first; reads back at most `most` messages, since every one has to be opened. */
export async function searchTranscript(
  store: Store,
  chat: string,
  matches: (text: string) => boolean,
  { most, limit }: { most: number; limit: number },
): Promise<Said[]> {
  const found: Said[] = []
  let place: TranscriptPlace | undefined = {}
  for (let read = 0; place && read < most && found.length < limit;) {
    const page: Awaited<ReturnType<typeof transcriptOf>> = await transcriptOf(store, chat, { place, limit: 200 })
    read += page.said.length
    found.push(...page.said.toReversed().filter((one) => one.text !== undefined && matches(one.text)))
    place = page.earlier
  }
  return found.slice(0, limit)
}

/** Whether a file belongs to this chat, sent by either side. */
export async function fileOfChat(database: Database, chat: string, id: string): Promise<boolean> {
  return (await fileModel(database).exists({ _id: id, chat })) !== null
}

function fileIds(row: InboxDocument): string[] {
  return Array.from({ length: row.files }, (_, i) => `${row._id}-${i}`)
}

async function filesOf({ database, sealer }: Store, ids: readonly string[]): Promise<ReadonlyMap<string, SaidFile>> {
  if (ids.length === 0) return new Map()
  const rows = await fileModel(database)
    .find({ _id: { $in: [...ids] } })
    .lean()
  return new Map(
    rows.map(({ _id, name, mediaType, bytes, state, failure }) => [
      _id,
      {
        id: _id,
        state,
        ...(name && { name: sealer.openText(toBuffer(name)) }),
        ...(mediaType !== undefined && { mediaType }),
        ...(bytes !== undefined && { bytes }),
        ...(failure !== undefined && { failure }),
      },
    ]),
  )
}

function heardOf(sealer: Sealer, row: InboxDocument, files: ReadonlyMap<string, SaidFile>): Said {
  const body = row.body && sealer.openJson<InboundBody>(toBuffer(row.body))
  return {
    id: row._id,
    at: row.receivedAt,
    from: 'person',
    ...(body ? bodyOf(body) : { purged: true as const }),
    files: fileIds(row).map((id) => files.get(id) ?? { id, state: 'waiting' }),
    ...(row.editedAt && { edited: true as const }),
    ...(row.deletedAt && { deleted: true as const }),
  }
}
function bodyOf(body: InboundBody): Pick<Said, 'text' | 'kind'> {
  switch (body.kind) {
    case 'text':
      return { text: body.text }
    case 'choice':
      return { text: body.value }
    case 'files':
      return body.caption === undefined ? {} : { text: body.caption }
    case 'phone':
      return { kind: 'phone' }
    case 'unsupported':
      return { kind: body.what }
    case 'placeholder':
      return {}
  }
}

function toldOf(sealer: Sealer, row: DeliveryDocument): Said {
  const { operator } = row.subject
  const sent = row.files && sealer.openJson<NonNullable<Outbound['files']>>(toBuffer(row.files))
  const choices = row.choices && sealer.openJson<{ label: string }[]>(toBuffer(row.choices))
  return {
    id: row._id,
    at: row.createdAt,
    from: operator === undefined ? 'bot' : 'operator',
    ...(operator !== undefined && { by: operator }),
    // the purge unsets what a lean read may still give as nothing
    ...(row.text ? { text: sealer.openText(toBuffer(row.text)) } : { purged: true as const }),
    ...(choices && { choices: choices.map((choice) => choice.label) }),
    files: (sent ?? []).map(({ blob, name, mediaType }) => ({ id: blob, name, mediaType, state: 'stored' as const })),
    state: row.state,
    ...(row.failure && { failure: row.failure }),
  }
}
