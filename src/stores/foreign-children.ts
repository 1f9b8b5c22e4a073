import type { mongo } from 'mongoose'
import { toBuffer } from '../models/store/binary.ts'
import { isDuplicateKey } from '../models/store/errors.ts'
import type { Upgrade } from './upgrade.ts'

/** The reason that foreign citizenship was before data version 4. */
const FORMER = 'WNA'
const STATUS = { reason: 'NEW', citizenship: 'wna' } as const

type Sealed = mongo.Binary | null
type Application = {
  _id: string
  reason: string
  pupil?: Sealed
  draft?: { answers: mongo.Binary }
  openKey?: string
}
type Talk = { _id: string; session?: Sealed; decided?: Sealed }

/**
 * Data version 4: applications with the reason WNA become new ones of a foreign child; so do drafts, where chats are, and
 * what was decided and is not done. A purged application has no child any more, only its reason is put right.
 */
export async function foreignChildren({ database, sealer, log }: Upgrade): Promise<void> {
  const applications = database.collection<Application>('applications')
  for await (const { _id, pupil, draft, openKey } of applications.find({ reason: FORMER as never })) {
    const child = changed(_id, pupil, (one) => ({ ...(one as object), citizenship: STATUS.citizenship }))
    const answers = changed(_id, draft?.answers, beside)
    const set = {
      reason: STATUS.reason,
      ...(child && { pupil: child }),
      ...(answers && { 'draft.answers': answers }),
    }
    const write = (key: object) =>
      applications.updateOne({ _id, reason: FORMER }, { $set: { ...set, ...key } as never, $inc: { rev: 1 } as never })
    try {
      await write(openKey === undefined ? {} : { openKey: openKey.replace(/\/WNA$/, `/${STATUS.reason}`) })
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      // the child has a new card under way as well: each keeps the place that it has
      await write({})
    }
  }

  const turns = database.collection<Talk>('turns')
  const open = { $or: [{ session: { $type: 'binData' } }, { state: 'decided' }] }
  await talks(turns, open as mongo.Filter<Talk>)
  await talks(database.collection<Talk>('sessions'), { session: { $type: 'binData' } } as mongo.Filter<Talk>)

  /** A row that somebody else writes meanwhile is theirs, in the form of this version. */
  async function talks(rows: mongo.Collection<Talk>, filter: mongo.Filter<Talk>): Promise<void> {
    for await (const row of rows.find(filter, { projection: { session: 1, decided: 1 } })) {
      for (const name of ['session', 'decided'] as const) {
        const stored = row[name]
        const value = changed(row._id, stored, (one) => beside(one), `"${FORMER}"`)
        if (value) await rows.updateOne({ _id: row._id, [name]: stored } as never, { $set: { [name]: value } as never })
      }
    }
  }

  /** Sealed anew; undefined where nothing is there, where it does not hold `mark`, or where no key at hand opens it. */
  function changed(
    id: string,
    stored: Sealed | undefined,
    to: (value: unknown) => unknown,
    mark = '',
  ): Buffer | undefined {
    if (!stored) return undefined
    let text: string
    try {
      text = sealer.openText(toBuffer(stored))
    } catch (err) {
      log.warn({ err, id }, 'not upgraded: no key opens it')
      return undefined
    }
    return text.includes(mark) ? sealer.sealJson(to(JSON.parse(text))) : undefined
  }
}

/** Answers, parked flows, effects: wherever the reason stands, the status stands beside it. */
function beside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => beside(one))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, beside(one)]))
  return fields['reason'] === FORMER ? { ...fields, ...STATUS } : fields
}
