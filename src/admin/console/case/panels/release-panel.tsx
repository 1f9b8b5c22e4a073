import { useState } from 'react'
import { useReasons } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { useOffice } from '../../client/office.ts'
import { ProblemNotice } from '../../parts/notices.tsx'
import { ChoiceRow } from './choice-row.tsx'
import { lettered } from './lettered.ts'
import css from './note-panel.module.css'
import { Panel } from './panel.tsx'

/** Gives the case back to the queue, with a reason; its place stays. */
export function ReleasePanel(props: {
  shown: Case
  busy: boolean
  error: unknown
  onRelease: (reason: string) => void
  onClose: () => void
}) {
  const { shown, busy, error, onRelease, onClose } = props
  const list = lettered(useReasons().data?.release ?? [])
  const office = useOffice().data
  const [chosen, setChosen] = useState<string>()
  return (
    <Panel
      title={`Lepas ${shown.ticket ?? ''}`}
      submit="Lepas"
      close="Tetap kerjakan"
      ready={chosen !== undefined}
      busy={busy}
      keys={Object.fromEntries(list.map((reason) => [reason.letter, () => setChosen(reason.code)]))}
      onSubmit={() => chosen !== undefined && onRelease(chosen)}
      onClose={onClose}
    >
      <div className={css.body}>
        {error !== null && error !== undefined && <ProblemNotice error={error} title="Belum dilepas." />}
        <div role="radiogroup" aria-label="Alasan">
          {list.map((reason) => (
            <ChoiceRow
              key={reason.code}
              kind="radio"
              letter={reason.letter}
              first={reason === list[0]}
              label={reason.label}
              checked={chosen === reason.code}
              onToggle={() => setChosen(reason.code)}
            />
          ))}
        </div>
        <p className={css.dim}>
          Tempat dalam antrean tetap. Berkas ini tidak ditawarkan lagi kepada Anda selama{' '}
          {office?.skipMinutes ?? 'beberapa'} menit.
        </p>
      </div>
    </Panel>
  )
}
