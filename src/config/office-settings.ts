import { z } from 'zod'
import type { Database } from '../models/store/connect.ts'
import { readSettings } from '../models/office/settings.ts'
import type { Log } from './log.ts'
import { OfficeSchema } from './office-schema.ts'
import type { Office } from './office-schema.ts'

/** What supervisors may change while the service runs; what is given here wins over the office file. */
export type OfficeSettings = {
  holidays?: Office['hours']['holidays'] | undefined
  returnReasons?: Office['returnReasons'] | undefined
  fairness?: Pick<Office['fairness'], 'policy' | 'batch'> | undefined
}

/**
 * The office as it is now. What `current` gives never changes and is replaced when settings do: whoever decides takes
 * one and decides by it, whoever lives longer asks again.
 */
export type CurrentOffice = { current(): Office }
/** Throws zod's error where the settings break a rule of the office file, and changes nothing then. */
export type SettableOffice = CurrentOffice & { adopt(settings: OfficeSettings): void }

export function settableOffice(file: Office): SettableOffice {
  let office = file
  return {
    current: () => office,
    adopt(settings) {
      office = withSettings(file, settings)
    },
  }
}

/**
 * A round that adopts what is stored where it has changed since the last: every process of the office looks for itself.
 * What no longer fits the office file is left out and said in the log.
 */
export function followSettings(options: { database: Database; office: SettableOffice; log: Log }): () => Promise<void> {
  const { database, office, log } = options
  let known = 0
  return async () => {
    const { rev, settings } = await readSettings(database)
    if (rev === known) return
    known = rev
    try {
      office.adopt(settings as OfficeSettings)
    } catch (error) {
      log.error({ err: error, rev }, 'the changed settings do not fit the office file')
    }
  }
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

function withSettings(office: Office, settings: OfficeSettings): Office {
  const { holidays, returnReasons, fairness } = settings
  return OfficeSchema.parse({
    ...office,
    ...(holidays && { hours: { ...office.hours, holidays } }),
    ...(returnReasons && { returnReasons: withNewer(returnReasons, office.returnReasons) }),
    ...(fairness && { fairness: { ...office.fairness, ...fairness } }),
  })
}

const LETTERS = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i))

/** None can be taken away, so what is not among the stored is newer than they: it follows, under a letter that is free. */
function withNewer(stored: Office['returnReasons'], file: Office['returnReasons']): Office['returnReasons'] {
  const all = [...stored]
  const unasked = LETTERS.filter((one) => file.every(({ letter }) => letter !== one))
  for (const reason of file) {
    if (all.some(({ code }) => code === reason.code)) continue
    const letter = [reason.letter, ...unasked].find((one) => all.every((other) => other.letter !== one))
    if (letter !== undefined) all.push({ ...reason, letter })
  }
  return all
}
