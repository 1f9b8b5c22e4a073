import type { Stage } from './application.ts'

/** The school has asked for the application to be called off. */
export const CANCEL = 'cancel'
/** There is no paper at all. */
const PAPERS = 'papers'
/** The portrait has not the background that the office wants of this pupil. */
const BACKGROUND = 'background'

export function asksToCancel({ requests }: { requests: readonly { kind: string }[] }): boolean {
  return requests.some(({ kind }) => kind === 'cancel')
}

/**
 * What an approval passes only where whoever approves says that they have seen it: codes, never personal; besides these
 * three the code of a heavy finding that nobody has looked into (`heavy`). What was passed in verification is not asked
 * again at later stages.
 */
export function doubtsOf(
  one: {
    stage: Stage
    requests: readonly { kind: string }[]
    documents: readonly { supersededAt?: unknown }[]
  },
  { heavy, background = false }: { heavy: readonly string[]; background?: boolean },
): readonly string[] {
  const verifying = one.stage === 'verification'
  const papers = one.documents.some((document) => document.supersededAt === undefined)
  return [
    ...(asksToCancel(one) ? [CANCEL] : []),
    ...(verifying && !papers ? [PAPERS] : []),
    ...(verifying ? new Set(heavy) : []),
    ...(one.stage === 'photo' && background ? [BACKGROUND] : []),
  ]
}
