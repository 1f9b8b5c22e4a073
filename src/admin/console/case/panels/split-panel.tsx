import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Case, CaseDocument } from '../../client/case.ts'
import { isClaimStage } from '../../client/rights.ts'
import { useFound } from '../../waiting/waiting.ts'
import { documentName } from '../../words/document.ts'
import { stageName } from '../../words/stage.ts'
import type { Filing } from '../viewer/filing.ts'
import { Panel, PanelBody } from './panel.tsx'
import css from './panels.module.css'

const TICKET = /^[a-z]\d{3,}-?\d$/i
const MOST = 30

/** Hands a file to another pupil of the same school whose application is being worked on. */
export function SplitPanel(props: {
  shown: Case
  document: CaseDocument
  documents: readonly CaseDocument[]
  filing: Filing
  onClose: () => void
}) {
  const { shown, document, documents, filing, onClose } = props
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string>()
  const word = typed.trim().toLowerCase()
  const ticket = TICKET.test(word) ? word : undefined
  const found = useFound(ticket === undefined ? { npsn: shown.school.npsn } : { npsn: shown.school.npsn, ticket })
  const fits = (found.data?.items ?? []).filter(
    ({ id, stage, pupil }) =>
      id !== shown.id &&
      isClaimStage(stage) &&
      (ticket !== undefined || (pupil?.name.toLowerCase().includes(word) ?? false)),
  )
  const to = fits.find((one) => one.id === chosen)?.id
  return (
    <Panel
      surface="split"
      title={`Milik murid lain: ${documentName(document, documents, 'full')}`}
      submit="Pindahkan"
      ready={to !== undefined}
      busy={filing.busy}
      onSubmit={() => to !== undefined && filing.give(document, document.kind, to, onClose)}
      onClose={onClose}
    >
      <PanelBody
        error={filing.error}
        failed="Belum dipindahkan."
        explained="Berkas ini ditandai pindah pada riwayat kedua murid. Sekolah tidak diberi tahu. Nama dicari di antara 100 permohonan terbaru sekolah ini; yang lain lewat nomor antrean."
      >
        <TextInput
          label="Nama murid atau nomor antrean"
          description={`${shown.school.name}, yang sedang dikerjakan kantor`}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={css.found} role="radiogroup" aria-label="Murid">
          {fits.slice(0, MOST).map((one) => (
            <button
              key={one.id}
              type="button"
              className={css.pupil}
              role="radio"
              aria-checked={one.id === to}
              onClick={() => setChosen(one.id)}
            >
              <span className={css.ticket}>{one.ticket}</span>
              <span>{one.pupil?.name}</span>
              <small>{[one.pupil?.class, stageName[one.stage]].filter(Boolean).join(', ')}</small>
            </button>
          ))}
          {found.data && fits.length === 0 && <p className={css.pupil}>Tidak ada yang cocok.</p>}
        </div>
      </PanelBody>
    </Panel>
  )
}
