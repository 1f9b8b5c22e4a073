import { useRef } from 'react'
import type { FindingView } from '../../../contract/application.ts'
import { useAct } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { newTransaction } from '../../client/request.ts'

/** Says of a finding of my case that it has been looked into, or, said again, that it is open again. */
export function useExamine(shown: Case): (finding: FindingView) => void {
  const { mutate, isPending } = useAct(shown.id)
  const tried = useRef<{ key: string; transaction: string }>(undefined)
  const token = shown.claim?.token
  return (finding) => {
    if (token === undefined || isPending) return
    const again = finding.examined !== undefined
    // tried again after a broken connection it is the same transaction: the first try may have arrived
    const key = `${finding.id} ${shown.rev}`
    if (tried.current?.key !== key) tried.current = { key, transaction: newTransaction() }
    mutate({ act: 'findings', token, finding: finding.id, again, transactionId: tried.current.transaction })
  }
}
