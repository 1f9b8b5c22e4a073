import { z } from 'zod'
import { STAGES } from '../../models/application/application.ts'

/**
 * `GET /api/events` (SSE). The event's name is `type`, its data this JSON. Ids and codes only: whoever needs more asks
 * for it. `resync`: events may have been missed (a reconnect), so everything shown is read again. A comment line comes
 * every 15 s as a heartbeat.
 */
export const LiveEvent = z.discriminatedUnion('type', [
  /** An application has changed: its row, its case and the counts of `from` and `stage` are stale. */
  z.object({
    type: z.literal('application'),
    id: z.string(),
    stage: z.enum(STAGES),
    from: z.enum(STAGES).optional(),
    state: z.string().optional(),
    action: z.string(),
  }),
  /** Something was said in a chat, or somebody has taken it or given it back. */
  z.object({ type: z.literal('conversation'), chat: z.string() }),
  /** Who is there has changed: consoles that show this room say that they are there, and are told of the others. */
  z.object({ type: z.literal('presence'), room: z.string() }),
  z.object({ type: z.literal('coordinators') }),
  z.object({ type: z.literal('pleas') }),
  /** Batches or the stock have changed. */
  z.object({ type: z.literal('printing') }),
  z.object({ type: z.literal('schools') }),
  z.object({ type: z.literal('operators') }),
  /** Somebody reads through many cases that are not theirs. */
  z.object({ type: z.literal('alarms') }),
  /** What supervisors may change of the office. */
  z.object({ type: z.literal('settings') }),
  z.object({ type: z.literal('resync') }),
])
export type LiveEvent = z.infer<typeof LiveEvent>
