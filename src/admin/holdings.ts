import { eachOf } from '../config/each-of.ts'
import { openTakeovers } from '../models/chat/takeovers.ts'
import type { Operator } from '../models/operator/operator.ts'
import type { PrintBatch } from '../models/printing/print-batch.ts'
import { Refusal } from '../models/store/errors.ts'
import type { AdminDeps } from './deps.ts'

/** What an operator has in hand: ids of cases and chats, and the batches themselves. */
export type Holdings = {
  claims: readonly string[]
  batches: readonly PrintBatch[]
  conversations: readonly string[]
}
type Needs = Pick<AdminDeps, 'database' | 'queue' | 'takeovers' | 'now' | 'log'>

export async function holdingsOf({ database, queue, now }: Needs, operator: string): Promise<Holdings> {
  const [claims, batches, taken] = await Promise.all([
    queue.claims.heldBy(operator),
    queue.batches.openOf(operator),
    openTakeovers(database),
  ])
  return {
    claims: claims.map(({ id }) => id),
    batches,
    conversations: taken.filter((one) => one.by === operator && one.until > now()).map(({ chat }) => chat),
  }
}

/**
 * Nobody comes back to what `operator` holds: cases and unprinted cards go back to their old place, chats to the bot.
 * Safe to repeat; what has meanwhile gone elsewhere stays there.
 */
export async function giveUpHoldings(deps: Needs, operator: string, supervisor: Operator): Promise<void> {
  const { queue, takeovers, log } = deps
  const held = await holdingsOf(deps, operator)
  const gone = (error: unknown): void => {
    if (!(error instanceof Refusal)) throw error
  }
  const acts = [
    ...held.claims.map((id) => () => queue.claims.takeBack(id, supervisor, 'Akun dinonaktifkan', operator).catch(gone)),
    ...held.batches.map(
      ({ number }) =>
        () =>
          queue.batches.close(number, supervisor),
    ),
    ...held.conversations.map((chat) => () => takeovers.handBack(chat, operator).catch(gone)),
  ]
  await eachOf(acts, { log, what: 'something that a departed operator holds was not freed' }, (act) => act())
}
