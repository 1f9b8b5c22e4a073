import type { Log } from '../config/log.ts'
import type { Office } from '../config/office-schema.ts'
import { adoptSettings } from '../config/office-settings.ts'
import type { OfficeSettings } from '../config/office-settings.ts'
import type { Database } from '../models/store/connect.ts'
import { readSettings } from '../models/office/settings.ts'
import { createLoop } from '../queue/loop.ts'
import type { Loop } from '../queue/loop.ts'

const EVERY_MS = 5_000

/**
 * Puts what supervisors have changed into the office, now and whenever it changes again: every process of the office
 * looks for itself. What no longer fits the office file is left out and said in the log.
 */
export async function openSettings(options: { database: Database; office: Office; log: Log }): Promise<Loop> {
  const { database, office, log } = options
  let known = 0
  async function adopt(): Promise<void> {
    const { rev, settings } = await readSettings(database)
    if (rev === known) return
    known = rev
    try {
      adoptSettings(office, settings as OfficeSettings)
    } catch (error) {
      log.error({ err: error, rev }, 'the changed settings do not fit the office file')
    }
  }
  await adopt()
  return createLoop('settings', EVERY_MS, log, adopt)
}
