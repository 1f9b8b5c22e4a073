import { eachOf } from '../config/each-of.ts'
import type { Log } from '../config/log.ts'
import type { Inbox } from '../models/chat/inbox.ts'
import type { Looks } from '../models/file/looks.ts'
import type { PendingVerdicts, Turns } from '../models/chat/turns.ts'
import type { Jobs } from '../queue/jobs.ts'

const BATCH = 200

/**
 * When a chat hears what looking at the files of a turn came to: once a turn, as a `verdicts` event.
 *
 *   decided   `looking` = the turn's files, `verdictAt` = a minute after it closed; part of the write that decides it
 *   due       all of them are looked at, or `verdictAt` has come
 *   told      the event stands in the inbox under the turn's own key, then `looking` and `verdictAt` are taken away
 *
 * A kill between the two writes of `told` is repeated: the key lets the event in only once, so that it is never told
 * twice, and a turn that is not told stays listed, so that it is never forgotten.
 */
export function createVerdicts(deps: {
  inbox: Pick<Inbox, 'tell'>
  turns: Pick<Turns, 'lookingAt' | 'pendingVerdicts' | 'verdictsTold'>
  looks: Pick<Looks, 'pending'>
  jobs: Pick<Jobs, 'hint'>
  now: () => Date
  log: Log
}) {
  const { inbox, turns, looks, jobs, now, log } = deps

  async function tellDue(listed: readonly PendingVerdicts[]): Promise<void> {
    if (listed.length === 0) return
    const pending = await looks.pending([...new Set(listed.flatMap((turn) => turn.looking))])
    const at = now()
    const due = listed.filter((turn) => turn.verdictAt <= at || !turn.looking.some((file) => pending.has(file)))
    await eachOf(
      due,
      { log, what: 'a turn was not told its verdicts', ids: ({ _id }) => ({ turn: _id }) },
      async (turn) => {
        await inbox.tell(turn.chat, `verdicts/${turn._id}`, { event: 'verdicts', files: turn.looking })
        await turns.verdictsTold(turn._id)
        jobs.hint('mailbox', turn.chat)
      },
    )
  }

  return {
    /** One of these files was looked at: tells the turns that have waited for it last. */
    recheck: async (files: readonly string[]): Promise<void> => tellDue(await turns.lookingAt(files)),
    /** For the sweeper: whatever is due, and what a lost hint has left. */
    sweep: async (): Promise<void> => tellDue(await turns.pendingVerdicts(BATCH)),
  }
}
