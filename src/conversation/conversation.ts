import type { LiveEvent } from '../admin/contract/event.ts'
import type { CurrentOffice } from '../config/office-settings.ts'
import type { Log } from '../config/log.ts'
import { advance } from './engine.ts'
import { createFactsLoader } from './facts-loader.ts'
import { dayText } from './hours.ts'
import { createPerformer } from './performer.ts'
import type { Coordinator } from '../models/coordinator/coordinator.ts'
import { setNotices, setPhone } from '../models/chat/chats.ts'
import type { Database } from '../models/store/connect.ts'
import { admitByInvitation } from '../models/coordinator/changes.ts'
import { coordinatorOfChat, registerCoordinator, representedBy } from '../models/coordinator/coordinators.ts'
import type { Outbound } from '../models/chat/message.ts'
import type { Ending } from '../models/notice/deliveries.ts'
import { createDelivery, isQueuedIn, resumeNotices } from '../models/notice/deliveries.ts'
import type { Files } from '../models/file/files.ts'
import type { Inbox } from '../models/chat/inbox.ts'
import { checkInvitation } from '../models/school/invitations.ts'
import { createPlea } from '../models/plea/pleas.ts'
import { markFiles } from '../models/application/purge.ts'
import { findSchool } from '../models/school/schools.ts'
import { isTakenOver } from '../models/chat/takeovers.ts'
import type { Turns } from '../models/chat/turns.ts'
import type { LifeSign } from '../models/store/life-sign.ts'
import type { Sealer } from '../models/store/sealing.ts'
import type { Receipts } from '../bots/receipts.ts'
import type { Jobs } from '../queue/jobs.ts'
import type { TicketQueue } from '../queue/ticket-queue.ts'
import type { Inspection } from '../media/inspection.ts'
import { BAG_TIMING } from './talk/bag.ts'
import type { TurnFiles } from './talk/turn-files.ts'
import { createTalk } from './talk/talk.ts'
import type { Talk } from './talk/talk.ts'

export type ConversationDeps = {
  database: Database
  sealer: Sealer
  office: CurrentOffice
  now: () => Date
  log: Log
  jobs: Jobs
  inbox: Inbox
  turns: Turns
  files: Files
  turnFiles: Pick<TurnFiles, 'of' | 'recheck'>
  looking: Inspection['conversation']
  queue: TicketQueue
  life: LifeSign
  receipts: Pick<Receipts, 'settle'>
  /** Says a reply past the queue; undefined where it has to be queued. */
  sayNow(
    chat: string,
    reply: Pick<Outbound, 'key' | 'text' | 'choices'>,
    may: () => boolean,
  ): Promise<Ending | undefined>
  publish(event: LiveEvent): void
}

/** Schools are asked for in every turn and change a few times a year. */
const SCHOOL_FRESH_MS = 10_000

/** The thinking part: from waiting messages to decided turns and what follows from them. */
export function createConversation(deps: ConversationDeps): Talk {
  const { database, office, now, jobs, queue, files, inbox } = deps

  const ofAll = async <T>(ids: readonly string[], of: (id: string) => Promise<readonly T[]>): Promise<T[]> =>
    (await Promise.all(ids.map(of))).flat()
  const coordinatorOf = async (chat: string): Promise<Coordinator | null> =>
    (await coordinatorOfChat(deps, chat)) ?? null

  const facts = createFactsLoader({
    office,
    now,
    coordinatorOf,
    school: remembered(SCHOOL_FRESH_MS, now, async (npsn) => (await findSchool(database, npsn)) ?? null),
    checkInvitation: (npsn, code) => checkInvitation(deps, npsn, code),
    represented: (coordinator) => representedBy(database, coordinator),
    draftsOf: (ids) => ofAll(ids, (id) => queue.drafts.of(id)),
    applicationsOf: (ids) => ofAll(ids, (id) => queue.cases.ofCoordinator(id)),
    openWithNik: queue.open.withNik,
    files: (ids) => files.asTurnFiles(ids),
    servedRound: () => queue.cases.servedRound(),
    ...(deps.looking.verdicts && { verdicts: deps.looking.verdicts }),
  })

  const perform = createPerformer({
    office,
    say: (message) => talk.say(message),
    coordinatorOf,
    async register(registration) {
      const { coordinator, created } = await registerCoordinator(deps, registration)
      if (created) deps.publish({ type: 'coordinators' })
      return coordinator.state === 'approved' ? 'approved' : 'pending'
    },
    async admit({ chat, ...wish }) {
      const coordinator = await coordinatorOf(chat)
      const admitted = coordinator && (await admitByInvitation(deps, coordinator, wish))
      deps.publish({ type: 'coordinators' })
      return admitted ? 'approved' : 'pending'
    },
    async hear(chat, key, files) {
      await inbox.tell(chat, `verdicts/${key}`, { event: 'verdicts', files })
      jobs.hint('mailbox', chat)
    },
    setPhone: (chat, phone) => setPhone(deps, chat, phone),
    async setNotices(chat, on) {
      await setNotices(deps, chat, on)
      if (!on) return
      await resumeNotices(deps, chat)
      jobs.hint('send', chat)
    },
    async plead({ coordinator, at, ...plea }) {
      const speaker = await coordinatorOf(plea.chat)
      const made = await createPlea(deps, {
        ...plea,
        ...(coordinator !== null && { coordinator }),
        ...(speaker && { npsn: speaker.npsn }),
        ...(plea.kind === 'complaint' && { due: dueOf(at) }),
      })
      if (plea.files.length > 0) await files.match(made.id, plea.files)
      deps.publish({ type: 'pleas' })
      return made
    },
    complaintDue: (at) => dayText(office.current(), queue.calendar().dayOf(dueOf(at))),
    files: { ...files, erase: (draft) => markFiles(database, { _id: draft, documents: [] }, now()) },
    queue,
  })

  const dueOf = (at: Date): Date => queue.calendar().afterWorkingDays(at, office.current().complaints.answerWorkingDays)

  const talk: Talk = createTalk({
    ...deps,
    filesOf: deps.turnFiles.of,
    recheckFiles: deps.turnFiles.recheck,
    facts,
    advance,
    perform,
    takenOver: (chat) => isTakenOver(database, chat, now()),
    isQueuedIn: (chat) => isQueuedIn(deps, chat),
    sayNow: ({ chat, key, text, choices }) =>
      deps.sayNow(chat, { key, text, ...(choices && { choices }) }, () => deps.life.holds()),
    async keepSaid(message, ending) {
      await createDelivery(deps, message, ending)
      if (ending?.state !== 'sent') return
      await deps.receipts.settle(ending.platform)
      deps.publish({ type: 'conversation', chat: message.chat })
    },
    hintSend: (chat) => jobs.hint('send', chat),
    timing: { ...BAG_TIMING, quiet: office.current().files.quietSeconds * 1000 },
    ...(deps.looking.lookPatience !== undefined && { lookPatience: deps.looking.lookPatience }),
  })
  return talk
}

/** `read`, at most once in `ms` for each key that there is; what is not there is looked for again. */
function remembered<T>(
  ms: number,
  now: () => Date,
  read: (key: string) => Promise<T | null>,
): (key: string) => Promise<T | null> {
  const held = new Map<string, { at: number; value: T }>()
  return async (key) => {
    const at = now().getTime()
    const known = held.get(key)
    if (known && at - known.at < ms) return known.value
    const value = await read(key)
    if (value === null) held.delete(key)
    else held.set(key, { at, value })
    return value
  }
}
