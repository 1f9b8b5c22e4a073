import { createHash } from 'node:crypto'
import type { mongo } from 'mongoose'
import type { Pupil } from '../models/application/application.ts'
import { consentHash } from '../models/consent/consents.ts'
import { nameKeys } from '../models/identity/name-keys.ts'
import { toBuffer } from '../models/store/binary.ts'
import type { Sealer } from '../models/store/sealing.ts'

type Stored = Readonly<Record<string, unknown>>
/** Opens a blob; undefined when it is not there. */
export type ReadBlob = (id: string) => Promise<Buffer | undefined>
/** The fields of `document` that hold keyed look-ups, as they have to read under the current key. */
type Rebuild = (document: Stored, sealer: Sealer, readBlob: ReadBlob) => Promise<Record<string, string | string[]>>

/** By collection: every field that holds a `sealer.lookup` or `sealer.nameKey`. A new look-up is added here, or a rotation loses it. */
export const LOOKUPS: Readonly<Record<string, Rebuild>> = {
  async applications({ nikHash, openKey, pupil }, sealer) {
    if (nikHash === undefined || pupil === undefined) return {}
    const { name, nik, kk } = sealer.openJson<Pupil>(toBuffer(pupil as mongo.Binary))
    const fresh = sealer.lookup('nik', nik)
    const hashes = {
      nikHash: fresh,
      nameKeys: nameKeys(sealer, name),
      ...(kk === undefined ? {} : { kkHash: sealer.lookup('kk', kk) }),
    }
    if (typeof openKey !== 'string') return hashes
    // `npsn/nikHash/reason`
    const [npsn, , reason] = openKey.split('/')
    return { ...hashes, openKey: `${npsn}/${fresh}/${reason}` }
  },
  async consents({ subjectKey }, sealer) {
    if (subjectKey === undefined) return {}
    return { subjectHash: consentHash(sealer, sealer.openText(toBuffer(subjectKey as mongo.Binary))) }
  },
  async files({ sha256, blob }, sealer, readBlob) {
    if (sha256 === undefined || typeof blob !== 'string') return {}
    const bytes = await readBlob(blob)
    return bytes ? { sha256: sealer.lookup('file', createHash('sha256').update(bytes).digest('hex')) } : {}
  },
}
