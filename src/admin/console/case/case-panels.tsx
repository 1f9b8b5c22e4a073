import { useState } from 'react'
import type { Act, Case, CaseDocument } from '../client/case.ts'
import { newTransaction } from '../client/request.ts'
import { CorrectPanel } from './correct-panel.tsx'
import { LostClaim } from './lost-claim.tsx'
import { MovePanel } from './move-panel.tsx'
import { NotePanel } from './note-panel.tsx'
import type { NoteQuestion } from './note-panel.tsx'
import { ReleasePanel } from './release-panel.tsx'
import { RemarkPanel } from './remark-panel.tsx'
import { ReturnPanel } from './return-panel.tsx'
import { SplitPanel } from './split-panel.tsx'
import type { Decide } from './use-decide.ts'
import type { Filing } from './use-filing.ts'

type NotePanelName = 'reject' | 'reject-idle' | 'put-back' | 'take-back' | 'move-front' | 'misprint' | 'cancel'
export type PanelName = NotePanelName | 'return' | 'release' | 'correct' | 'remark' | 'move' | 'split' | 'lost'

/** The files of the case, the one that is open, and how they are put elsewhere where that may be done. */
type Files = {
  documents: readonly CaseDocument[]
  current: CaseDocument | undefined
  filing: Filing | undefined
}

/** The one panel that is open over data and context, if any. */
export function CasePanels(props: {
  shown: Case
  panel: PanelName | undefined
  decide: Decide
  files: Files
  onSplit: () => void
  onClose: () => void
}) {
  const { shown, panel, decide, files, onSplit, onClose } = props
  const common = { shown, busy: decide.busy, error: decide.error, onClose }
  switch (panel) {
    case undefined:
      return null
    case 'lost':
      return <LostClaim shown={shown} onNext={decide.next} onClose={onClose} />
    case 'return':
      return <ReturnPanel {...common} onReturn={decide.sendBack} />
    case 'release':
      return <ReleasePanel {...common} onRelease={decide.release} />
    case 'correct':
      return (
        <CorrectPanel
          {...common}
          onCorrect={(changes) => {
            const token = shown.claim?.token
            if (token === undefined) return
            decide.stay(
              { act: 'correct', token, changes, transactionId: newTransaction() },
              'Data dibetulkan, sekolah diberi tahu.',
              onClose,
            )
          }}
        />
      )
    case 'remark':
      return <RemarkPanel {...common} decide={decide} />
    case 'move':
      return files.current && files.filing ? (
        <MovePanel
          key={files.current.id}
          document={files.current}
          documents={files.documents}
          filing={files.filing}
          onSplit={onSplit}
          onClose={onClose}
        />
      ) : null
    case 'split':
      return files.current && files.filing ? (
        <SplitPanel
          shown={shown}
          document={files.current}
          documents={files.documents}
          filing={files.filing}
          onClose={onClose}
        />
      ) : null
    default:
      return <QuestionPanel key={panel} {...common} panel={panel} decide={decide} />
  }
}

function QuestionPanel(props: {
  shown: Case
  panel: NotePanelName
  decide: Decide
  busy: boolean
  error: unknown
  onClose: () => void
}) {
  const { shown, panel, decide, busy, error, onClose } = props
  // one key for as long as the panel is open: a second try after a broken connection repeats nothing
  const [transactionId] = useState(newTransaction)
  return (
    <NotePanel
      application={shown.id}
      question={question(panel, shown, decide, transactionId, onClose)}
      busy={busy}
      error={error}
      onClose={onClose}
    />
  )
}

function question(
  panel: NotePanelName,
  shown: Case,
  decide: Decide,
  transactionId: string,
  done: () => void,
): NoteQuestion {
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
        explained: final
          ? 'Sekolah diberi tahu setelah 5 detik. Sampai itu dapat diurungkan.'
          : 'Penyelia memutuskan. Sekolah belum diberi tahu.',
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
        explained: 'Tempat dalam antrean tetap.',
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
    case 'misprint':
      return {
        title: `Salah cetak ${ticket}`,
        label: 'Alasan',
        submit: 'Catat salah cetak',
        explained: 'Berkas kembali ke tahap cetak.',
        required: true,
        send: stay((reason) => ({ act: 'misprint', ...held, reason, transactionId }), 'Salah cetak tercatat.'),
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
