import { createCalendar } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import { createCards } from './printing/cards.ts'
import type { Cards } from './printing/cards.ts'
import { createClaims } from './work/claims.ts'
import type { Claims } from './work/claims.ts'
import type { QueueContext, QueueOptions } from './context.ts'
import { createDecisions } from './work/decisions.ts'
import type { Decisions } from './work/decisions.ts'
import { createDrafts } from './submissions/drafts.ts'
import type { Drafts } from './submissions/drafts.ts'
import { createFiling } from './work/filing.ts'
import type { Filing } from './work/filing.ts'
import { createLists } from './lists/lists.ts'
import type { Lists } from './lists/lists.ts'
import { createOpenApplications } from './submissions/open-applications.ts'
import type { OpenApplications } from './submissions/open-applications.ts'
import { createPortraits } from './work/portraits.ts'
import type { Portraits } from './work/portraits.ts'
import { createPolicies } from './fairness/policies.ts'
import type { Policies } from './fairness/policies.ts'
import { createPrintBatches } from './printing/print-batches.ts'
import type { PrintBatches } from './printing/print-batches.ts'
import { createPlaces } from './fairness/places.ts'
import type { Places } from './fairness/places.ts'
import { createRemarks } from './work/remarks.ts'
import type { Remarks } from './work/remarks.ts'
import { createSchoolChanges } from './submissions/school-changes.ts'
import type { SchoolChanges } from './submissions/school-changes.ts'
import { createStock } from './printing/stock.ts'
import type { Stock } from './printing/stock.ts'
import { createSubmissions } from './submissions/submissions.ts'
import type { Submissions } from './submissions/submissions.ts'
import { createSupervision } from './work/supervision.ts'
import type { Supervision } from './work/supervision.ts'
import { createWalls } from './lists/wall.ts'
import type { Walls } from './lists/wall.ts'

/**
 * The one queue of the office (design "The fair queue"): FIFO within a school, fair across schools. Every transition is
 * one conditional write with its history entry; whoever writes on a claimed application shows the claim's token.
 */
export type TicketQueue = Drafts &
  OpenApplications &
  Submissions &
  SchoolChanges &
  Omit<Claims, 'moveUp' | 'stepBack'> &
  Decisions &
  Supervision &
  Filing &
  Portraits &
  Remarks &
  Cards &
  Lists &
  Policies &
  Walls & {
    batches: PrintBatches
    stock: Stock
    calendar: Calendar
    /** For the sweeper. */
    places: Pick<Places, 'sweep' | 'repair'>
    /** Waits for what goes on off the hot path. */
    close(): Promise<void>
  }

/** Nothing is read or written until it is asked for something; the virtual time is repaired before the first enqueueing. */
export function createTicketQueue(options: QueueOptions): TicketQueue {
  const background = new Set<Promise<unknown>>()
  const context: QueueContext = {
    ...options,
    calendar: createCalendar(options.office.hours),
    later(work) {
      const tracked: Promise<unknown> = work
        .catch((error: unknown) => options.log.warn({ err: error }, 'work off the hot path failed'))
        .finally(() => background.delete(tracked))
      background.add(tracked)
    },
  }
  const places = createPlaces(context)
  const lists = createLists(context)
  const open = createOpenApplications(context)
  const { moveUp, stepBack, ...claims } = createClaims(context, places)
  const decisions = createDecisions(context, { moveUp, stepBack })
  const cards = createCards(context, { moveUp })
  return {
    ...createDrafts(context),
    openWithNik: open.openWithNik,
    openElsewhere: open.openElsewhere,
    ...createSubmissions(context, { places, lists, open }),
    ...createSchoolChanges(context, places, { moveUp }),
    ...claims,
    ...decisions,
    ...createSupervision(context, { moveUp }),
    ...createFiling(context),
    ...createPortraits(context),
    ...createRemarks(context),
    ...cards,
    ...lists,
    ...createWalls(context, lists),
    ...createPolicies(context),
    batches: createPrintBatches(context, { ...decisions, ...cards }),
    stock: createStock(context),
    calendar: context.calendar,
    places,
    async close() {
      await Promise.all(background)
    },
  }
}
