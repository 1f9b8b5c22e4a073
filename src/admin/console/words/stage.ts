import type { Stage } from '../client/rights.ts'
import type { QueueItem } from '../waiting/waiting.ts'

import { STAGE_NAMES } from '../../../models/application/stage-names.ts'

export const stageName = STAGE_NAMES

/** Why one is on the supervisors' list. */
export const attentionName: Record<NonNullable<QueueItem['attention']>, string> = {
  'released-often': 'Dilepas berulang kali',
  'reject-proposed': 'Usulan tolak',
  'office-due': 'Menunggu kantor',
}

/** How much of the ring a stage fills, in sixths; undefined for stages outside the way to a card. */
export const stageSixths: Partial<Record<Stage, number>> = {
  verification: 1,
  photo: 2,
  siak_entry: 3,
  signature: 4,
  printing: 4,
  ready: 5,
  handed_over: 6,
  received: 6,
}
