import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { MisprintBody } from '../../../contract/decision.ts'
import { useReasons } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { newTransaction } from '../../client/request.ts'
import { ProblemNotice } from '../../parts/notices.tsx'
import { ChoiceRow } from './choice-row.tsx'
import { lettered } from './lettered.ts'
import css from './note-panel.module.css'
import { Panel } from './panel.tsx'

/** Why the card came out wrong: the printing page counts the reasons. Another reason is said in words. */
export function MisprintPanel(props: {
  shown: Case
  busy: boolean
  error: unknown
  onMisprint: (body: MisprintBody) => void
  onClose: () => void
}) {
  const { shown, busy, error, onMisprint, onClose } = props
  // one key for as long as the panel is open: a second try after a broken connection repeats nothing
  const [transactionId] = useState(newTransaction)
  const list = lettered(useReasons().data?.misprint ?? [])
  const [code, setCode] = useState<NonNullable<MisprintBody['code']>>()
  const [note, setNote] = useState('')
  const reason = note.trim()
  const token = shown.claim?.token
  const send = () => {
    if (code === undefined) return
    const said = reason === '' ? {} : { reason }
    onMisprint({ ...(token === undefined ? {} : { token }), code, ...said, transactionId })
  }
  return (
    <Panel
      title={`Salah cetak ${shown.ticket ?? ''}`}
      submit="Catat salah cetak"
      ready={code !== undefined && (code !== 'OTHER' || reason !== '')}
      busy={busy}
      keys={Object.fromEntries(list.map((one) => [one.letter, () => setCode(one.code)]))}
      onSubmit={send}
      onClose={onClose}
    >
      <div className={css.body}>
        {error !== null && error !== undefined && <ProblemNotice error={error} title="Belum tersimpan." />}
        <div role="radiogroup" aria-label="Alasan">
          {list.map((one) => (
            <ChoiceRow
              key={one.code}
              kind="radio"
              letter={one.letter}
              first={one === list[0]}
              label={one.label}
              checked={code === one.code}
              onToggle={() => setCode(one.code)}
            />
          ))}
        </div>
        <Textarea
          label={code === 'OTHER' ? 'Keterangan' : 'Keterangan, bila perlu'}
          rows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <p className={css.dim}>Berkas kembali ke tahap cetak.</p>
      </div>
    </Panel>
  )
}
