import { DESK } from '../../../models/operator/operator.ts'
import { legalTargets, stagesOf } from '../../../models/application/transitions.ts'
import type { Role } from '../../../models/application/transitions.ts'

export type { ClaimStage, Stage } from '../../../models/application/application.ts'
export { isClaimStage } from '../../../models/application/application.ts'
export { stagesOf }

// Shows or hides what a role works, by the rules that the server decides by.
export const isSupervisor = (roles: readonly Role[]): boolean => roles.includes('supervisor')
export const mayHandOver = (roles: readonly Role[]): boolean =>
  roles.some((role) => legalTargets('ready', 'hand_over', role).length > 0)
/** Who reads and closes what coordinators ask of the office. */
export const mayAnswer = (roles: readonly Role[]): boolean => DESK.some((role) => roles.includes(role))
/** Who prints, or signs, in batches. */
export const mayPrint = (roles: readonly Role[]): boolean => stagesOf(roles).includes('printing')
export const maySign = (roles: readonly Role[]): boolean => stagesOf(roles).includes('signature')
/** Who prints portraits on paper. */
export const mayPrintPortraits = (roles: readonly Role[]): boolean =>
  stagesOf(roles).some((stage) => stage === 'photo' || stage === 'printing')
/** Who types pupils into SIAK. */
export const mayEnter = (roles: readonly Role[]): boolean => stagesOf(roles).includes('siak_entry')
