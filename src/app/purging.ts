import type { Log } from '../config/log.ts'
import type { CurrentOffice } from '../config/office-settings.ts'
import type { Blobs } from '../media/blobs.ts'
import { derivedBlobs } from '../media/derived.ts'
import type { Database } from '../models/store/connect.ts'
import { chatToTell } from '../models/coordinator/coordinators.ts'
import type { Inbox } from '../models/chat/inbox.ts'
import type { Notifier } from '../notify/notifier.ts'
import type { Jobs } from '../queue/jobs.ts'
import { createPurge } from '../queue/purge.ts'
import type { Purge } from '../queue/purge.ts'

/** The purge, and whom it reminds: of a draft the conversation, of a return the notices. */
export function createPurging(deps: {
  database: Database
  office: CurrentOffice
  blobs: Blobs
  inbox: Pick<Inbox, 'tell'>
  jobs: Pick<Jobs, 'hint'>
  notifier: Pick<Notifier, 'remind'>
  now: () => Date
  log: Log
}): Purge {
  const { database, inbox, jobs, notifier, log } = deps
  return createPurge({
    ...deps,
    derived: derivedBlobs,
    async remind({ key, id, stage, ...draft }, purgeOn) {
      if (stage === 'returned') return notifier.remind({ key, id, stage }, purgeOn)
      const heir = await chatToTell(database, draft)
      if (!heir) return log.warn({ application: id }, 'nobody of the school can be reminded of the draft')
      await inbox.tell(heir.chat, key, { event: 'reminder', application: id, purgeOn })
      jobs.hint('mailbox', heir.chat)
    },
  })
}
