import type { Connection, mongo, Schema } from 'mongoose'
import { applications } from '../application/kept.ts'
import { appraisalModel } from '../application/appraisals.ts'
import { cardUses } from '../printing/card-uses.ts'
import { chats } from '../chat/kept.ts'
import { clocks } from '../application/clock.ts'
import { consents } from '../consent/kept.ts'
import { consentTexts } from '../consent/texts.ts'
import { coordinators } from '../coordinator/kept.ts'
import { databaseFacts } from './data-version.ts'
import { deliveries } from '../notice/kept.ts'
import { fileModel } from '../file/files.ts'
import { inboxModel } from '../chat/inbox.ts'
import { invitations } from '../school/invitations.ts'
import { keyring } from './keyring.ts'
import { leaseModel } from './leases.ts'
import { loginAttempts } from '../operator/login-attempts.ts'
import { lookModel } from '../file/looks.ts'
import { mediaParts } from '../file/media-parts.ts'
import { noticeGroups } from '../notice/groups.ts'
import { officeActs } from '../operator/acts.ts'
import { officeSettings } from '../office/settings.ts'
import { operatorInvites } from '../operator/invites.ts'
import { operatorSessions } from '../operator/sessions.ts'
import { operators } from '../operator/operators.ts'
import { pleas } from '../plea/pleas.ts'
import { printBatches } from '../printing/kept.ts'
import { queueFlows } from '../application/flows.ts'
import { readingAlarms } from '../operator/reading-alarms.ts'
import { schools } from '../school/schools.ts'
import { formerSessions } from '../chat/former-sessions.ts'
import { stockEntries } from '../printing/stock.ts'
import { takeovers } from '../chat/takeovers.ts'
import { counters } from '../application/tickets.ts'
import { turnModel } from '../chat/turns.ts'
import { views } from '../operator/views.ts'
import { webchatMessagesModel } from '../chat/webchat.ts'
import { whatsappAuth } from '../whatsapp/auth.ts'
import { whatsappPeople } from '../whatsapp/people.ts'
import { whatsappSent } from '../whatsapp/sent.ts'
import { whatsappState } from '../whatsapp/state.ts'

/** Every collection of ours. A new model is added here; a test finds the ones that are not. */
const MODELS: readonly ((database: Connection) => unknown)[] = [
  applications,
  appraisalModel,
  cardUses,
  chats,
  clocks,
  consents,
  consentTexts,
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
  formerSessions,
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

/** What earlier versions made and nothing asks for any more. */
const RETIRED: readonly (readonly [collection: string, index: string])[] = [['inbox', 'unturned']]
const NOT_FOUND = new Set([26, 27])

async function dropRetired(database: Connection): Promise<void> {
  for (const [collection, index] of RETIRED) {
    try {
      await database.collection(collection).dropIndex(index)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && NOT_FOUND.has(Number(error.code)))) throw error
    }
  }
}

/**
 * Makes the named indexes of all models; one whose definition has changed is made anew. Safe when several processes
 * start at once. Indexes that are not ours stay. Throws on an index without a name.
 */
export async function ensureIndexes(database: Connection): Promise<void> {
  registerModels(database)
  await dropRetired(database)
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
