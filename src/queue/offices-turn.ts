import type { Office } from '../config/office-schema.ts'

/** Whether a return waits for the office alone: the school can do nothing, and is not hurried. */
export function isOfficesTurn(office: Pick<Office, 'returnReasons'>, reasons: readonly string[] = []): boolean {
  const ofOffice = (code: string) =>
    office.returnReasons.some((reason) => reason.code === code && reason.who === 'office')
  return reasons.length > 0 && reasons.every(ofOffice)
}
