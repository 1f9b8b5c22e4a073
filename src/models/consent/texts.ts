import type { Connection } from 'mongoose'
import type { ConsentText } from './consent.ts'
import { guarded } from '../store/failpoint.ts'
import { insertOnce } from '../store/insert-once.ts'
import { keptIn, modelOf } from '../store/kept.ts'

/** Words that people were asked to agree to, for good: a consent names their version. */
type ConsentTextDocument = { _id: string; text: string; from: Date }

const schema = keptIn<ConsentTextDocument>('consentTexts')

export const consentTexts = modelOf('ConsentText', schema)

/** Keeps what the office asks consent to from now on; what is kept already stays as it is. */
export async function keepConsentTexts(database: Connection, texts: readonly ConsentText[], from: Date): Promise<void> {
  const model = consentTexts(database)
  await Promise.all(
    texts.map(({ version, text }) => guarded('consent.text', () => insertOnce(model, { _id: version, text, from }))),
  )
}

/** The texts of these versions; one that was never kept is missing. */
export async function textsOf(database: Connection, versions: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await consentTexts(database)
    .find({ _id: { $in: [...versions] } })
    .lean<ConsentTextDocument[]>()
  return new Map(found.map(({ _id, text }) => [_id, text]))
}
