import type { ApplicationReason, Stage } from './application.ts'
import { OPEN_STAGES } from './application.ts'
import { applications } from './kept.ts'
import type { Database } from '../store/connect.ts'
import { rowsOf } from '../store/kept.ts'
import { readInGroup } from '../store/read-in-group.ts'
import type { Sealer } from '../store/sealing.ts'

export type OpenApplication = { application: string; ticket: string; stage: Stage; reason: ApplicationReason }

const SHOWN = { nikHash: 1, npsn: 1, ticket: 1, stage: 1, reason: 1 } as const

/** Who has an application open already: one per school, pupil and reason. */
export function createOpenApplications({ database, sealer }: { database: Database; sealer: Sealer }) {
  const rows = rowsOf(applications(database))
  // asked in every turn that names a number: many turns in one read
  const ofNik = readInGroup(async (hashes) => {
    const open = { nikHash: { $in: [...hashes] }, stage: { $in: [...OPEN_STAGES] } }
    return Map.groupBy(await rows.find(open, { projection: SHOWN }).toArray(), (one) => one.nikHash ?? '')
  })
  type Row = { _id: string; ticket?: string; stage: Stage; reason: ApplicationReason }
  const shown = ({ _id, ticket, stage, reason }: Row): OpenApplication => {
    return { application: _id, ticket: ticket!, stage, reason }
  }
  return {
    /**
     * The open applications of this NIK at this school, one a reason at most; and whether another school has one: which
     * is nobody's business there.
     */
    withNik: async (npsn: string, nik: string): Promise<{ here: readonly OpenApplication[]; elsewhere: boolean }> => {
      const open = (await ofNik(sealer.lookup('nik', nik))) ?? []
      const here = open.filter((one) => one.npsn === npsn)
      return { here: here.map(shown), elsewhere: here.length < open.length }
    },
    async byKey(openKey: string): Promise<OpenApplication | undefined> {
      const found = await rows.findOne({ openKey }, { projection: SHOWN })
      return found ? shown(found) : undefined
    },
  }
}
export type OpenApplications = ReturnType<typeof createOpenApplications>

export function openKeyOf(npsn: string, nikHash: string, reason: ApplicationReason): string {
  return `${npsn}/${nikHash}/${reason}`
}
