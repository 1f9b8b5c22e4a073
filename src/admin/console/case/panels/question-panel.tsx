import { useState } from 'react'
import type { Act, Case } from '../../client/case.ts'
import { useOffice } from '../../client/office.ts'
import { newTransaction } from '../../client/request.ts'
import { undoWords } from '../../words/time.ts'
import type { Decide } from '../page/use-decide.ts'
import { NotePanel } from './note-panel.tsx'
import type { NoteQuestion } from './note-panel.tsx'

export type QuestionName = 'reject' | 'reject-idle' | 'put-back' | 'take-back' | 'move-front' | 'cancel'

/** The panels that ask for one note. */
export function QuestionPanel(props: {
  shown: Case
  panel: QuestionName
  decide: Decide
  busy: boolean
  error: unknown
  onClose: () => void
}) {
  const { shown, panel, decide, busy, error, onClose } = props
  // one key for as long as the panel is open: a second try after a broken connection repeats nothing
  const [transactionId] = useState(newTransaction)
  const office = useOffice().data
  return (
    <NotePanel
      application={shown.id}
      question={question(panel, { shown, decide, transactionId, undo: undoWords(office?.undoSeconds) }, onClose)}
      busy={busy}
      error={error}
      onClose={onClose}
    />
  )
}

function question(
  panel: QuestionName,
  about: { shown: Case; decide: Decide; transactionId: string; undo: string },
  done: () => void,
): NoteQuestion {
  const { shown, decide, transactionId, undo } = about
  const ticket = shown.ticket ?? ''
  const token = shown.claim?.token
  const held = token === undefined ? {} : { token }
  const stay = (act: (note: string) => Act, told: string) => (note: string) => decide.stay(act(note), told, done)
  switch (panel) {
    case 'reject': {
      const final = shown.allowed.includes('reject')
      return {
        title: final ? `Tolak ${ticket}` : `Usulkan tolak ${ticket}`,
        label: 'Alasan',
        submit: final ? 'Tolak' : 'Usulkan tolak',
        explained: final ? undo : 'Penyelia memutuskan. Sekolah belum diberi tahu.',
        required: true,
        send: decide.reject,
      }
    }
    case 'reject-idle':
      return {
        title: `Tolak ${ticket}`,
        label: 'Alasan',
        submit: 'Tolak',
        explained: 'Sekolah diberi tahu alasannya.',
        required: true,
        send: stay((note) => ({ act: 'reject', note, transactionId }), 'Ditolak.'),
      }
    case 'put-back':
      return {
        title: `Kembalikan ${ticket} ke antrean`,
        label: 'Catatan (boleh kosong)',
        submit: 'Kembalikan ke antrean',
        explained:
          shown.stage === 'returned'
            ? 'Berkas diverifikasi lagi, satu putaran lebih awal. Sekolah diberi tahu.'
            : 'Tempat dalam antrean tetap.',
        required: false,
        send: stay((note) => ({ act: 'put-back', ...(note ? { note } : {}), transactionId }), 'Kembali ke antrean.'),
      }
    case 'take-back':
      return {
        title: `Akhiri klaim ${ticket}`,
        label: 'Alasan',
        submit: 'Akhiri klaim',
        explained: 'Berkas kembali ke tempatnya dalam antrean. Pemegangnya diberi tahu, ketikannya tersimpan.',
        required: true,
        send: stay(
          (reason) => ({ act: 'take-back', reason, transactionId }),
          'Klaim berakhir, berkas kembali ke antrean.',
        ),
      }
    case 'move-front':
      return {
        title: `Dahulukan ${ticket}`,
        label: 'Alasan',
        submit: 'Dahulukan',
        explained: 'Alasan tercatat dalam riwayat, dan jumlahnya terlihat pada papan pantau.',
        required: true,
        send: stay((reason) => ({ act: 'move-front', reason, transactionId }), 'Berkas menjadi yang berikutnya.'),
      }
    case 'cancel':
      return {
        title: `Batalkan ${ticket}`,
        label: 'Catatan (boleh kosong)',
        submit: 'Batalkan permohonan',
        explained: 'Atas permintaan sekolah. Data dihapus menurut masa simpan.',
        required: false,
        send: stay(
          (note) => ({ act: 'cancel', ...held, ...(note ? { note } : {}), transactionId }),
          'Permohonan dibatalkan.',
        ),
      }
  }
}
