import type { QueueItem } from '../../contract/queue.ts'
import type { Role } from './session.ts'

export type Stage = QueueItem['stage']
export type ClaimStage = Extract<Stage, 'verification' | 'photo' | 'siak_entry' | 'signature' | 'printing'>

const CLAIM_STAGES = ['verification', 'photo', 'siak_entry', 'signature', 'printing'] as const

// Shows or hides what a role works; the server alone decides.
const WORKS: Record<Role, readonly ClaimStage[]> = {
  supervisor: CLAIM_STAGES,
  verifikator: ['verification'],
  foto: ['photo'],
  siak: ['siak_entry', 'signature'],
  cetak: ['printing'],
  loket: [],
}

/** The stages that an operator with these roles takes cases from, in the order of the work. */
export const stagesOf = (roles: readonly Role[]): readonly ClaimStage[] =>
  CLAIM_STAGES.filter((stage) => roles.some((role) => WORKS[role].includes(stage)))

export const isSupervisor = (roles: readonly Role[]): boolean => roles.includes('supervisor')
export const mayHandOver = (roles: readonly Role[]): boolean => isSupervisor(roles) || roles.includes('loket')
/** Who reads and closes what coordinators ask of the office. */
export const mayAnswer = (roles: readonly Role[]): boolean =>
  isSupervisor(roles) || roles.includes('verifikator') || roles.includes('loket')
/** Who prints, or signs, in batches. */
export const mayPrint = (roles: readonly Role[]): boolean => stagesOf(roles).includes('printing')
export const maySign = (roles: readonly Role[]): boolean => stagesOf(roles).includes('signature')
/** Who prints portraits on paper. */
export const mayPrintPortraits = (roles: readonly Role[]): boolean =>
  stagesOf(roles).some((stage) => stage === 'photo' || stage === 'printing')
/** Who types pupils into SIAK. */
export const mayEnter = (roles: readonly Role[]): boolean => stagesOf(roles).includes('siak_entry')
export const isClaimStage = (stage: string): stage is ClaimStage => (CLAIM_STAGES as readonly string[]).includes(stage)
