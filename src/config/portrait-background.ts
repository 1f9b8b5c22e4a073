import type { ApplicationReason } from '../models/application/application.ts'
import type { Office } from './office-schema.ts'

/**
 * What colour is to be behind this pupil. No law names the background: the office's rule does (Permendagri 2/2016 is
 * silent). `birthDate` as YYYY-MM-DD.
 */
export function portraitBackground(
  { reason, birthDate }: { reason?: ApplicationReason; birthDate?: string },
  office: Office,
): 'red' | 'blue' | 'orange' {
  if (reason === 'WNA') return office.portrait.foreignBackground
  const odd = Number((birthDate ?? '').slice(0, 4)) % 2 === 1
  return odd === (office.portrait.background === 'ODD_RED') ? 'red' : 'blue'
}
