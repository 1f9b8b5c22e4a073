import type { Redis } from 'ioredis'
import type { LiveEvent } from '../admin/contract/event.ts'
import type { AdminDeps } from '../admin/deps.ts'
import { createPresence } from '../admin/presence.ts'
import { createTakeovers } from '../conversation/takeover.ts'
import type { TakeoverDeps } from '../conversation/takeover.ts'
import type { Blobs } from '../media/blobs.ts'
import { createOutgoing } from '../media/outgoing.ts'
import { coordinatorOfChat } from '../models/coordinator/coordinators.ts'
import { createFiles } from '../models/file/files.ts'
import type { Jobs } from '../queue/jobs.ts'
import { createLoop } from '../queue/loop.ts'
import type { Loop } from '../queue/loop.ts'

export type DeskDeps = Omit<TakeoverDeps, 'coordinatorOf' | 'send' | 'publish'> & {
  blobs: Pick<Blobs, 'put'>
  redis: Redis
  prefix: string
  jobs: Pick<Jobs, 'hint' | 'queues'>
  publish(event: LiveEvent): void
}

const TAKEOVERS_MS = 3_000

/** Where operators talk with coordinators: what the console needs for it, and the loop that brings the bot back. */
export function createDesk(deps: DeskDeps): {
  admin: Pick<AdminDeps, 'takeovers' | 'keepPicture' | 'presence' | 'jobs'>
  loop: Loop
  /** `work` on a chat, of which the consoles hear afterwards. */
  told<T>(work: (chat: string) => Promise<T>): (chat: string) => Promise<T>
} {
  const publish = (chat: string): void => deps.publish({ type: 'conversation', chat })
  const takeovers = createTakeovers({
    ...deps,
    send: (chat) => deps.jobs.hint('send', chat),
    publish,
    coordinatorOf: (chat) => coordinatorOfChat(deps, chat),
  })
  return {
    admin: {
      takeovers,
      keepPicture: createOutgoing({ ...deps, files: createFiles(deps) }),
      presence: createPresence(deps),
      jobs: deps.jobs.queues,
    },
    loop: createLoop('takeovers', TAKEOVERS_MS, deps.log, () => takeovers.sweep()),
    told: (work) => async (chat) => {
      const done = await work(chat)
      publish(chat)
      return done
    },
  }
}
