import { Button } from '@mantine/core'
import { useState } from 'react'
import type { CaseDocument } from '../../client/case.ts'
import { hinted } from '../../keys/key-hint.tsx'
import { useKeys } from '../../keys/use-keys.ts'
import { documentName, kindName, KINDS } from '../../words/document.ts'
import { pagesOf } from '../viewer/filing.ts'
import type { Filing } from '../viewer/filing.ts'
import { Choices } from './choices.tsx'
import { Panel, PanelBody } from './panel.tsx'
import css from './panels.module.css'

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
  useKeys('move', {
    kind: (key) => {
      const [code] = KINDS.find(([, letter]) => letter === key) ?? []
      if (code) choose(code)
    },
    page: (key) => (pages.includes(Number(key)) ? setPage(Number(key)) : `Tidak ada halaman ${key}.`),
    split: onSplit,
  })
  return (
    <Panel
      surface="move"
      title={`Pindah jenis: ${documentName(document, documents, 'full')}`}
      submit="Pindahkan"
      ready={kind !== document.kind || page !== document.page}
      busy={filing.busy}
      onSubmit={() => filing.put(document.id, kind, page, onClose)}
      onClose={onClose}
    >
      <PanelBody error={filing.error} failed="Belum dipindahkan.">
        <Choices
          label="Jenis berkas"
          list={KINDS.map(([code, letter]) => ({ code, letter, label: kindName(code, 'full') }))}
          first={document.kind}
          chosen={kind}
          onChoose={choose}
        />
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
          <Button {...hinted('move', 'split')} onClick={onSplit}>
            Milik murid lain
          </Button>
          Sekolah tidak diberi tahu tentang pemilahan.
        </p>
      </PanelBody>
    </Panel>
  )
}
