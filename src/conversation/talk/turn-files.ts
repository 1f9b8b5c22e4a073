import { eachOf } from '../../config/each-of.ts'
import type { Log } from '../../config/log.ts'
import type { Inbox, InboxMessage } from '../../models/chat/inbox.ts'
import type { TurnFile } from '../../models/chat/turn.ts'
import type { Turns } from '../../models/chat/turns.ts'
import type { Files } from '../../models/file/files.ts'
import type { Jobs } from '../../queue/jobs.ts'
import { namedFiles } from './turn-input.ts'

export type TurnFiles = ReturnType<typeof createTurnFiles>

/** The files of turns: as the turn sees them and, where it had to go on without one, what became of it. */
export function createTurnFiles(deps: {
  inbox: Pick<Inbox, 'tell'>
  turns: Pick<Turns, 'awaitingFile' | 'fileTold'>
  files: Pick<Files, 'asTurnFiles'>
  jobs: Pick<Jobs, 'hint'>
  log: Log
}) {
  const { inbox, turns, files, jobs, log } = deps

  async function settled(file: string): Promise<void> {
    const waiting = await turns.awaitingFile(file)
    if (!waiting) return
    await inbox.tell(waiting.chat, `file/${file}`, { event: 'file', file, turn: waiting.turn })
    await turns.fileTold(waiting.turn, file)
    jobs.hint('mailbox', waiting.chat)
  }

  return {
    /** The files of these messages, in their order; one without a row yet is waiting. */
    of: async (messages: readonly InboxMessage[]): Promise<TurnFile[]> => {
      const named = messages.flatMap(namedFiles)
      const rows = new Map((await files.asTurnFiles(named.map((file) => file.id))).map((file) => [file.id, file]))
      return named.map(({ id, media, caption }): TurnFile => {
        const { name } = media
        return (
          rows.get(id) ?? {
            id,
            state: 'waiting',
            ...(name !== undefined && { name }),
            ...(caption !== undefined && { caption }),
          }
        )
      })
    },

    /** A file is there or has failed: tells the chat whose turn went on without it. */
    settled,

    /** The same for those of these files that have settled. */
    recheck: async (ids: readonly string[]): Promise<void> => {
      const found = ids.length > 0 ? await files.asTurnFiles(ids) : []
      await eachOf(
        found.filter((file) => file.state !== 'waiting'),
        { log, what: 'a chat was not told of a file', ids: ({ id }) => ({ file: id }) },
        (file) => settled(file.id),
      )
    },
  }
}
