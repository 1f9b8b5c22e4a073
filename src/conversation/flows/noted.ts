import { formatDate } from '../../models/identity/date.ts'
import { maskNik } from '../../models/identity/identity.ts'
import type { Scene } from '../definition.ts'
import type { PieceField } from '../reading/piece.ts'
import { text } from '../steps.ts'
import type { PupilAnswers } from './pupil.ts'
import { reasonText } from './reason-steps.ts'

/** One answer in "Kami catat: …"; `value` is its canonical form, `answers` have it already. */
export function notedText(scene: Scene, field: PieceField, answers: PupilAnswers, value: string): string {
  if (field === 'nik') return text(scene, 'notedNik', { nik: maskNik(answers.nik ?? '') })
  if (field === 'birthDate') return text(scene, 'notedBorn', { date: formatDate(value) })
  if (field === 'class') return text(scene, 'notedClass', { class: answers.class ?? '' })
  if (field === 'reason') return text(scene, 'notedReason', { reason: reasonText(scene, answers) })
  return answers.name ?? ''
}
