import { createDrafts } from '../models/application/drafts.ts'
import { createOpenApplications } from '../models/application/open.ts'
import { currentCalendar } from './calendar.ts'
import type { QueueContext, QueueOptions } from './context.ts'
import { createPlaces } from './fairness/places.ts'
import { createPolicies } from './fairness/policies.ts'
import { createCases } from './lists/cases.ts'
import { createLists } from './lists/lists.ts'
import { createWall } from './lists/wall.ts'
import { createCards } from './printing/cards.ts'
import { createPrintBatches } from './printing/print-batches.ts'
import { createStock } from './printing/stock.ts'
import { createSchoolChanges } from './submissions/school-changes.ts'
import { createSubmissions } from './submissions/submissions.ts'
import { createClaims } from './work/claims.ts'
import { createCorrections } from './work/corrections.ts'
import { createDecisions } from './work/decisions.ts'
import { createFiling } from './work/filing.ts'
import { createRemarks } from './work/remarks.ts'
import { createSupervision } from './work/supervision.ts'
import { createUndo } from './work/undo.ts'

/**
 * The one queue of the office (design "The fair queue"): FIFO within a school, fair across schools. Every transition is
 * one conditional write with its history entry; whoever writes on a claimed application shows the claim's token.
 * Each part is typed by what makes it, so that its contract stands once, at the function.
 */
export type TicketQueue = ReturnType<typeof createTicketQueue>

/** Nothing is read or written until it is asked for something; the virtual time is repaired before the first enqueueing. */
export function createTicketQueue(options: QueueOptions) {
  const background = new Set<Promise<unknown>>()
  const context: QueueContext = {
    ...options,
    calendar: currentCalendar(options.office),
    later(work) {
      const tracked: Promise<unknown> = work
        .catch((error: unknown) => options.log.warn({ err: error }, 'work off the hot path failed'))
        .finally(() => background.delete(tracked))
      background.add(tracked)
    },
  }
  const places = createPlaces(context)
  const open = createOpenApplications(context)
  const lists = createLists(context)
  const cases = createCases(context, lists)
  const claims = createClaims(context, places)
  const decisions = createDecisions(context, claims)
  const undo = createUndo(context, claims)
  const cards = createCards(context, { claims, undo })
  return {
    drafts: createDrafts(context),
    open,
    submissions: createSubmissions(context, { places, cases, open }),
    schoolChanges: createSchoolChanges(context, places, claims),
    claims,
    decisions,
    undo,
    corrections: createCorrections(context),
    filing: createFiling(context),
    remarks: createRemarks(context),
    supervision: createSupervision(context, claims),
    cards,
    batches: createPrintBatches(context, { decisions, cards, undo }),
    stock: createStock(context),
    lists,
    cases,
    wall: createWall(context, lists),
    policies: createPolicies(context),
    calendar: context.calendar,
    /** For the sweeper. */
    places,
    /** Waits for what goes on off the hot path. */
    async close(): Promise<void> {
      await Promise.all(background)
    },
  }
}
