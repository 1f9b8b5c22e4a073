export const SEVERITIES = ['heavy', 'check', 'note'] as const
export type Severity = (typeof SEVERITIES)[number]
/**
 * A warning with its evidence: never a wall for a teacher. `code` has a sentence in the console; `field` names the
 * answer it is about; `detail` may hold personal values and is sealed with the pupil.
 */
export type Finding = {
  code: string
  severity: Severity
  field?: string
  document?: string
  detail?: Readonly<Record<string, string | number>>
}
