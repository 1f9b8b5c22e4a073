import type { CaseDocument } from '../../client/case.ts'
import { KINDS } from '../../words/document.ts'

type Kind = CaseDocument['kind']
/** Every present file once, in the order in which they are shown; those of a kind are its pages. */
export type Arrangement = readonly { id: string; kind: Kind }[]

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
