import type { ApplicationReason, Stage } from './application.ts'
import { OPEN_STAGES } from './application.ts'
import { applications } from './kept.ts'
import type { ApplicationDocument } from './kept.ts'
import type { Database } from '../store/connect.ts'
import type { Sealer } from '../store/sealing.ts'

export type OpenApplication = { application: string; ticket: string; stage: Stage; reason: ApplicationReason }

/** Who has an application open already: one per school, pupil and reason. */
export function createOpenApplications({ database, sealer }: { database: Database; sealer: Sealer }) {
  const model = applications(database)

  async function opened(filter: object): Promise<readonly OpenApplication[]> {
    const found = await model.find(filter).lean<ApplicationDocument[]>()
    return found.map(({ _id, ticket, stage, reason }) => ({ application: _id, ticket: ticket!, stage, reason }))
  }
  return {
    /** The open applications of this NIK at this school, one a reason at most. */
    withNik: (npsn: string, nik: string): Promise<readonly OpenApplication[]> =>
      opened({ nikHash: sealer.lookup('nik', nik), npsn, stage: { $in: OPEN_STAGES } }),
    /** Whether another school has an open application of this NIK; which one is nobody's business there. */
    elsewhere: async (npsn: string, nik: string): Promise<boolean> =>
      (await model.exists({ nikHash: sealer.lookup('nik', nik), npsn: { $ne: npsn }, stage: { $in: OPEN_STAGES } })) !==
      null,
    byKey: async (openKey: string): Promise<OpenApplication | undefined> => (await opened({ openKey }))[0],
  }
}
export type OpenApplications = ReturnType<typeof createOpenApplications>

export function openKeyOf(npsn: string, nikHash: string, reason: ApplicationReason): string {
  return `${npsn}/${nikHash}/${reason}`
}
