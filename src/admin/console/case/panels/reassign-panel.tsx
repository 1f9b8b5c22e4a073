import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { Case } from '../../client/case.ts'
import { useAllOperators } from '../../client/office.ts'
import { newTransaction } from '../../client/request.ts'
import { stagesOf } from '../../client/rights.ts'
import type { Decide } from '../page/use-decide.ts'
import { NotePanel } from './note-panel.tsx'

/** Gives somebody's claim to a colleague who works the stage, with the reason for it. */
export function ReassignPanel(props: {
  shown: Case
  decide: Decide
  busy: boolean
  error: unknown
  onClose: () => void
}) {
  const { shown, decide, busy, error, onClose } = props
  // one key for as long as the panel is open: a second try after a broken connection repeats nothing
  const [transactionId] = useState(newTransaction)
  const [to, setTo] = useState('')
  const colleagues = useAllOperators().filter(
    ({ id, active, roles }) =>
      active && id !== shown.claim?.by && stagesOf(roles).some((stage) => stage === shown.stage),
  )
  const name = colleagues.find((one) => one.id === to)?.name
  return (
    <NotePanel
      application={shown.id}
      question={{
        title: `Alihkan klaim ${shown.ticket ?? ''}`,
        label: 'Alasan',
        submit: 'Alihkan klaim',
        explained: 'Berkas langsung menjadi pegangan rekan itu. Pemegang sekarang diberi tahu, ketikannya tersimpan.',
        required: true,
        send: (reason) =>
          decide.stay({ act: 'reassign', to, reason, transactionId }, `Klaim dialihkan ke ${name}.`, onClose),
      }}
      busy={busy}
      error={error}
      answered={name !== undefined}
      onClose={onClose}
    >
      <NativeSelect
        label="Rekan"
        data-autofocus
        data={[{ value: '', label: 'Pilih' }, ...colleagues.map((one) => ({ value: one.id, label: one.name }))]}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
    </NotePanel>
  )
}
