import type { Log } from '../config/log.ts'
import { moveConsents } from '../models/consent/move.ts'
import type { Database } from '../models/store/connect.ts'
import { DATA_VERSION, markUpgraded, upgradedTo } from '../models/store/data-version.ts'
import type { Sealer } from '../models/store/sealing.ts'
import { foreignChildren } from './foreign-children.ts'

export type Upgrade = { database: Database; sealer: Sealer; log: Log }

/** What each data version changes of what is stored already. A step may be done again, and by two processes at once. */
const STEPS: readonly { version: number; bring: (upgrade: Upgrade) => Promise<void> }[] = [
  { version: 4, bring: foreignChildren },
  { version: 5, bring: moveConsents },
]

/** Brings what earlier programs have stored into the form of this one; killed in between, the next start goes on. */
export async function upgradeData(upgrade: Upgrade): Promise<void> {
  const { database, log } = upgrade
  const from = await upgradedTo(database)
  for (const { version, bring } of STEPS) {
    if (version <= from) continue
    await bring(upgrade)
    await markUpgraded(database, version)
    log.info({ version }, 'stored data upgraded')
  }
  if (from < DATA_VERSION) await markUpgraded(database, DATA_VERSION)
}
