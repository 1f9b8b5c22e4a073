import { useState } from 'react'
import { useAddStock, useStock } from './printing.ts'
import { newTransaction } from '../client/request.ts'
import { AnswerDialog } from '../parts/answer-dialog.tsx'

const WHAT = [
  { value: 'blank/in', label: 'Blangko masuk (keping)' },
  { value: 'ribbon/in', label: 'Ribbon masuk (rol)' },
  { value: 'blank/count', label: 'Blangko dihitung ulang (keping yang ada)' },
  { value: 'ribbon/count', label: 'Ribbon dihitung ulang (cetak tersisa)' },
]

/** Cards or ribbon that came in, or what a count of the shelf has found. */
export function StockDialog({ onClose }: { onClose: () => void }) {
  const add = useAddStock()
  const prints = useStock().data?.ribbonPrints ?? 1
  // kept until it is stored, so that sending it again adds nothing
  const [transactionId] = useState(newTransaction)
  return (
    <AnswerDialog
      title="Catat stok"
      explained="Pemakaian dihitung sendiri dari batch, termasuk salah cetak."
      fields={[
        { kind: 'choice', name: 'what', label: 'Yang dicatat', options: WHAT, required: true },
        { kind: 'text', name: 'amount', label: 'Jumlah', required: true, pattern: '[0-9]{1,6}' },
      ]}
      submit="Simpan"
      busy={add.isPending}
      error={add.error}
      onSubmit={({ what = '', amount = '' }) => {
        const [kind, source] = what.split('/') as ['blank' | 'ribbon', 'in' | 'count']
        const rolls = kind === 'ribbon' && source === 'in'
        add.mutate(
          { kind, source, amount: Number(amount) * (rolls ? prints : 1), transactionId },
          { onSuccess: onClose },
        )
      }}
      onClose={onClose}
    />
  )
}
