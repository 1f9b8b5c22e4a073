import type { Redis } from 'ioredis'
import type { LiveEvent } from '../admin/contract/event.ts'
import type { Conversations } from '../admin/conversations.ts'
import { createPresence } from '../admin/presence.ts'
import type { Presence } from '../admin/presence.ts'
import type { Jobs } from '../queue/jobs.ts'
import { createLoop } from '../queue/loop.ts'
import type { Loop } from '../queue/loop.ts'
import { createConversations } from './conversations.ts'
import type { ConversationsDeps } from './conversations.ts'

export type DeskDeps = Omit<ConversationsDeps, 'send' | 'publish'> & {
  redis: Redis
  prefix: string
  jobs: Pick<Jobs, 'hint' | 'queues'>
  publish(event: LiveEvent): void
}

const TAKEOVERS_MS = 3_000

/** Where operators talk with coordinators: what the console needs for it, and the loop that brings the bot back. */
export function createDesk(deps: DeskDeps): {
  admin: { conversations: Conversations; presence: Presence; jobs: Jobs['queues'] }
  loop: Loop
  /** `work` on a chat, of which the consoles hear afterwards. */
  told<T>(work: (chat: string) => Promise<T>): (chat: string) => Promise<T>
} {
  const publish = (chat: string): void => deps.publish({ type: 'conversation', chat })
  const { sweep, ...conversations } = createConversations({
    ...deps,
    send: (chat) => deps.jobs.hint('send', chat),
    publish,
  })
  return {
    admin: { conversations, presence: createPresence(deps), jobs: deps.jobs.queues },
    loop: createLoop('takeovers', TAKEOVERS_MS, deps.log, sweep),
    told: (work) => async (chat) => {
      const done = await work(chat)
      publish(chat)
      return done
    },
  }
}
