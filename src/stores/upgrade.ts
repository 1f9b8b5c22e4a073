import type { Log } from '../config/log.ts'
import { moveConsents } from '../models/consent/move.ts'
import type { Database } from '../models/store/connect.ts'
import { noteUpgraded, upgradedTo } from '../models/store/data-version.ts'
import type { Sealer } from '../models/store/sealing.ts'

type Context = { database: Database; sealer: Sealer; log: Log }

/** What brings the rows of earlier versions to the form of `to`. Each may be cut off anywhere, and run again. */
const UPGRADES: readonly { to: number; run: (context: Context) => Promise<void> }[] = [{ to: 5, run: moveConsents }]

/** Before anything reads the data: rows of earlier versions get the form of this one. Done once a database. */
export async function upgradeData(context: Context): Promise<void> {
  const { database, log } = context
  const from = await upgradedTo(database)
  for (const { to, run } of UPGRADES) {
    if (from >= to) continue
    await run(context)
    await noteUpgraded(database, to)
    log.info({ version: to }, 'the data have the form of this version')
  }
}
