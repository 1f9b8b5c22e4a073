import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { BatchRow, PrintingView } from './printing.ts'
import { useKeys } from '../keys/use-keys.ts'
import { Dialog } from '../parts/dialog.tsx'
import { KeyHint } from '../parts/key-hint.tsx'
import css from './printing.module.css'

type Reasons = PrintingView['reasons']

/** Why the card came out wrong: one key, or a click. A note first, where there is something to say. */
export function MisprintDialog(props: {
  row: BatchRow
  reasons: Reasons
  busy: boolean
  onChoose: (reason: Reasons[number]['code'], note: string) => void
  onClose: () => void
}) {
  const { row, reasons, busy, onChoose, onClose } = props
  const [note, setNote] = useState('')
  const choose = (reason: Reasons[number] | undefined) => {
    if (reason && !busy) onChoose(reason.code, note.trim())
  }
  useKeys(Object.fromEntries(reasons.map((reason, i) => [String(i + 1), () => choose(reason)])), true, 'dialog')
  return (
    <Dialog onClose={onClose} title={`Salah cetak ${row.item.ticket}`}>
      <div className={css.reasons}>
        <p className={css.dim}>Satu blangko terpakai. Kartu dapat dicetak ulang dalam batch ini.</p>
        {reasons.map((reason, i) => (
          <Button
            key={reason.code}
            size="md"
            justify="space-between"
            disabled={busy}
            rightSection={<KeyHint keys={String(i + 1)} />}
            aria-keyshortcuts={String(i + 1)}
            {...(i === 0 ? { 'data-autofocus': true } : {})}
            onClick={() => choose(reason)}
          >
            {reason.label}
          </Button>
        ))}
        <TextInput
          label="Keterangan, bila perlu"
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  )
}
