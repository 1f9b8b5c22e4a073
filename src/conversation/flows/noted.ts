import { REASONS } from '../../models/application/application.ts'
import { formatDate } from '../../models/identity/date.ts'
import { maskNik } from '../../models/identity/identity.ts'
import type { Scene } from '../definition.ts'
import type { PieceField } from '../reading/piece.ts'
import { text } from '../steps.ts'
import { reasonLabel } from './pupil-steps.ts'
import type { PupilAnswers } from './pupil.ts'

/** One answer in "Kami catat: …"; `value` is its canonical form, `answers` have it already. */
export function notedText(scene: Scene, field: PieceField, answers: PupilAnswers, value: string): string {
  if (field === 'nik') return text(scene, 'notedNik', { nik: maskNik(answers.nik ?? '') })
  if (field === 'birthDate') return text(scene, 'notedBorn', { date: formatDate(value) })
  if (field === 'class') return text(scene, 'notedClass', { class: answers.class ?? '' })
  const known = REASONS.find((code) => code === value)
  if (field === 'reason') return text(scene, 'notedReason', { reason: known ? reasonLabel(scene, known) : '' })
  return answers.name ?? ''
}
