import { Button } from '@mantine/core'
import { useState } from 'react'
import type { CaseDocument } from '../../client/case.ts'
import { KeyHint } from '../../parts/marks.tsx'
import { ProblemNotice } from '../../parts/notices.tsx'
import { documentName, kindName, KINDS } from '../../words/document.ts'
import { pagesOf } from '../viewer/filing.ts'
import type { Filing } from '../viewer/filing.ts'
import { ChoiceRow } from './choice-row.tsx'
import css from './move-panel.module.css'
import { Panel } from './panel.tsx'

/** Says what a file is, and which of its pages; or that it is another pupil's. */
export function MovePanel(props: {
  document: CaseDocument
  documents: readonly CaseDocument[]
  filing: Filing
  onSplit: () => void
  onClose: () => void
}) {
  const { document, documents, filing, onSplit, onClose } = props
  const [kind, setKind] = useState(document.kind)
  const others = pagesOf(
    documents.filter((one) => one.id !== document.id),
    kind,
  ).length
  const [chosen, setPage] = useState<number>()
  const page = Math.min(chosen ?? (kind === document.kind ? document.page : others + 1), others + 1)
  const pages = Array.from({ length: others + 1 }, (_, i) => i + 1)
  const choose = (next: CaseDocument['kind']) => {
    setKind(next)
    setPage(undefined)
  }
  return (
    <Panel
      title={`Pindah jenis: ${documentName(document, documents, 'full')}`}
      submit="Pindahkan"
      ready={kind !== document.kind || page !== document.page}
      busy={filing.busy}
      keys={{
        ...Object.fromEntries(KINDS.map(([each, letter]) => [letter, () => choose(each)])),
        ...Object.fromEntries(pages.slice(0, 9).map((each) => [String(each), () => setPage(each)])),
        N: onSplit,
      }}
      onSubmit={() => filing.put(document.id, kind, page, onClose)}
      onClose={onClose}
    >
      <div className={css.body}>
        {filing.error !== null && filing.error !== undefined && (
          <ProblemNotice error={filing.error} title="Belum dipindahkan." />
        )}
        <div role="radiogroup" aria-label="Jenis berkas">
          {KINDS.map(([each, letter]) => (
            <ChoiceRow
              key={each}
              kind="radio"
              letter={letter}
              first={each === document.kind}
              label={kindName(each, 'full')}
              checked={kind === each}
              onToggle={() => choose(each)}
            />
          ))}
        </div>
        {others > 0 && (
          <div className={css.pages} role="radiogroup" aria-label="Halaman">
            <span aria-hidden="true">Halaman</span>
            {pages.map((each) => (
              <button
                key={each}
                type="button"
                role="radio"
                aria-checked={page === each}
                aria-label={`Halaman ${each}`}
                onClick={() => setPage(each)}
              >
                {each}
              </button>
            ))}
          </div>
        )}
        <p className={css.other}>
          <Button rightSection={<KeyHint keys="N" />} aria-keyshortcuts="N" onClick={onSplit}>
            Milik murid lain
          </Button>
          Sekolah tidak diberi tahu tentang pemilahan.
        </p>
      </div>
    </Panel>
  )
}
