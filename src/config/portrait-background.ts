import type { Citizenship } from '../models/application/application.ts'
import type { Office } from './office-schema.ts'

/**
 * What colour is to be behind this pupil. No law names the background: the office's rule does (Permendagri 2/2016 is
 * silent). `birthDate` as YYYY-MM-DD.
 */
export function portraitBackground(
  { citizenship, birthDate }: { citizenship?: Citizenship; birthDate?: string },
  office: Office,
): 'red' | 'blue' | 'orange' {
  if (citizenship === 'wna') return office.portrait.foreignBackground
  const odd = Number((birthDate ?? '').slice(0, 4)) % 2 === 1
  return odd === (office.portrait.background === 'ODD_RED') ? 'red' : 'blue'
}
