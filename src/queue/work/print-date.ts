import { asksToCancel } from '../../models/application/doubts.ts'
import { hasPortrait } from '../../models/application/application.ts'
import type { Actor, ApplicationReason, Pupil, Stage, StoredDocument } from '../../models/application/application.ts'
import type { Action } from '../../models/application/transitions.ts'
import { ageAt } from '../../models/identity/date.ts'
import { isBatchStage } from '../../models/printing/print-batch.ts'
import type { Hindrance } from '../../models/printing/print-batch.ts'
import { SYSTEM } from '../context.ts'
import type { QueueContext } from '../context.ts'

/** Cards are for children under 17 (Permendagri 2/2016); told to the school, never chosen by an operator. */
const TOO_OLD = 'RR_TURNED_SEVENTEEN'
/** From the fifth birthday a card carries a portrait (Permendagri 2/2016). */
const TURNED_FIVE = 'RR_TURNED_FIVE'

type Dated = Pick<QueueContext, 'office' | 'calendar' | 'now'>
type Carded = { reason: ApplicationReason; pupil: Pick<Pupil, 'birthDate'> }

const ageToday = ({ calendar, now }: Dated, { birthDate }: Carded['pupil']): number =>
  ageAt(birthDate, calendar().dayOf(now()))

/** Whether a card of this day carries a portrait. */
export function carriesPortrait(context: Dated, { reason, pupil }: Carded): boolean {
  const { ages, requirements } = context.office.current()
  return ageToday(context, pupil) >= ages.portraitFrom && requirements[reason]?.portrait !== false
}

type Printed = Carded & { documents: readonly Pick<StoredDocument, 'kind' | 'supersededAt'>[] }
/** Why no card may be printed on this day; undefined where it may. */
export function hindranceOf(context: Dated, application: Printed): Hindrance | undefined {
  if (ageToday(context, application.pupil) >= context.office.current().ages.until) return 'too-old'
  return carriesPortrait(context, application) && !hasPortrait(application) ? 'no-portrait' : undefined
}

type Batched = Omit<Printed, 'pupil'> & {
  stage: Stage
  pupil: Pupil | null
  requests: readonly { kind: string }[]
}
/**
 * Why what waits for a batch comes into none; undefined where it may, or waits for none. A batch asks nobody about one
 * card: where its school wants it no more, it is cancelled, or taken and approved alone.
 */
export function hindranceInBatch(context: Dated, { pupil, ...one }: Batched): Hindrance | undefined {
  if (!pupil || !isBatchStage(one.stage)) return undefined
  return asksToCancel(one) ? 'cancel-asked' : hindranceOf(context, { ...one, pupil })
}

/** What a hindrance comes to, by whom it is done, and what the school is told. */
export function comesTo(
  hindrance: Hindrance,
  by: Actor,
): { action: Action; to: Stage; by: Actor; reasons: readonly string[] } {
  switch (hindrance) {
    case 'cancel-asked':
      return { action: 'cancel', to: 'cancelled', by, reasons: [] }
    case 'too-old':
      return { action: 'reject', to: 'rejected', by: SYSTEM, reasons: [TOO_OLD] }
    case 'no-portrait':
      return { action: 'return', to: 'returned', by, reasons: [TURNED_FIVE] }
  }
}
