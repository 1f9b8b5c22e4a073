import { CLAIM_STAGES } from '../models/application/application.ts'
import type { Actor, Stage } from '../models/application/application.ts'
import type { HistoryEntry } from '../models/application/history.ts'
import type { Action } from '../models/application/transitions.ts'
import type { ApplicationDocument } from '../models/application/kept.ts'
import { entriesOf } from '../models/application/history.ts'

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

/** An event is news only while its application stands in one of these; one that is not named stays so for good. */
const HOLDS: Partial<Record<NoticeEvent, readonly Stage[]>> = {
  returned: ['returned'],
  remind_returned: ['returned'],
  resumed: CLAIM_STAGES,
  ready: ['ready'],
  reprinted: ['printing'],
}

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

/** One event of an application that waits to be told. */
export type Told = { event: NoticeEvent; seq: number }

/**
 * Whether something has come after an event that makes it no news: the application went on, the same happened anew, or
 * the school knows it so. `heard`: what the school was told of this application before.
 */
export function isOvertaken(
  { event, seq }: Told,
  application: Pick<ApplicationDocument, 'stage' | 'seq' | 'undo' | 'history'>,
  heard: readonly { event: string; seq: number }[],
): boolean {
  const stages = HOLDS[event]
  // what is on its way already, of a run that was broken off, stays told
  if (!stages || heard.some((one) => one.event === event && one.seq === seq)) return false
  const { undo } = application
  // a decision that may still be taken back has happened for nobody
  const stage = undo?.seq === application.seq ? undo.stage : application.stage
  if (!stages.includes(stage)) return true
  const same = event === 'remind_returned' ? 'returned' : event
  if (entriesOf(application).some((entry) => entry.seq > seq && eventOf(entry) === same)) return true
  const last = heard.filter((one) => one.seq < seq).toSorted((a, b) => a.seq - b.seq)
  const knowsReady = last.at(-1)?.event === 'ready'
  // nobody came for a card of which nobody was told
  return event === 'reprinted' ? !knowsReady : event === 'ready' && knowsReady
}
