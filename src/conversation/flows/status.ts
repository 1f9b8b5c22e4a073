import { isClaimStage } from '../../models/application/application.ts'
import type { Stage } from '../../models/application/application.ts'
import type { Scene } from '../definition.ts'
import type { ApplicationFact } from '../facts.ts'
import { clockText, momentText } from '../hours.ts'
import { text } from '../steps.ts'
import { join, stageName } from '../texts/texts.ts'
import { cutName } from './card.ts'

/** One screen, in characters, for the page and the question that waits behind it. */
const SCREEN = 600
/** Ten of the longest rows need so much of it; before a longer question a page is half of one. */
const WHOLE = { rows: 10, shortest: 540 }
const HALF = { rows: 5, longest: 380 }
const NARROWEST = 8
/** The school's turn first, then the way through the office. */
const ORDER: readonly Stage[] = [
  'returned',
  'ready',
  'verification',
  'photo',
  'siak_entry',
  'signature',
  'printing',
  'handed_over',
  'received',
  'rejected',
  'cancelled',
  'draft',
]

export type StatusPage = { text: string; page: number; pages: number }

/**
 * All of the coordinator's pupils, grouped by stage, ten a page (five before a long `question`); page 1 follows the
 * last.
 */
export function statusList(scene: Scene, wanted: number, question = ''): StatusPage {
  const room = question === '' ? SCREEN : SCREEN - 1 - question.length
  const { rows: most, longest } = room < WHOLE.shortest ? HALF : { rows: WHOLE.rows, longest: room }
  const { office, applications, coordinator } = scene.facts
  const sorted = applications.toSorted(
    (a, b) =>
      ORDER.indexOf(a.stage) - ORDER.indexOf(b.stage) ||
      new Date(a.submittedAt).getTime() - new Date(b.submittedAt).getTime() ||
      a.ticket.localeCompare(b.ticket, 'en', { numeric: true }),
  )
  if (sorted.length === 0) return { text: text(scene, 'statusNone'), page: 1, pages: 1 }
  const pages = Math.ceil(sorted.length / most)
  const page = wanted > pages ? 1 : wanted
  const counts = ORDER.flatMap((stage) => {
    const n = sorted.filter((one) => one.stage === stage).length
    return n > 0 ? [`${stageName(office, stage)} ${n}`] : []
  })
  const head = text(scene, 'statusHead', {
    n: sorted.length,
    school: coordinator?.school.name ?? '',
    time: clockText(office, scene.now),
    counts: counts.join(', '),
  })
  const rows = sorted.slice((page - 1) * most, page * most)
  const tail = join(text(scene, 'statusPage', { page, pages }), text(scene, pages > 1 ? 'statusMore' : 'statusLast'))
  // names give way, so that the longest school and ten long tickets still are one screen
  for (let width = 24; ; width--) {
    const lines = rows.map((one) => rowText(scene, one, width))
    const whole = [head, ...lines, tail].join('\n')
    if (whole.length <= longest || width <= NARROWEST) return { text: whole, page, pages }
  }
}

function rowText(scene: Scene, one: ApplicationFact, width: number): string {
  const stage = stageName(scene.facts.office, one.stage)
  return text(scene, 'statusRow', { ticket: one.ticket, name: cutName(one.pupil.name, width), stage })
}

/** One pupil: stage, position, round. `ticket` is in its canonical form. */
export function statusOne(scene: Scene, ticket: string): string {
  const { office, applications, servedRound } = scene.facts
  const one = applications.find((application) => application.ticket === ticket)
  if (!one) return join(text(scene, 'ticketUnknown', { ticket }), text(scene, 'statusOn'))
  return join(
    text(scene, 'statusOne', {
      ticket,
      name: one.pupil.name,
      stage: stageName(office, one.stage),
      time: momentText(office, new Date(one.updatedAt)),
    }),
    one.position === null ? undefined : text(scene, 'statusPosition', { position: one.position }),
    // what is done in the office waits for no round any more
    one.round === null || servedRound === null || !isClaimStage(one.stage)
      ? undefined
      : text(scene, 'statusRound', { round: one.round, served: servedRound }),
    one.stage === 'returned' ? text(scene, 'statusReturnedOn', { ticket }) : undefined,
  )
}
