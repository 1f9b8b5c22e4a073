import type { Action, Actor, HistoryEntry, Stage } from '../models/application.ts'

/** What a school hears of: things that others did to its applications (design: the answer to KIRIM is not among them). */
export type NoticeEvent =
  | 'returned'
  | 'rejected'
  | 'ready'
  | 'reprinted'
  | 'handed_over'
  | 'corrected'
  | 'resumed'
  | 'cancelled'
  | 'expired'
  | 'remind_returned'

export type NoticeRule = {
  event: NoticeEvent
  action: Action
  /** Who did it; a coordinator's own doings are never announced. */
  by: readonly Actor['kind'][]
  /** Only moves that end in this stage, and begin in another. */
  into?: Stage
  /** Only moves that begin there. */
  from?: Stage
}

/** The first rule that fits tells the event. In a message events stand in this order: what the school has to do first. */
export const RULES: readonly NoticeRule[] = [
  { event: 'returned', action: 'return', by: ['operator', 'system'], into: 'returned' },
  { event: 'rejected', action: 'reject', by: ['operator', 'system'], into: 'rejected' },
  { event: 'corrected', action: 'correct', by: ['operator'] },
  { event: 'resumed', action: 'put_back', by: ['operator'], from: 'returned', into: 'verification' },
  { event: 'ready', action: 'approve', by: ['operator', 'system'], into: 'ready' },
  { event: 'reprinted', action: 'misprint', by: ['operator'], from: 'ready', into: 'printing' },
  { event: 'handed_over', action: 'hand_over', by: ['operator'], into: 'handed_over' },
  { event: 'cancelled', action: 'cancel', by: ['operator'], into: 'cancelled' },
  { event: 'expired', action: 'cancel', by: ['system'], from: 'returned', into: 'cancelled' },
]

/** What a history entry means to the school; undefined where it hears nothing. */
export function eventOf(
  entry: Pick<HistoryEntry, 'action' | 'by' | 'from' | 'to' | 'subject'>,
): NoticeEvent | undefined {
  // the office's own work on files and portrait is no news to the school
  if (entry.subject !== undefined) return undefined
  return RULES.find(
    ({ action, by, into, from }) =>
      action === entry.action &&
      by.includes(entry.by.kind) &&
      (into === undefined || (entry.to === into && entry.from !== into)) &&
      (from === undefined || entry.from === from),
  )?.event
}
