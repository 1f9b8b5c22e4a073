import type { Connection } from 'mongoose'
import type { ConsentText } from './consent.ts'
import { toBuffer } from '../store/binary.ts'
import { guarded } from '../store/failpoint.ts'
import { insertOnce } from '../store/insert-once.ts'
import { keptIn, modelOf } from '../store/kept.ts'
import type { Sealer } from '../store/sealing.ts'

/** Words that people were asked to agree to, for good: a consent names their version. Sealed, as all that is said. */
type ConsentTextDocument = { _id: string; text: Buffer; from: Date }
type Context = { database: Connection; sealer: Sealer }

const schema = keptIn<ConsentTextDocument>('consentTexts')

export const consentTexts = modelOf('ConsentText', schema)

/** Keeps what the office asks consent to from now on; what is kept already stays as it is. */
export async function keepConsentTexts(
  { database, sealer }: Context,
  texts: readonly ConsentText[],
  from: Date,
): Promise<void> {
  const model = consentTexts(database)
  await Promise.all(
    texts.map(({ version, text }) =>
      guarded('consent.text', () => insertOnce(model, { _id: version, text: sealer.seal(text), from })),
    ),
  )
}

/** The texts of these versions; one that was never kept is missing. */
export async function textsOf(
  { database, sealer }: Context,
  versions: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await consentTexts(database)
    .find({ _id: { $in: [...versions] } })
    .lean<ConsentTextDocument[]>()
  return new Map(found.map(({ _id, text }) => [_id, sealer.openText(toBuffer(text))]))
}
