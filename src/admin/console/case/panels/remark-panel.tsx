import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Case } from '../../client/case.ts'
import { newTransaction } from '../../client/request.ts'
import { ProblemNotice } from '../../parts/notices.tsx'
import { draftOf, keepDraft } from '../page/draft.ts'
import type { Decide } from '../page/use-decide.ts'
import css from './note-panel.module.css'
import { Panel } from './panel.tsx'

/** A note for colleagues: what is typed here never becomes a note to the school. */
export function RemarkPanel(props: {
  shown: Case
  busy: boolean
  error: unknown
  decide: Decide
  onClose: () => void
}) {
  const { shown, busy, error, decide, onClose } = props
  const [remark, setRemark] = useState(() => draftOf(shown.id).remark)
  // one key for as long as the panel is open: a second try after a broken connection repeats nothing
  const [transactionId] = useState(newTransaction)
  const token = shown.claim?.token
  const save = () => {
    decide.stay(
      { act: 'notes', note: remark.trim(), transactionId, ...(token === undefined ? {} : { token }) },
      'Catatan tersimpan.',
      () => {
        keepDraft(shown.id, { ...draftOf(shown.id), remark: '' })
        onClose()
      },
    )
  }
  const change = (text: string) => {
    setRemark(text)
    keepDraft(shown.id, { ...draftOf(shown.id), remark: text })
  }
  return (
    <Panel
      title={`Catatan pada ${shown.ticket ?? ''}`}
      submit="Simpan catatan"
      ready={remark.trim() !== ''}
      busy={busy}
      onSubmit={save}
      onClose={onClose}
    >
      <div className={css.body}>
        {error !== null && error !== undefined && <ProblemNotice error={error} title="Belum tersimpan." />}
        <Textarea
          label="Catatan"
          data-autofocus
          rows={3}
          maxLength={2000}
          value={remark}
          onChange={(event) => change(event.currentTarget.value)}
        />
        <p className={css.dim}>Dibaca petugas berikutnya dan tercatat dalam riwayat. Sekolah tidak melihatnya.</p>
      </div>
    </Panel>
  )
}
