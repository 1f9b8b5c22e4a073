import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Case } from '../../client/case.ts'
import { newTransaction } from '../../client/request.ts'
import { useHandOver } from '../../handover/hand-over.ts'
import { Notice } from '../../parts/notices.tsx'
import { stageName } from '../../words/stage.ts'
import { Panel, PanelBody } from './panel.tsx'

/** Hands this one card to somebody of its school. */
export function HandOverPanel({ shown, onClose }: { shown: Case; onClose: () => void }) {
  const handOver = useHandOver()
  const [transactionId] = useState(newTransaction)
  const [receivedBy, setReceivedBy] = useState('')
  const refused = handOver.data?.items.find((one) => !one.done)
  return (
    <Panel
      surface="ask"
      title={`Serahkan ${shown.ticket ?? ''}`}
      submit="Serahkan"
      ready={receivedBy.trim() !== '' && !refused}
      busy={handOver.isPending}
      onSubmit={() =>
        handOver.mutate(
          { school: shown.school.name, applications: [shown.id], receivedBy: receivedBy.trim(), transactionId },
          { onSuccess: ({ items }) => items.every((one) => one.done) && onClose() },
        )
      }
      onClose={onClose}
    >
      <PanelBody
        error={handOver.error}
        failed="Belum diserahkan."
        explained={`${shown.school.name}. Sekolah diberi tahu setelah disimpan.`}
      >
        {refused && (
          <Notice tone="check" title="Kartu ini tidak diserahkan, keadaannya sudah berubah.">
            <p>Sekarang {refused.stage ? stageName[refused.stage] : 'tidak ditemukan'}.</p>
          </Notice>
        )}
        <TextInput
          label="Diterima oleh"
          data-autofocus
          maxLength={100}
          value={receivedBy}
          onChange={(event) => setReceivedBy(event.currentTarget.value)}
        />
      </PanelBody>
    </Panel>
  )
}
