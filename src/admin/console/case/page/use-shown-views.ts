import { useEffect } from 'react'
import { logViews } from '../../client/case.ts'
import type { Case, CaseDocument } from '../../client/case.ts'

/** Documents of a case taken ahead were fetched as such; the view log wants to know that they are shown now. */
export function useShownViews(shown: Case, documents: readonly CaseDocument[]): void {
  const prefetched = shown.claim?.prefetch === true
  const ids = documents.map((one) => one.id).join()
  useEffect(() => {
    if (prefetched && ids !== '') void logViews(shown.id, ids.split(',')).catch(() => undefined)
  }, [prefetched, shown.id, ids])
}
