import type { Log } from '../config/log.ts'
import type { Office } from '../config/office-schema.ts'
import type { Blobs } from '../media/blobs.ts'
import { derivedBlobs } from '../media/derived.ts'
import type { Database } from '../models/mongo/connect.ts'
import type { Inbox } from '../models/mongo/inbox.ts'
import type { Notifier } from '../notify/notifier.ts'
import type { Jobs } from '../queue/jobs.ts'
import { createPurge } from '../queue/purge.ts'
import type { Purge } from '../queue/purge.ts'

/** The purge, and whom it reminds: of a draft the conversation, of a return the notices. */
export function createPurging(deps: {
  database: Database
  office: Office
  blobs: Blobs
  inbox: Pick<Inbox, 'tell'>
  jobs: Pick<Jobs, 'hint'>
  notifier: Pick<Notifier, 'remind'>
  now: () => Date
  log: Log
}): Purge {
  const { inbox, jobs, notifier } = deps
  return createPurge({
    ...deps,
    derived: derivedBlobs,
    async remind({ key, id, stage, chat }, purgeOn) {
      if (stage === 'returned') return notifier.remind({ key, id, stage }, purgeOn)
      await inbox.tell(chat, key, { event: 'reminder', application: id, purgeOn })
      jobs.hint('mailbox', chat)
    },
  })
}
