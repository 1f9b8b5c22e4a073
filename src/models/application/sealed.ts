import type { Pupil } from './application.ts'
import type { Finding } from './findings.ts'
import type { ApplicationDocument } from './kept.ts'
import { toBuffer } from '../store/binary.ts'
import type { Sealer } from '../store/sealing.ts'

/** Null once purged, or while a draft has no answers that make a pupil. */
export function pupilOf(
  application: { pupil?: ApplicationDocument['pupil'] | undefined },
  sealer: Sealer,
): Pupil | null {
  return application.pupil ? sealer.openJson<Pupil>(toBuffer(application.pupil)) : null
}

export function findingsOf(application: Pick<ApplicationDocument, 'findings'>, sealer: Sealer): readonly Finding[] {
  return application.findings ? sealer.openJson<Finding[]>(toBuffer(application.findings)) : []
}

/** The stored forms of findings: sealed with their evidence, and codes for lists. */
export function storedFindings(
  findings: readonly Finding[],
  sealer: Sealer,
): Pick<ApplicationDocument, 'findings' | 'findingCodes'> & { findings: Buffer } {
  return {
    findings: sealer.sealJson(findings),
    findingCodes: findings.map(({ code, severity }) => ({ code, severity })),
  }
}
