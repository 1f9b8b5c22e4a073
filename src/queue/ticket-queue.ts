import { currentCalendar } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import { createCards } from './cards.ts'
import type { Cards } from './cards.ts'
import { createClaims } from './claims.ts'
import type { Claims } from './claims.ts'
import type { QueueContext, QueueOptions } from './context.ts'
import { createDecisions } from './decisions.ts'
import type { Decisions } from './decisions.ts'
import { createDrafts } from './drafts.ts'
import type { Drafts } from './drafts.ts'
import { createFiling } from './filing.ts'
import type { Filing } from './filing.ts'
import { createLists } from './lists.ts'
import type { Lists } from './lists.ts'
import { createOpenApplications } from './open-applications.ts'
import type { OpenApplications } from './open-applications.ts'
import { createPortraits } from './portraits.ts'
import type { Portraits } from './portraits.ts'
import { createPolicies } from './policies.ts'
import type { Policies } from './policies.ts'
import { createPrintBatches } from './print-batches.ts'
import type { PrintBatches } from './print-batches.ts'
import { createPlaces } from './places.ts'
import type { Places } from './places.ts'
import { createRemarks } from './remarks.ts'
import type { Remarks } from './remarks.ts'
import { createSchoolChanges } from './school-changes.ts'
import type { SchoolChanges } from './school-changes.ts'
import { createStock } from './stock.ts'
import type { Stock } from './stock.ts'
import { createSubmissions } from './submissions.ts'
import type { Submissions } from './submissions.ts'
import { createSupervision } from './supervision.ts'
import type { Supervision } from './supervision.ts'
import { createWalls } from './wall.ts'
import type { Walls } from './wall.ts'

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
    calendar: () => Calendar
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
    calendar: currentCalendar(options.office),
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
