import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { readDataKeys } from '../../../src/config/data-key.ts'
import { toTelegramHtml, render } from '../../../src/bots/render.ts'
import { createBlobs } from '../../../src/media/blobs.ts'
import type { Pupil as StoredPupil } from '../../../src/models/application/application.ts'
import { applications } from '../../../src/models/application/kept.ts'
import type { ApplicationDocument } from '../../../src/models/application/kept.ts'
import { consents } from '../../../src/models/consent/kept.ts'
import { textsOf } from '../../../src/models/consent/texts.ts'
import { coordinators } from '../../../src/models/coordinator/kept.ts'
import { toBuffer } from '../../../src/models/store/binary.ts'
import { findChat } from '../../../src/models/chat/chats.ts'
import { connectDatabase } from '../../../src/models/store/connect.ts'
import type { Database } from '../../../src/models/store/connect.ts'
import { deliveries } from '../../../src/models/notice/kept.ts'
import type { DeliveryDocument } from '../../../src/models/notice/kept.ts'
import { fileModel } from '../../../src/models/file/files.ts'
import { entriesOf } from '../../../src/models/application/history.ts'
import { inboxModel } from '../../../src/models/chat/inbox.ts'
import { openKeyring } from '../../../src/models/store/keyring.ts'
import { noticeGroups } from '../../../src/models/notice/groups.ts'
import { pleas as pleaModel } from '../../../src/models/plea/pleas.ts'
import { turnModel } from '../../../src/models/chat/turns.ts'
import type { Sealer } from '../../../src/models/store/sealing.ts'
import { eventOf } from '../../../src/notify/rules.ts'
import { visibleText } from '../../servers/fake-bot-body.ts'
import type { CoordinatorLedger, PupilLedger } from './ledger.ts'
import type { Decision } from './operator.ts'

export type Verdict = {
  applications: number
  files: number
  decisions: number
  deliveries: number
  interrupted: number
  /** Messages that a person saw once more. */
  repeated: number
  /** A sentence for each thing that is lost, doubled or wrong. Empty: the proof holds. */
  lost: string[]
  doubled: string[]
  wrong: string[]
}
/** `shows`: what the phone makes of a text; what Telegram shows of it unless given. */
type Seen = { chat: number | string; texts: readonly string[]; shows?: (text: string) => string }

export type Judge = {
  /** Nothing is on its way any more: every message has its turn, every event is told, every reply is sent, every case
   * is handed over. */
  settled(): Promise<boolean>
  /** What is still on its way, for a run that does not end. */
  unsettled(): Promise<Record<string, number>>
  verdict(what: {
    ledgers: readonly CoordinatorLedger[]
    decisions: readonly Decision[]
    seen: readonly Seen[]
  }): Promise<Verdict>
  /** The stored documents of a ticket whose bytes are wanted. */
  close(): Promise<void>
}

/** Reads the stores behind the service's back, with its key, and compares them with what people know. */
export async function openJudge(stores: { mongodbUri: string; dataDir: string }): Promise<Judge> {
  const database = await connectDatabase(stores.mongodbUri)
  const keys = await readDataKeys({ dataDir: stores.dataDir, production: false })
  const sealer = await openKeyring(database, keys.key)
  const blobs = createBlobs({ root: join(stores.dataDir, 'blobs'), sealer, now: () => new Date() })
  const open = <T>(sealed: Buffer): T => sealer.openJson<T>(toBuffer(sealed))

  async function unsettled(): Promise<Record<string, number>> {
    const [inbox, turns, relays, groups, sends, files, cases] = await Promise.all([
      inboxModel(database).countDocuments({ state: { $ne: 'turned' } }),
      turnModel(database).countDocuments({ state: { $ne: 'done' } }),
      applications(database).countDocuments({ relayDue: { $exists: true } }),
      noticeGroups(database).countDocuments({ state: { $ne: 'done' } }),
      deliveries(database).countDocuments({ nextAttemptAt: { $exists: true } }),
      fileModel(database).countDocuments({ state: 'waiting' }),
      // between two stages, while a decision can be undone, a case waits for nobody
      applications(database).countDocuments({ stage: { $nin: ['draft', 'handed_over'] } }),
    ])
    return { inbox, turns, relays, groups, sends, files, cases }
  }

  return {
    unsettled,
    settled: async () => Object.values(await unsettled()).every((count) => count === 0),
    close: () => database.close(),
    async verdict({ ledgers, decisions, seen }) {
      const lost: string[] = []
      const doubled: string[] = []
      const wrong: string[] = []
      const stored = await applications(database)
        .find({ stage: { $ne: 'draft' } })
        .lean<ApplicationDocument[]>()
      const agreed = new Map((await consents(database).find().lean()).map((one) => [one.subject, one.textVersion]))
      const texts = await textsOf({ database, sealer }, [...agreed.values()])
      const byNik = Map.groupBy(stored, (one) => open<StoredPupil>(one.pupil!).nik)

      for (const { pupils } of ledgers) {
        for (const one of pupils) await judgePupil(one, byNik.get(one.pupil.nik) ?? [])
      }
      async function judgePupil(one: PupilLedger, found: readonly ApplicationDocument[]): Promise<void> {
        const about = `${one.pupil.nik} (${[...one.tickets].join(', ')})`
        if (one.tickets.size === 0) wrong.push(`${about}: no ticket was heard`)
        if (one.tickets.size > 1) doubled.push(`${about}: several tickets were told`)
        if (found.length === 0) lost.push(`${about}: no application`)
        if (found.length > 1) doubled.push(`${about}: ${found.length} applications`)
        const [application] = found
        if (!application) return
        if (!one.tickets.has(application.ticket ?? '')) lost.push(`${about}: the ticket is ${application.ticket}`)
        if (!texts.has(agreed.get(application._id) ?? '')) lost.push(`${about}: its consent, or the text of it`)
        const pupil = open<StoredPupil>(application.pupil!)
        if (pupil.name !== one.pupil.name) wrong.push(`${about}: the name differs`)
        if (pupil.birthDate !== one.pupil.birthDate) wrong.push(`${about}: the birth date differs`)
        const corrected = application.history.some((entry) => entry.action === 'correct')
        if (pupil.class !== one.pupil.class && !(corrected && pupil.class === '6C'))
          wrong.push(`${about}: the class differs`)
        if (application.npsn !== one.npsn) wrong.push(`${about}: the school differs`)
        const expected = one.sent.map(({ bytes }) => digest(bytes))
        const kept: string[] = []
        for (const document of application.documents) {
          const bytes = await blobs.get(document.blob)
          if (bytes) kept.push(digest(bytes))
          else lost.push(`${about}: document ${document.id} has no bytes`)
        }
        let apart = one.apart
        for (const file of new Set([...expected, ...kept])) {
          const sent = expected.filter((other) => other === file).length
          const has = kept.filter((other) => other === file).length
          if (has < sent && (apart -= sent - has) < 0)
            lost.push(`${about}: a file that was sent is not there (${kept.length} of ${expected.length})`)
          if (has > sent) doubled.push(`${about}: a file is there ${has} times`)
        }
        const resubmitted = application.history.filter((entry) => entry.action === 'resubmit').length
        if (resubmitted !== one.corrected)
          wrong.push(`${about}: ${resubmitted} corrections, ${one.corrected} were acknowledged`)
      }

      const tickets = Map.groupBy(stored, (one) => one.ticket)
      for (const [ticket, same] of tickets)
        if (same.length > 1) doubled.push(`ticket ${ticket}: ${same.length} applications`)
      const known = ledgers.reduce((sum, { pupils }) => sum + pupils.length, 0)
      const people = await coordinators(database).distinct('_id')
      const subjects = new Set<string>([...people, ...stored.map(({ _id }) => _id)])
      for (const subject of agreed.keys()) if (!subjects.has(subject)) wrong.push(`a consent of nobody: ${subject}`)
      for (const id of people) if (!agreed.has(id)) lost.push(`the consent of coordinator ${id}`)
      if (stored.length > known) doubled.push(`${stored.length} applications of ${known} pupils`)

      const pleas = await pleaModel(database).countDocuments()
      const called = ledgers.reduce((sum, ledger) => sum + ledger.pleas, 0)
      if (pleas < called) lost.push(`${called - pleas} calls for help`)
      if (pleas > called) doubled.push(`${pleas - called} calls for help`)

      judgeDecisions(stored, decisions, { lost, doubled, wrong })
      const sent = await deliveries(database).find().lean<DeliveryDocument[]>()
      const groups = await noticeGroups(database).find().lean()
      const overtaken = groups.flatMap((group) => group.overtaken ?? [])
      judgeNotices(stored, { sent, overtaken }, { lost, doubled, wrong })
      const repeated = await judgeReplies(database, sealer, sent, seen, { lost, doubled, wrong })
      const files = await fileModel(database).countDocuments({ state: 'stored' })
      const failed = await fileModel(database).countDocuments({ state: 'failed' })
      if (failed > 0) lost.push(`${failed} files failed`)
      return {
        applications: stored.length,
        files,
        decisions: decisions.length,
        deliveries: sent.length,
        interrupted: sent.reduce((sum, one) => sum + one.interrupted, 0),
        repeated,
        lost,
        doubled,
        wrong,
      }
    },
  }
}

type Found = Pick<Verdict, 'lost' | 'doubled' | 'wrong'>

/** Every decision that was answered 200 stands in the history, once; the history itself has no gap. */
function judgeDecisions(stored: readonly ApplicationDocument[], decisions: readonly Decision[], found: Found): void {
  const byId = new Map(stored.map((one) => [one._id, one]))
  for (const { application, transactionId, action } of decisions) {
    const entries = byId.get(application)?.history.filter((entry) => entry.transactionId === transactionId) ?? []
    if (entries.length === 0) found.lost.push(`decision ${transactionId} is not in the history`)
    if (entries.length > 1) found.doubled.push(`decision ${transactionId} stands ${entries.length} times`)
    if (entries.some((entry) => entry.action !== action)) found.wrong.push(`decision ${transactionId} became another`)
  }
  for (const application of stored) {
    if (application.history.length !== application.seq) {
      found.wrong.push(`${application.ticket}: ${application.history.length} entries, seq ${application.seq}`)
    }
    if (application.history.filter((entry) => entry.action === 'submit').length !== 1) {
      found.doubled.push(`${application.ticket}: was not submitted once`)
    }
  }
}

/**
 * What others did is told to the school once: each such history entry is the subject of one delivery, or was left out,
 * once, since the application had gone on by then.
 */
function judgeNotices(
  stored: readonly ApplicationDocument[],
  { sent, overtaken }: { sent: readonly DeliveryDocument[]; overtaken: readonly string[] },
  found: Found,
): void {
  const told = new Map<string, number>()
  for (const key of overtaken) {
    // the last part is who would have heard of it
    const entry = key.slice(0, key.lastIndexOf('/'))
    told.set(entry, (told.get(entry) ?? 0) + 1)
    const [id, seq] = entry.split('/')
    const application = stored.find((one) => one._id === id)
    const later = application && entriesOf(application).some((one) => one.seq > Number(seq) && one.from !== one.to)
    if (!later) found.lost.push(`${application?.ticket}: entry ${seq} was left out, and nothing came after it`)
  }
  for (const { subject } of sent) {
    if (subject.application === undefined || subject.seq === undefined) continue
    for (const one of [{ application: subject.application, seq: subject.seq }, ...(subject.also ?? [])]) {
      const key = `${one.application}/${one.seq}`
      told.set(key, (told.get(key) ?? 0) + 1)
    }
  }
  for (const application of stored) {
    const entries = entriesOf(application)
    for (const entry of entries) {
      // taken back within the time for that: nobody hears of it
      const undone = entries.some((other) => other.action === 'undo' && other.transactionId === entry.transactionId)
      if (undone || eventOf(entry) === undefined) continue
      const times = told.get(`${application._id}/${entry.seq}`) ?? 0
      if (times === 0) found.lost.push(`${application.ticket}: entry ${entry.seq} (${entry.action}) was not told`)
      if (times > 1) found.doubled.push(`${application.ticket}: entry ${entry.seq} was told ${times} times`)
    }
  }
}

/** Each person saw each delivery once, and once more at most for each interrupted attempt. Gives how often that was. */
async function judgeReplies(
  database: Database,
  sealer: Sealer,
  sent: readonly DeliveryDocument[],
  seen: readonly Seen[],
  found: Found,
): Promise<number> {
  let repeated = 0
  for (const [chatId, own] of Map.groupBy(sent, (one) => one.chat)) {
    const chat = await findChat({ database, sealer }, chatId)
    const { texts, shows = shown } = seen.find((one) => String(one.chat) === chat?.to.id) ?? {}
    if (!texts) continue
    const most = new Map<string, { times: number; spare: number }>()
    for (const delivery of own) {
      if (delivery.state === 'failed' || delivery.state === 'queued') found.lost.push(`a reply is ${delivery.state}`)
      const text = shows(sealer.openText(toBuffer(delivery.text)))
      const before = most.get(text) ?? { times: 0, spare: 0 }
      most.set(text, { times: before.times + 1, spare: before.spare + delivery.interrupted })
    }
    for (const text of new Set([...texts, ...most.keys()])) {
      const times = texts.filter((other) => other === text).length
      const may = most.get(text) ?? { times: 0, spare: 0 }
      if (times < may.times) found.lost.push(`chat ${chatId}: a reply was not seen`)
      if (times > may.times + may.spare)
        found.doubled.push(`chat ${chatId}: a reply was seen ${times} times of ${may.times}+${may.spare}`)
      repeated += Math.max(0, times - may.times)
    }
  }
  return repeated
}

/** A text as Telegram shows it. */
function shown(text: string): string {
  const { parts } = render({ text }, { buttons: 24, textLimit: 4096, buttonBytes: 64 })
  return parts.map((part) => visibleText(toTelegramHtml(part)) ?? '').join('\n')
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
