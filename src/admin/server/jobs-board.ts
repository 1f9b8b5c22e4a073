import { createBullBoard } from '@bull-board/api'
import type { IServerAdapter } from '@bull-board/api/typings/app'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import type { Queue } from 'bullmq'
import type { App } from '../deps.ts'
import { BOARD } from '../rights.ts'

/** The hints that wait, run or have failed, by kind, to be looked at only: the sweeper says again what is lost. */
export async function jobsBoard(app: App, queues: readonly Queue[]): Promise<void> {
  const serverAdapter = new FastifyAdapter()
  serverAdapter.setBasePath(BOARD)
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    // the adapter brings its own patch version of the api, whose types are no other but do not meet
    serverAdapter: serverAdapter as unknown as IServerAdapter,
    options: { uiConfig: { boardTitle: 'Smart Kids' } },
  })
  await app.register(serverAdapter.registerPlugin(), { prefix: BOARD.slice('/api'.length) })
}
