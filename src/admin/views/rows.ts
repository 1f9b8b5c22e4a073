import { pupilOf } from '../../models/application/sealed.ts'
import { appraisedCodes } from '../../models/application/appraisals.ts'
import { operatorNames } from '../../models/operator/operators.ts'
import type { ApplicationRow } from '../../models/application/lists.ts'
import { isForward, isResubmission } from '../../models/application/application.ts'
import { schoolsByNpsn } from '../../models/school/schools.ts'
import type { QueueItem } from '../contract/queue.ts'
import type { AdminDeps } from '../deps.ts'
import { maskNumber } from './masking.ts'

/** A row before names are put to its ids. */
export type Row = Pick<ApplicationRow, 'ticket' | 'stage' | 'state' | 'npsn' | 'stageAt'> & {
  /** Sealed. */
  pupil?: ApplicationRow['pupil'] | undefined
  key?: string | undefined
  start?: number | undefined
  flow?: string | undefined
  id: string
  position: number | null
  submittedAt?: Date | undefined
  findings: readonly { code: string; severity: QueueItem['findings'][number]['severity'] }[]
  claimedBy?: string | undefined
  attention?: QueueItem['attention'] | undefined
}

export function rowOf({ _id, findingCodes, claim, ...row }: ApplicationRow): Row {
  return { ...row, id: _id, position: null, findings: findingCodes, claimedBy: claim?.by }
}

/** Rows of any list, for every role: the NIK is masked. */
export async function rowViews(
  { database, sealer, queue }: Pick<AdminDeps, 'database' | 'sealer' | 'queue'>,
  rows: readonly Row[],
): Promise<QueueItem[]> {
  const [schools, codes, operators] = await Promise.all([
    schoolsByNpsn(
      database,
      rows.map((row) => row.npsn),
    ),
    appraisedCodes(
      database,
      rows.map((row) => row.id),
    ),
    operatorNames(
      { database, sealer },
      rows.flatMap((row) => row.claimedBy ?? []),
    ),
  ])
  return rows.map((row) => {
    const pupil = pupilOf(row, sealer)
    return {
      id: row.id,
      ticket: row.ticket ?? '',
      stage: row.stage,
      state: row.state,
      position: row.position,
      round: row.start === undefined ? null : queue.cases.roundOf(row.start),
      pupil: pupil
        ? { name: pupil.name, nik: maskNumber(pupil.nik), ...(pupil.class === undefined ? {} : { class: pupil.class }) }
        : null,
      school: { npsn: row.npsn, name: schools.get(row.npsn)?.name ?? row.npsn },
      submittedAt: row.submittedAt?.toISOString() ?? null,
      stageAt: row.stageAt.toISOString(),
      findings: [...row.findings, ...(codes.get(row.id) ?? [])].map(({ code, severity }) => ({ code, severity })),
      ...(row.claimedBy === undefined
        ? {}
        : { claimedBy: { id: row.claimedBy, name: operators.get(row.claimedBy) ?? row.claimedBy } }),
      ...(row.flow !== undefined && isResubmission(row.flow) ? { corrected: true } : {}),
      ...(isForward(row) ? { forward: true } : {}),
      ...(row.attention === undefined ? {} : { attention: row.attention }),
    }
  })
}
