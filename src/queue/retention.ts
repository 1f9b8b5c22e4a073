import type { Office } from '../config/office-schema.ts'
import type { Stage } from '../models/application/application.ts'

type Retention = Office['retention']

/** What time asks of an application that waits for its school. `purgeOn` is when it is given up at the earliest. */
export type Due = { what: 'nothing' } | { what: 'remind'; n: number; purgeOn: Date } | { what: 'give-up' }
const NOTHING: Due = { what: 'nothing' }

/**
 * A draft is reminded of once after each time that it was touched, and given up after `drafts` days, but never sooner
 * than `draftReminder` days after the reminder: a service that stood still takes nobody's chance.
 */
export function draftDue(draft: { updatedAt: Date; remindedAt?: Date }, retention: Retention, now: Date): Due {
  const reminded = draft.remindedAt && draft.remindedAt >= draft.updatedAt ? draft.remindedAt : undefined
  const purgeOn = later(addDays(draft.updatedAt, retention.drafts), addDays(reminded ?? now, retention.draftReminder))
  if (reminded) return purgeOn <= now ? { what: 'give-up' } : NOTHING
  const remindOn = addDays(draft.updatedAt, retention.drafts - retention.draftReminder)
  return remindOn <= now ? { what: 'remind', n: 1, purgeOn } : NOTHING
}

/**
 * A returned application is reminded of twice and cancelled after `returnedCancel` days. Each step also keeps its
 * distance from the reminder before, so that none is skipped and no two come at once.
 */
export function returnedDue(
  returned: { stageAt: Date; remindedAt?: Date; reminders?: number },
  retention: Retention,
  now: Date,
): Due {
  const days = [...retention.returnedReminders, retention.returnedCancel]
  // reminders of an earlier return do not count
  const sent = returned.remindedAt && returned.remindedAt >= returned.stageAt ? (returned.reminders ?? 0) : 0
  const next = days[sent]
  if (next === undefined) return { what: 'give-up' }
  const distance = sent === 0 ? 0 : Math.max(1, next - (days[sent - 1] ?? 0))
  const on = later(addDays(returned.stageAt, next), addDays(returned.remindedAt ?? returned.stageAt, distance))
  if (on > now) return NOTHING
  if (sent === days.length - 1) return { what: 'give-up' }
  const purgeOn = later(
    addDays(returned.stageAt, retention.returnedCancel),
    addDays(now, Math.max(1, retention.returnedCancel - next)),
  )
  return { what: 'remind', n: sent + 1, purgeOn }
}

/** How many days after entering a stage personal values go; undefined for stages that are not an end. */
export function daysKept(stage: Stage, retention: Retention): number | undefined {
  switch (stage) {
    case 'received':
      return retention.afterReceipt
    case 'handed_over':
      return retention.afterHandOver
    case 'rejected':
    case 'cancelled':
      return retention.afterRejection
    default:
      return undefined
  }
}

export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * 86_400_000)
}
function later(a: Date, b: Date): Date {
  return a > b ? a : b
}
