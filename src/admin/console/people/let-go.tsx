import { useChangeOperator, useHoldings } from '../client/office.ts'
import { AnswerDialog } from '../parts/dialogs.tsx'
import type { OperatorHoldings, OperatorView } from '../../contract/operator.ts'

/** Deactivates an account; says before what its operator holds, and where that goes. */
export function LetGo({ of, onClose }: { of: OperatorView; onClose: () => void }) {
  const holdings = useHoldings(of.id)
  const change = useChangeOperator()
  return (
    <AnswerDialog
      title={`Nonaktifkan ${of.name}?`}
      explained={`Ia keluar dari semua perangkat dan tidak dapat masuk sampai diaktifkan lagi. ${
        holdings.data ? heldWords(holdings.data) : 'Yang sedang dipegangnya kembali ke antrean.'
      }`}
      fields={[]}
      submit="Nonaktifkan"
      busy={change.isPending || holdings.isLoading}
      error={change.error}
      onSubmit={() => change.mutate({ id: of.id, active: false }, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}

/** What somebody holds, and what becomes of it. */
function heldWords({ claims, batches, conversations }: OperatorHoldings): string {
  const cards = batches.reduce((sum, batch) => sum + batch.waiting, 0)
  const numbers = batches.map((batch) => batch.number).join(', ')
  const parts = [
    ...(claims > 0 ? [`${claims} berkas kembali ke antrean`] : []),
    ...(batches.length > 0 ? [`batch ${numbers} ditutup dan ${cards} kepingnya kembali ke antrean`] : []),
    ...(conversations > 0 ? [`${conversations} percakapan kembali ke bot`] : []),
  ]
  return parts.length === 0 ? 'Ia tidak memegang apa pun.' : `Yang dipegangnya: ${parts.join('; ')}.`
}
