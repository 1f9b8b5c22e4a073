import { z } from 'zod'
import { OfficeSchema } from './office-schema.ts'
import type { Office } from './office-schema.ts'

/** What supervisors may change while the service runs; what is given here wins over the office file. */
export type OfficeSettings = {
  holidays?: Office['hours']['holidays'] | undefined
  returnReasons?: Office['returnReasons'] | undefined
  fairness?: Pick<Office['fairness'], 'policy' | 'batch'> | undefined
}

/** The office as it would be; throws zod's error where that breaks a rule of the office file. */
function withSettings(office: Office, settings: OfficeSettings): Office {
  const { holidays, returnReasons, fairness } = settings
  return OfficeSchema.parse({
    ...office,
    ...(holidays && { hours: { ...office.hours, holidays } }),
    ...(returnReasons && { returnReasons }),
    ...(fairness && { fairness: { ...office.fairness, ...fairness } }),
  })
}

/**
 * Puts the settings into the office that everybody holds: all of it is read at its use, so that the next application,
 * notice or reply has it. Throws where they break a rule, and changes nothing then.
 */
export function adoptSettings(office: Office, settings: OfficeSettings): void {
  const next = withSettings(office, settings)
  office.hours.holidays = next.hours.holidays
  office.returnReasons = next.returnReasons
  Object.assign(office.fairness, next.fairness)
}

/** What is wrong with `settings`, as `path: message`; empty where nothing is. */
export function faultsOf(office: Office, settings: OfficeSettings): { path: string; message: string }[] {
  try {
    withSettings(office, settings)
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    return error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  }
  // a letter stands in histories and in heads: it is neither changed nor given to another reason
  const kept = settings.returnReasons ?? office.returnReasons
  return office.returnReasons.flatMap(({ code, letter }) => {
    const still = kept.find((reason) => reason.code === code)
    if (!still) return [{ path: code, message: 'a reason that was used cannot be taken away' }]
    return still.letter === letter ? [] : [{ path: `${code}.letter`, message: 'a letter is never reused' }]
  })
}
