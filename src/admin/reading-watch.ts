import { raiseAlarm } from '../models/operator/reading-alarms.ts'
import { logViews, numberViews, outsideSince } from '../models/operator/views.ts'
import type { View } from '../models/operator/views.ts'
import type { Case } from '../queue/case.ts'
import type { AdminDeps } from './deps.ts'

/** So many cases that one does not hold, within so long, are more than questions of colleagues ask for. */
export const BULK = { cases: 20, minutes: 10 } as const
const LOOKED_BACK = 400
type Needs = Pick<AdminDeps, 'database' | 'sealer' | 'live' | 'log' | 'now'>

/**
 * Logs what is about to be shown, and tells supervisors once in a span where somebody looks through many cases that
 * they do not hold. What cannot be logged is not shown; the alarm holds nothing back.
 */
export async function logSeen(
  { database, sealer, live, log, now }: Needs,
  seen: readonly Omit<View, 'id'>[],
): Promise<void> {
  await logViews({ database, sealer }, seen)
  const operator = seen.find((view) => view.outside)?.operator
  if (operator === undefined) return
  const at = now()
  const span = BULK.minutes * 60_000
  const looked = await outsideSince(database, operator, new Date(at.getTime() - span), LOOKED_BACK)
  if (looked.size < BULK.cases) return
  const id = `${operator}-${Math.floor(at.getTime() / span)}`
  const alarm = { id, operator, at, count: looked.size, minutes: BULK.minutes }
  if (!(await raiseAlarm(database, alarm))) return
  log.warn({ operator, cases: looked.size }, 'somebody reads through many cases')
  live.publish({ type: 'alarms' })
}

/**
 * As `logSeen`, for the list of what an operator holds, which the console reads again at every change: what has been
 * logged in the same way since the case was claimed is no view of its own.
 */
export async function logHeld(needs: Needs, seen: readonly Omit<View, 'id'>[], held: readonly Case[]): Promise<void> {
  const [first] = seen
  if (!first) return
  const known = await numberViews(
    needs.database,
    first.operator,
    held.map((one) => one.id),
  )
  const claimedAt = (id: string | undefined) =>
    held.find((one) => one.id === id)?.history.findLast((entry) => entry.action === 'claim')?.at ?? needs.now()
  await logSeen(
    needs,
    seen.filter(
      (view) =>
        !known.some(
          (one) =>
            one.application === view.application && one.how === view.how && one.at >= claimedAt(view.application),
        ),
    ),
  )
}
