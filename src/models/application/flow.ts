const RESUBMITTED = '/r'

/** The flow of a school's first submissions, or of its resubmissions after a return. */
export function flowOf(npsn: string, resubmission: boolean): string {
  return resubmission ? npsn + RESUBMITTED : npsn
}
export const isResubmission = (flow: string): boolean => flow.endsWith(RESUBMITTED)
