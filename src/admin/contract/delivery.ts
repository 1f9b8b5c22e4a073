import { z } from 'zod'
import { Moment } from './id.ts'

/** `GET /api/applications/:id/deliveries`: whether the school has heard of it. Newest first, no texts. */
export const DeliveryView = z.object({
  id: z.string(),
  event: z.string().optional(),
  seq: z.number().int().optional(),
  state: z.enum(['queued', 'sending', 'sent', 'delivered', 'read', 'failed']),
  failure: z.enum(['unreachable', 'throttled', 'blocked', 'rejected', 'misconfigured']).optional(),
  attempts: z.number().int(),
  /** Of the latest state. */
  at: Moment,
  /** Waits while the coordinator has notices off (BERHENTI). */
  parked: z.boolean(),
  /** Failed by waiting: its channel was off, or notices were, until its text was to go. */
  givenUp: z.boolean(),
  /** Quiet hours, or a group of notices. */
  notBefore: Moment,
})
export type DeliveryView = z.infer<typeof DeliveryView>
export const DeliveryList = z.object({ items: z.array(DeliveryView) })
export type DeliveryList = z.infer<typeof DeliveryList>
