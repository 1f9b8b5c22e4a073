import { useState } from 'react'
import { useAct } from '../../client/case.ts'
import type { Case, CaseDocument } from '../../client/case.ts'
import { useTransactions } from '../../client/queries.ts'
import { KINDS } from '../../words/document.ts'

export type Filing = {
  /** Makes the file the `page`th of `kind`. */
  put: (id: string, kind: CaseDocument['kind'], page: number, done?: () => void) => void
  /** Hands the file to another pupil's application. */
  give: (document: CaseDocument, kind: CaseDocument['kind'], to: string, done: () => void) => void
  busy: boolean
  error: unknown
  told: string
}

/** Puts files where they belong; undefined for who may not. What is typed about the case stays typed. */
export function useFiling(shown: Case, documents: readonly CaseDocument[]): Filing | undefined {
  const { mutate, isPending, error } = useAct(shown.id)
  const [told, setTold] = useState('')
  const transactionOf = useTransactions()
  const token = shown.claim?.token
  if (token === undefined || !shown.allowed.includes('correct')) return undefined
  return {
    put: (id, kind, page, done) => {
      if (isPending) return
      const order = arranged(documents, id, kind, page)
      mutate(
        { act: 'sort-files', token, documents: [...order], transactionId: transactionOf(JSON.stringify(order)) },
        {
          onSuccess: () => {
            setTold('Berkas dipilah.')
            done?.()
          },
          onError: (failed) => setTold(`Berkas belum dipilah. ${failed.message}`),
        },
      )
    },
    give: (document, kind, to, done) => {
      if (isPending) return
      mutate(
        {
          act: 'split-off',
          token,
          document: document.id,
          kind,
          to,
          transactionId: transactionOf([document.id, kind, to].join()),
        },
        {
          onSuccess: () => {
            setTold('Berkas dipindahkan ke murid lain.')
            done()
          },
        },
      )
    },
    busy: isPending,
    error,
    told,
  }
}

type Kind = CaseDocument['kind']
/** Every present file once, in the order in which they are shown; those of a kind are its pages. */
type Arrangement = readonly { id: string; kind: Kind }[]

/** Files of each kind, by its pages. */
export const pagesOf = (documents: readonly CaseDocument[], kind: Kind): readonly CaseDocument[] =>
  documents.filter((one) => one.kind === kind).toSorted((a, b) => a.page - b.page)

/** The arrangement in which file `id` is the `page`th of `kind`; the others keep their order. */
export function arranged(documents: readonly CaseDocument[], id: string, kind: Kind, page: number): Arrangement {
  const others = documents.filter((one) => one.id !== id)
  return KINDS.flatMap(([each]) => {
    const ids = pagesOf(others, each).map((one) => one.id)
    if (each === kind) ids.splice(page - 1, 0, id)
    return ids.map((one) => ({ id: one, kind: each }))
  })
}
