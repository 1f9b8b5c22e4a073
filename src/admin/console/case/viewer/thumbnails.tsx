import { useState } from 'react'
import type { CaseDocument } from '../../client/case.ts'
import { KINDS, kindName } from '../../words/document.ts'
import { pagesOf } from './arrangement.ts'
import { Thumbnail, dropTarget } from './thumbnail.tsx'
import css from './thumbnails.module.css'
import type { Filing } from './use-filing.ts'
import type { Desk } from './use-opened.ts'

/**
 * The documents at a glance. One that is dragged onto another takes its kind and its page; while it is dragged the kinds
 * that have no file yet, and another pupil, stand below. The key M does the same.
 */
export function Thumbnails(props: {
  application: string
  documents: readonly CaseDocument[]
  desk: Desk | undefined
  reason: string | undefined
  filing: Filing | undefined
  onOpen: (id: string) => void
  onSplit: (id: string) => void
}) {
  const { application, documents, desk, reason, filing, onOpen, onSplit } = props
  const [dragged, setDragged] = useState<string>()
  const [over, setOver] = useState<string>()
  const end = () => {
    setDragged(undefined)
    setOver(undefined)
  }
  const put = (kind: CaseDocument['kind'], page: number) => {
    if (dragged !== undefined) filing?.put(dragged, kind, page)
    end()
  }
  const free = KINDS.filter(([kind]) => pagesOf(documents, kind).length === 0)
  return (
    <nav className={css.list} aria-label="Berkas">
      {documents.map((document) => (
        <Thumbnail
          key={document.id}
          application={application}
          document={document}
          documents={documents}
          reason={reason}
          current={document.id === desk?.current.id}
          beside={document.id === desk?.left.id || document.id === desk?.right?.id}
          drag={
            filing && {
              over: dragged !== undefined && dragged !== document.id && over === document.id,
              start: () => setDragged(document.id),
              enter: () => setOver(document.id),
              drop: () => (dragged === document.id ? end() : put(document.kind, document.page)),
              end,
            }
          }
          onOpen={() => onOpen(document.id)}
        />
      ))}
      {dragged !== undefined && (
        <div className={css.free}>
          {free.map(([kind]) => (
            <span
              key={kind}
              data-over={over === kind}
              {...dropTarget({ enter: () => setOver(kind), drop: () => put(kind, 1) })}
            >
              {kindName(kind)}
            </span>
          ))}
          <span
            data-over={over === 'split'}
            {...dropTarget({
              enter: () => setOver('split'),
              drop: () => {
                onSplit(dragged)
                end()
              },
            })}
          >
            Murid lain
          </span>
        </div>
      )}
    </nav>
  )
}
