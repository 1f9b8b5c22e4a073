import { OPEN_STAGES } from '../../models/application/application.ts'
import type { ApplicationReason, Finding, Pupil, Stage } from '../../models/application/application.ts'
import { isDuplicateKey } from '../../models/store/errors.ts'
import { applications } from '../../models/application/kept.ts'
import type { ApplicationDocument } from '../../models/application/kept.ts'
import type { QueueContext } from '../context.ts'

export type OpenApplication = { application: string; ticket: string; stage: Stage; reason: ApplicationReason }
export type Duplicate = { outcome: 'duplicate'; application: string; ticket: string; stage: Stage }

/** Who has an application open already: one per school, pupil and reason. */
export type OpenApplications = {
  /** The open applications of this NIK at this school, one a reason at most. */
  openWithNik: (npsn: string, nik: string) => Promise<readonly OpenApplication[]>
  /** Whether another school has an open application of this NIK; which one is nobody's business there. */
  openElsewhere: (npsn: string, nik: string) => Promise<boolean>
}

/** The other side is told nothing, and neither is this one: an operator sees the finding. */
const ELSEWHERE: Finding = { code: 'NIK_ELSEWHERE', severity: 'heavy', field: 'nik' }

export function createOpenApplications({ database, sealer }: QueueContext): OpenApplications & {
  /** The conversation looked when the pupil was typed; this looks again when it is written. */
  withElsewhere(findings: readonly Finding[], npsn: string, nik: string): Promise<readonly Finding[]>
  byOpenKey(openKey: string): Promise<Duplicate | null>
  /** What `write` gives; the other open application where there is one; null where somebody was first. */
  writeOrDuplicate<T>(openKey: string, write: () => Promise<T>): Promise<T | Duplicate | null>
} {
  const model = applications(database)

  async function openElsewhere(npsn: string, nik: string): Promise<boolean> {
    const nikHash = sealer.lookup('nik', nik)
    return (await model.exists({ nikHash, npsn: { $ne: npsn }, stage: { $in: OPEN_STAGES } })) !== null
  }
  async function byOpenKey(openKey: string): Promise<Duplicate | null> {
    const other = await model.findOne({ openKey }).lean<ApplicationDocument>()
    return other && { outcome: 'duplicate', application: other._id, ticket: other.ticket!, stage: other.stage }
  }
  return {
    openElsewhere,
    byOpenKey,
    async openWithNik(npsn, nik) {
      const nikHash = sealer.lookup('nik', nik)
      const open = await model.find({ nikHash, npsn, stage: { $in: OPEN_STAGES } }).lean<ApplicationDocument[]>()
      return open.map(({ _id, ticket, stage, reason }) => ({ application: _id, ticket: ticket!, stage, reason }))
    },
    async withElsewhere(findings, npsn, nik) {
      const known = findings.some((f) => f.code === ELSEWHERE.code)
      return !known && (await openElsewhere(npsn, nik)) ? [...findings, ELSEWHERE] : findings
    },
    async writeOrDuplicate(openKey, write) {
      try {
        return await write()
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        return byOpenKey(openKey)
      }
    },
  }
}

export function openKeyOf(npsn: string, nikHash: string, reason: ApplicationReason): string {
  return `${npsn}/${nikHash}/${reason}`
}

/** What changed between two versions of a pupil, for the sealed part of the history. */
export function differences(before: Pupil | null, after: Pupil): { before?: Partial<Pupil>; after?: Partial<Pupil> } {
  const names = Object.keys({ ...before, ...after }) as (keyof Pupil)[]
  const changed = names.filter((name) => before?.[name] !== after[name])
  if (changed.length === 0) return {}
  const pick = (pupil: Pupil | null) =>
    Object.fromEntries(changed.flatMap((name) => (pupil?.[name] === undefined ? [] : [[name, pupil[name]]])))
  return { before: pick(before), after: pick(after) }
}
