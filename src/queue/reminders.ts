import type { Log } from '../config/log.ts'
import type { Inbox } from '../models/chat/inbox.ts'
import { chatToTell } from '../models/coordinator/coordinators.ts'
import type { Database } from '../models/store/connect.ts'
import type { Notifier } from '../notify/notifier.ts'
import type { Jobs } from './jobs.ts'
import type { Reminded } from './purge.ts'

/** Whom the purge reminds before it lets go: of a draft the conversation speaks, of a return the notices. */
export function createReminders(deps: {
  database: Database
  inbox: Pick<Inbox, 'tell'>
  jobs: Pick<Jobs, 'hint'>
  notifier: Pick<Notifier, 'remind'>
  log: Log
}): (application: Reminded, purgeOn: Date) => Promise<void> {
  const { database, inbox, jobs, notifier, log } = deps
  return async ({ key, id, stage, ...draft }, purgeOn) => {
    if (stage === 'returned') return notifier.remind({ key, id, stage }, purgeOn)
    const heir = await chatToTell(database, draft)
    if (!heir) return log.warn({ application: id }, 'nobody of the school can be reminded of the draft')
    await inbox.tell(heir.chat, key, { event: 'reminder', application: id, purgeOn })
    jobs.hint('mailbox', heir.chat)
  }
}
