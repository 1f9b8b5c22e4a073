import { useMutation } from '@tanstack/react-query'
import type { SchoolView } from '../../contract/school.ts'
import { invitationSheet } from './whatsapp.ts'
import { AnswerDialog } from '../parts/answer-dialog.tsx'

const choices = (values: readonly number[], unit: string) =>
  values.map((value) => ({ value: String(value), label: `${value} ${unit}` }))

/** A PDF for the letter to a school: a new invitation code with its WhatsApp link and QR. */
export function SheetDialog({ school, onClose }: { school: SchoolView; onClose: () => void }) {
  const make = useMutation({
    mutationFn: (wish: { days: number; uses: number }) => invitationSheet(school.npsn, wish),
    onSuccess(address) {
      const link = document.createElement('a')
      link.href = address
      link.download = `undangan-${school.npsn}.pdf`
      link.click()
      URL.revokeObjectURL(address)
      onClose()
    },
  })
  return (
    <AnswerDialog
      title={`Lembar WhatsApp ${school.name}`}
      explained="Membuat kode undangan baru dan lembar PDF berisi tautan serta kode QR untuk surat kepada sekolah."
      fields={[
        { kind: 'choice', name: 'days', label: 'Berlaku', options: choices([7, 14, 30], 'hari'), required: true },
        { kind: 'choice', name: 'uses', label: 'Dapat dipakai', options: choices([1, 2, 5], 'orang'), required: true },
      ]}
      submit="Buat lembar"
      busy={make.isPending}
      error={make.error}
      onSubmit={({ days, uses }) => make.mutate({ days: Number(days), uses: Number(uses) })}
      onClose={onClose}
    />
  )
}
