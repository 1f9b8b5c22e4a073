import { eachOf } from '../config/each-of.ts'
import type { Log } from '../config/log.ts'
import type { Coordinator } from '../models/coordinator/coordinator.ts'
import type { Database } from '../models/store/connect.ts'
import { coordinatorsToWelcome, markWelcomed } from '../models/coordinator/changes.ts'
import type { Inbox } from '../models/chat/inbox.ts'
import type { Sealer } from '../models/store/sealing.ts'
import type { Jobs } from '../queue/jobs.ts'

export type WelcomeDeps = {
  database: Database
  sealer: Sealer
  now: () => Date
  log: Log
  inbox: Pick<Inbox, 'tell'>
  jobs: Pick<Jobs, 'hint'>
}

const BATCH = 100

/** Tells coordinators that they have been let in, whereupon what they have sent already is queued. */
export function createWelcome(deps: WelcomeDeps) {
  const { inbox, jobs, log } = deps

  /** Safe to repeat: each chat hears of it once. */
  async function one(coordinator: Coordinator): Promise<void> {
    for (const chat of coordinator.chats) {
      await inbox.tell(chat, `approved/${coordinator.id}`, { event: 'approved' })
      jobs.hint('mailbox', chat)
    }
    await markWelcomed(deps, coordinator.id)
  }
  return {
    one,
    /** Those whose supervisor's click was cut off before they were told. */
    sweep: async (): Promise<void> => {
      const waiting = await coordinatorsToWelcome(deps, BATCH)
      await eachOf(
        waiting,
        { log, what: 'a coordinator was not welcomed', ids: ({ id }) => ({ coordinator: id }) },
        one,
      )
    },
  }
}
