import type { Connection, mongo, Schema } from 'mongoose'
import { applications } from './application-schema.ts'
import { appraisalModel } from './appraisals.ts'
import { cardUses } from './card-uses.ts'
import { chats } from './chat-schema.ts'
import { clocks } from './clock.ts'
import { coordinators } from './coordinator-schema.ts'
import { databaseFacts } from './data-version.ts'
import { deliveries } from './delivery-schema.ts'
import { fileModel } from './files.ts'
import { inboxModel } from './inbox.ts'
import { invitations } from './invitations.ts'
import { keyring } from './keyring.ts'
import { leaseModel } from './leases.ts'
import { loginAttempts } from './login-attempts.ts'
import { lookModel } from './looks.ts'
import { mediaParts } from './media-parts.ts'
import { noticeGroups } from './notice-groups.ts'
import { officeActs } from './office-acts.ts'
import { officeSettings } from './office-settings.ts'
import { operatorInvites } from './operator-invites.ts'
import { operatorSessions } from './operator-sessions.ts'
import { operators } from './operators.ts'
import { pleas } from './pleas.ts'
import { printBatches } from './print-batches.ts'
import { queueFlows } from './queue-flows.ts'
import { readingAlarms } from './reading-alarms.ts'
import { schools } from './schools.ts'
import { sessionModel } from './sessions.ts'
import { stockEntries } from './stock.ts'
import { takeovers } from './takeovers.ts'
import { counters } from './tickets.ts'
import { turnModel } from './turns.ts'
import { views } from './views.ts'
import { webchatMessagesModel } from './webchat-messages.ts'
import { whatsappAuth } from './whatsapp-auth.ts'
import { whatsappPeople } from './whatsapp-people.ts'
import { whatsappSent } from './whatsapp-sent.ts'
import { whatsappState } from './whatsapp-state.ts'

/** Every collection of ours. A new model is added here; a test finds the ones that are not. */
const MODELS: readonly ((database: Connection) => unknown)[] = [
  applications,
  appraisalModel,
  cardUses,
  chats,
  clocks,
  coordinators,
  counters,
  databaseFacts,
  deliveries,
  fileModel,
  inboxModel,
  invitations,
  keyring,
  leaseModel,
  loginAttempts,
  lookModel,
  mediaParts,
  noticeGroups,
  officeActs,
  officeSettings,
  operatorInvites,
  operatorSessions,
  operators,
  pleas,
  printBatches,
  queueFlows,
  readingAlarms,
  schools,
  sessionModel,
  stockEntries,
  takeovers,
  turnModel,
  views,
  webchatMessagesModel,
  whatsappAuth,
  whatsappPeople,
  whatsappSent,
  whatsappState,
]
type Wanted = mongo.IndexDescription & { name: string }
const OPTIONS_CONFLICT = 85
const KEYS_CONFLICT = 86

/** Registers all models with `database`, so that `database.models` is the whole list. */
export function registerModels(database: Connection): void {
  for (const model of MODELS) model(database)
}

/**
 * Makes the named indexes of all models; one whose definition has changed is made anew. Safe when several processes
 * start at once. Indexes that are not ours stay. Throws on an index without a name.
 */
export async function ensureIndexes(database: Connection): Promise<void> {
  registerModels(database)
  await Promise.all(
    Object.values(database.models).map(async ({ collection, schema }) => {
      const wanted = (schema as Schema).indexes().map(([keys, options]) => {
        if (!options.name) throw new Error(`an index of ${collection.collectionName} has no name`)
        return { ...options, key: keys as Record<string, 1 | -1>, name: options.name } as Wanted
      })
      const stored = database.collection(collection.collectionName)
      if (wanted.length === 0 || (await made(stored.createIndexes(wanted)))) return
      for (const one of wanted) {
        if (await made(stored.createIndexes([one]))) continue
        await stored.dropIndex(one.name)
        await stored.createIndexes([one])
      }
    }),
  )
}

/** False when the same name or the same keys are there with another definition. */
async function made(making: Promise<unknown>): Promise<boolean> {
  try {
    await making
    return true
  } catch (error) {
    if (isConflict(error)) return false
    throw error
  }
}

function isConflict(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return code === OPTIONS_CONFLICT || code === KEYS_CONFLICT
}
