import { REASONS } from '../models/application/application.ts'
import type { ApplicationReason, Pupil } from '../models/application/application.ts'
import type { Answers } from '../models/chat/session.ts'

export function reasonOf(answers: Answers): ApplicationReason {
  return REASONS.find((reason) => reason === answers['reason']) ?? 'NEW'
}

/** Throws where the flow let a pupil through without what it must have. */
export function submittedPupil(answers: Answers): Pupil {
  const text = (name: string): string | undefined => {
    const value = answers[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const [name, nik, birthDate] = [text('name'), text('nik'), text('birthDate')]
  if (!name || !nik || !birthDate) throw new Error('a pupil without name, NIK or birth date was submitted')
  const origin = answers['origin'] === 'domestic' || answers['origin'] === 'abroad' ? answers['origin'] : undefined
  const [group, kk] = [text('class'), text('kk')]
  const foreign = answers['citizenship'] === 'wna'
  return {
    name,
    nik,
    birthDate,
    ...(group !== undefined && { class: group }),
    ...(kk !== undefined && { kk }),
    ...(origin !== undefined && { origin }),
    ...(foreign && { citizenship: 'wna' as const }),
    ...(answers['unmarried'] === true && { unmarried: true as const }),
  }
}
