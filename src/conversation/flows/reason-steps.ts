import { CITIZENSHIPS, REASONS } from '../../models/application/application.ts'
import type { ApplicationReason } from '../../models/application/application.ts'
import { take } from '../definition.ts'
import type { Scene } from '../definition.ts'
import { readCitizenship, readReason } from '../reading/reason.ts'
import { askChoice, numbered, text } from '../steps.ts'
import type { Option } from '../steps.ts'
import { capital } from '../texts/texts.ts'
import type { PupilAnswers } from './pupil.ts'
import { pupilOf } from './pupil.ts'

export function reasonLabel(scene: Scene, reason: ApplicationReason): string {
  return scene.facts.office.requirements[reason].label
}

/** `Hilang`, `Hilang, anak WNA`; of a foreign child whose reason is not known yet only what it is. */
export function reasonText(scene: Scene, { reason, citizenship }: PupilAnswers): string {
  const label = reason ? reasonLabel(scene, reason) : undefined
  if (citizenship !== 'wna') return label ?? ''
  return label === undefined ? text(scene, 'foreignChild') : text(scene, 'reasonOfForeign', { reason: label })
}

/**
 * The reasons, and behind them the status that a child has beside any of them. It is no answer to the question: whoever
 * chooses it is asked for the reason again, and may take it back there. Nobody else has a turn more.
 */
function options(scene: Scene): Option[] {
  const reasons = REASONS.map((value) => ({ value, label: reasonLabel(scene, value) }))
  const foreign = pupilOf(scene.answers).citizenship === 'wna'
  const status = foreign
    ? { value: 'wni', label: text(scene, 'citizenChild') }
    : { value: 'wna', label: text(scene, 'foreignChild') }
  return [...reasons, { ...status, label: capital(status.label) }]
}

const reason = askChoice({
  label: 'labelReason',
  ask(scene) {
    const choices = numbered(options(scene).map((option) => option.label))
    const now = pupilOf(scene.answers)
    if (now.again !== 'reason' || !now.reason) return text(scene, 'reason', { choices })
    return text(scene, 'changeReason', { value: reasonText(scene, now), choices })
  },
  options,
  words: (said) => readReason(said) ?? readCitizenship(said),
  taken(value, scene) {
    const status = CITIZENSHIPS.find((one) => one === value)
    if (!status) return take({ reason: value, origin: undefined })
    const set = { citizenship: status === 'wna' ? status : undefined }
    // where a reason stands already the next prompt is another one
    if (pupilOf(scene.answers).reason) return take(set)
    return take(set, text(scene, 'noted', { list: text(scene, status === 'wna' ? 'foreignChild' : 'citizenChild') }))
  },
})

const origin = askChoice({
  label: 'labelReason',
  ask: (scene) => text(scene, 'origin'),
  options: (scene) => [
    {
      value: 'domestic',
      label: text(scene, 'originDomestic'),
      words: ['kabupaten', 'kota', 'provinsi', 'dalam negeri'],
    },
    { value: 'abroad', label: text(scene, 'originAbroad') },
  ],
  taken: (value) => take({ origin: value }),
})

export const reasonSteps = { reason, origin }
