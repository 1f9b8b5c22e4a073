import { pupilOf } from '../models/application/sealed.ts'
import { eachOf } from '../config/each-of.ts'
import type { Log } from '../config/log.ts'
import type { CurrentOffice } from '../config/office-settings.ts'
import type { HistoryEntry } from '../models/application/history.ts'
import type { DeliverySubject } from '../models/notice/delivery.ts'
import { dateIn } from '../models/identity/date.ts'
import type { Choice } from '../models/chat/message.ts'
import { applicationById, applicationsById } from '../models/application/changes.ts'
import type { ApplicationDocument } from '../models/application/kept.ts'
import { toBuffer } from '../models/store/binary.ts'
import type { Database } from '../models/store/connect.ts'
import { chatToTell, coordinatorOfChat } from '../models/coordinator/coordinators.ts'
import { eventsTold } from '../models/notice/deliveries.ts'
import { closedGroups, finishGroup, joinGroup, noticesWaiting } from '../models/notice/groups.ts'
import type { ClosedGroup, WaitingNotice } from '../models/notice/groups.ts'
import { findSchool } from '../models/school/schools.ts'
import type { Sealer } from '../models/store/sealing.ts'
import { eventOf, isOvertaken } from './rules.ts'
import type { NoticeEvent } from './rules.ts'
import { wordNotice } from './wording.ts'
import type { NoticeContent } from './wording.ts'

/** A message that nobody asked for; it waits where the person has turned notices off. */
export type NoticeDelivery = {
  key: string
  chat: string
  text: string
  choices?: readonly Choice[]
  subject: DeliverySubject
  notBefore?: Date
  notice: true
}

export type NotifierOptions = {
  database: Database
  sealer: Sealer
  office: CurrentOffice
  now: () => Date
  log: Log
  /** Events of one school within so many seconds go in one message. */
  groupSeconds: number
  /** When a notice may go at the earliest: quiet hours. */
  loud: (at: Date) => Date
  /** The opening hours of these days in words, for cards that are ready. */
  hours: () => string
  /** Queues a message; false where its key is known. */
  createDelivery(delivery: NoticeDelivery): Promise<boolean>
}

export type Notifier = {
  /** The relay's handler: what of this the school hears. Idempotent by application and `seq`. */
  notify(application: ApplicationDocument, entries: readonly HistoryEntry[]): Promise<void>
  /** A returned application waits for its school. Idempotent by `key`. Drafts are reminded of by the conversation. */
  remind(reminded: { key: string; id: string; stage: 'returned' }, purgeOn: Date): Promise<void>
  /** What a school would read of this alone: the words of the notice itself. */
  word: (of: NoticeContent & { npsn: string }) => Promise<string>
  /** What the school is still to hear of an application, as things stand; what was overtaken is left out. */
  toCome: (application: string) => Promise<readonly WaitingNotice[]>
  /** Sends the groups whose time has come; gives how many. To be called every second or so, by any number of processes. */
  flush(): Promise<number>
}

const ROUND = 50

/** Tells schools what others did to their applications: several events of one school go in one message. */
export function createNotifier(options: NotifierOptions): Notifier {
  const { database, sealer, office, now, log, loud, hours } = options
  const groupMs = 1000 * options.groupSeconds

  async function tell(
    application: ApplicationDocument,
    notice: { key: string; seq: number; content: NoticeContent },
  ): Promise<void> {
    const recipient = await chatToTell(database, application)
    const { event } = notice.content
    if (recipient === undefined) {
      log.warn({ application: application._id, seq: notice.seq, event }, 'nobody of the school can be told')
      return
    }
    await joinGroup(
      { database, sealer, now },
      { chat: recipient.chat, npsn: application.npsn, closesAt: loud(new Date(now().getTime() + groupMs)) },
      { ...notice, key: `${notice.key}/${recipient.coordinator}`, application: application._id, event },
    )
  }

  async function send(group: ClosedGroup): Promise<void> {
    const school = await findSchool(database, group.npsn)
    const known = await applicationsById(
      database,
      group.members.map(({ application }) => application),
    )
    const heard = await eventsTold(database, [...known.keys()])
    const overtaken = group.members.filter(({ application: id, seq, content }) => {
      const application = known.get(id)
      return (
        application && isOvertaken({ event: (content as NoticeContent).event, seq }, application, heard.get(id) ?? [])
      )
    })
    const news = group.members.filter((member) => !overtaken.includes(member))
    for (const [chat, members] of news.length === 0 ? [] : await hearersOf({ ...group, members: news }, known)) {
      const contents = members.map(({ content }) => content as NoticeContent)
      const [first, ...others] = members.map(({ application, event, seq }) => ({ application, event, seq }))
      const at = now()
      const notBefore = loud(at)
      await options.createDelivery({
        key: chat === group.chat ? group.id : `${group.id}/${chat}`,
        chat,
        text: wordNotice({ office: office.current(), hours: hours(), school: school?.name ?? group.npsn }, contents),
        subject: { ...first, ...(others.length > 0 ? { also: others } : {}) },
        ...(notBefore > at ? { notBefore } : {}),
        notice: true,
      })
    }
    await finishGroup(
      { database, sealer, now },
      group.id,
      overtaken.map(({ key }) => key),
    )
  }

  /** By chat. Whoever was suspended or moved while the group waited, a night perhaps, hears nothing of it any more. */
  async function hearersOf(
    { chat, npsn, members }: ClosedGroup,
    known: ReadonlyMap<string, ApplicationDocument>,
  ): Promise<Map<string, ClosedGroup['members'][number][]>> {
    const speaker = await coordinatorOfChat({ database, sealer }, chat)
    if (speaker?.npsn === npsn && speaker.state !== 'suspended') return new Map([[chat, [...members]]])
    const hearers = new Map<string, ClosedGroup['members'][number][]>()
    for (const member of members) {
      const { application: id, event, seq } = member
      const application = known.get(id)
      const heir = application && (await chatToTell(database, application))
      if (heir) hearers.set(heir.chat, [...(hearers.get(heir.chat) ?? []), member])
      else log.warn({ application: id, seq, event }, 'nobody of the school can be told')
    }
    return hearers
  }

  function contentOf(application: ApplicationDocument, event: NoticeEvent, entry?: HistoryEntry): NoticeContent {
    const said = entry?.sealed
      ? sealer.openJson<{ note?: string; after?: Record<string, unknown> }>(toBuffer(entry.sealed))
      : {}
    return {
      event,
      // emptied where the purge came first
      name: pupilOf(application, sealer)?.name ?? '',
      ticket: application.ticket ?? '',
      reasons: entry?.reasons ?? [],
      ...(said.note === undefined ? {} : { note: said.note }),
      ...(said.after === undefined ? {} : { fields: Object.keys(said.after) }),
    }
  }

  return {
    async notify(application, entries) {
      for (const entry of entries) {
        const event = eventOf(entry)
        if (event === undefined) continue
        const content = contentOf(application, event, entry)
        await tell(application, { key: `${application._id}/${entry.seq}`, seq: entry.seq, content })
      }
    },

    async word({ npsn, ...content }) {
      const school = await findSchool(database, npsn)
      return wordNotice({ office: office.current(), hours: hours(), school: school?.name ?? npsn }, [content])
    },

    async toCome(id) {
      const [waiting, application, heard] = await Promise.all([
        noticesWaiting(database, id),
        applicationById(database, id),
        eventsTold(database, [id]),
      ])
      const isNews = ({ event, seq }: WaitingNotice) =>
        application && !isOvertaken({ event: event as NoticeEvent, seq }, application, heard.get(id) ?? [])
      return waiting.filter(isNews)
    },

    async remind({ key, id, stage }, purgeOn) {
      const application = await applicationById(database, id)
      // it went on, or is gone, while the reminder was on its way
      if (application?.stage !== stage) return
      const content = {
        ...contentOf(application, 'remind_returned'),
        date: dateIn(office.current().hours.timeZone, purgeOn),
      }
      await tell(application, { key, seq: application.seq, content })
    },

    // a group that was not sent is closed still, and comes again
    flush: async () =>
      eachOf(
        await closedGroups({ database, sealer, now }, ROUND),
        { log, what: 'a notice was not queued', ids: ({ id }) => ({ group: id }) },
        send,
      ),
  }
}
