import { NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Reasons } from '../../../contract/reason.ts'
import { useReasons } from '../../client/case.ts'
import type { Act, Case } from '../../client/case.ts'
import { useAllOperators, useOffice } from '../../client/office.ts'
import { newTransaction } from '../../client/request.ts'
import { stagesOf } from '../../client/rights.ts'
import { undoWords } from '../../words/time.ts'
import { useKeys } from '../../keys/use-keys.ts'
import { draftOf, keepDraft } from '../page/draft.ts'
import type { Decide } from '../page/use-decide.ts'
import { Choices, lettered } from './choices.tsx'
import { RejectionBeside } from './notice-preview.tsx'
import { Panel, PanelBody } from './panel.tsx'

export type AskName =
  | 'reject'
  | 'reject-idle'
  | 'put-back'
  | 'take-back'
  | 'move-front'
  | 'cancel'
  | 'reassign'
  | 'release'
  | 'misprint'
  | 'remark'

/** What a panel asks for: one of a list, a colleague, a note; and what is done with the answer. */
type Asked = {
  title: string
  submit: string
  close?: string
  /** Why it is not there yet, where it failed. */
  failed?: string
  choices?: readonly { code: string; label: string }[]
  colleague?: boolean
  note?: { label: string; required: boolean }
  explained: string
  /** The school is told: what it will read stands beside it. */
  rejects?: boolean
  send: () => void
}

type About = {
  shown: Case
  decide: Decide
  reasons: Reasons | undefined
  office: { undoSeconds: number; skipMinutes: number } | undefined
  /** One for as long as the panel is open: a second try after a broken connection repeats nothing. */
  transactionId: string
  /** What has been answered so far. */
  code: string | undefined
  to: { id: string; name: string } | undefined
  note: string
  onClose: () => void
}

const FINAL = 'Tidak dapat diurungkan.'

/** Which part of the draft a note is: a remark to colleagues never becomes a note to the school. */
const DRAFTED: Partial<Record<AskName, 'note' | 'remark' | 'none'>> = {
  remark: 'remark',
  release: 'none',
  misprint: 'none',
}

/** The panels that ask for a reason, a colleague or a note, and do one thing with it. */
export function AskPanel(props: { shown: Case; panel: AskName; decide: Decide; onClose: () => void }) {
  const { shown, panel, decide, onClose } = props
  const [transactionId] = useState(newTransaction)
  const office = useOffice().data
  const reasons = useReasons().data
  const kept = DRAFTED[panel] ?? 'note'
  const [note, setNote] = useState(() => (kept === 'none' ? '' : draftOf(shown.id)[kept]))
  const [code, setCode] = useState<string>()
  const [toId, setTo] = useState('')
  const colleagues = useAllOperators(panel === 'reassign').filter(
    ({ id, active, roles }) =>
      active && id !== shown.claim?.by && stagesOf(roles).some((stage) => stage === shown.stage),
  )
  const to = colleagues.find((one) => one.id === toId)
  const about = { shown, decide, reasons, office, transactionId, code, to, note: note.trim(), onClose }
  const asked = askedBy(panel, about)
  const list = asked.choices && lettered(asked.choices)
  useKeys(list ? 'choose' : undefined, {
    reason: (key) => {
      const reason = list?.find((one) => one.letter === key)
      return reason ? setCode(reason.code) : `Tidak ada alasan berhuruf ${key}.`
    },
  })
  const change = (text: string) => {
    setNote(text)
    if (kept !== 'none') keepDraft(shown.id, { ...draftOf(shown.id), [kept]: text })
  }
  return (
    <Panel
      surface={list ? 'choose' : 'ask'}
      title={asked.title}
      submit={asked.submit}
      close={asked.close}
      ready={
        (!list || code !== undefined) &&
        (!asked.colleague || to !== undefined) &&
        (!asked.note?.required || note.trim() !== '')
      }
      busy={decide.busy}
      onSubmit={asked.send}
      onClose={onClose}
    >
      <PanelBody error={decide.error} failed={asked.failed} explained={asked.explained}>
        {list && <Choices label="Alasan" list={list} first={list[0]?.code} chosen={code} onChoose={setCode} />}
        {asked.colleague && (
          <NativeSelect
            label="Rekan"
            data-autofocus
            data={[{ value: '', label: 'Pilih' }, ...colleagues.map((one) => ({ value: one.id, label: one.name }))]}
            value={toId}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        )}
        {asked.note && (
          <Textarea
            label={asked.note.label}
            data-autofocus={list ? undefined : true}
            rows={list ? 2 : 3}
            maxLength={2000}
            value={note}
            onChange={(event) => change(event.currentTarget.value)}
          />
        )}
        {asked.rejects && <RejectionBeside shown={shown} note={note.trim()} />}
      </PanelBody>
    </Panel>
  )
}

function askedBy(panel: AskName, about: About): Asked {
  const { shown, decide, reasons, office, transactionId, code, to, note, onClose } = about
  const ticket = shown.ticket ?? ''
  const token = shown.claim?.token
  const held = token === undefined ? {} : { token }
  const noted = note === '' ? {} : { note }
  const stay = (act: Act, told: string, done = onClose) => decide.stay(act, told, done)
  /** As `stay`, and for some seconds it can be taken back. */
  const undoable = (act: Act, told: string, words: string) => decide.stay(act, told, onClose, `${ticket} ${words}`)
  const reason = { label: 'Alasan', required: true }
  const free = { label: 'Catatan (boleh kosong)', required: false }
  switch (panel) {
    case 'reject': {
      const final = shown.allowed.includes('reject')
      return {
        title: final ? `Tolak ${ticket}` : `Usulkan tolak ${ticket}`,
        note: reason,
        submit: final ? 'Tolak' : 'Usulkan tolak',
        rejects: final,
        explained: final ? undoWords(office?.undoSeconds) : 'Penyelia memutuskan. Sekolah belum diberi tahu.',
        send: () => decide.reject(note),
      }
    }
    case 'reject-idle':
      return {
        title: `Tolak ${ticket}`,
        note: reason,
        submit: 'Tolak',
        rejects: true,
        explained: undoWords(office?.undoSeconds),
        send: () => undoable({ act: 'reject', note, transactionId }, 'Ditolak.', 'ditolak'),
      }
    case 'put-back':
      return {
        title: `Kembalikan ${ticket} ke antrean`,
        note: free,
        submit: 'Kembalikan ke antrean',
        explained:
          shown.stage === 'returned'
            ? `Berkas diverifikasi lagi, satu putaran lebih awal. Sekolah diberi tahu. ${FINAL}`
            : `Tempat dalam antrean tetap. ${FINAL}`,
        send: () => stay({ act: 'put-back', ...noted, transactionId }, 'Kembali ke antrean.'),
      }
    case 'take-back':
      return {
        title: `Akhiri klaim ${ticket}`,
        note: reason,
        submit: 'Akhiri klaim',
        explained: `Berkas kembali ke tempatnya dalam antrean. Pemegangnya diberi tahu, ketikannya tersimpan. ${FINAL}`,
        send: () =>
          stay({ act: 'take-back', reason: note, transactionId }, 'Klaim berakhir, berkas kembali ke antrean.'),
      }
    case 'move-front':
      return {
        title: `Dahulukan ${ticket}`,
        note: reason,
        submit: 'Dahulukan',
        explained: 'Alasan tercatat dalam riwayat, dan jumlahnya terlihat pada papan pantau.',
        send: () =>
          undoable(
            { act: 'move-front', reason: note, transactionId },
            'Berkas menjadi yang berikutnya.',
            'didahulukan',
          ),
      }
    case 'cancel':
      return {
        title: `Batalkan ${ticket}`,
        note: free,
        submit: 'Batalkan permohonan',
        explained: `Atas permintaan sekolah. Data dihapus menurut masa simpan. ${FINAL}`,
        send: () => stay({ act: 'cancel', ...held, ...noted, transactionId }, 'Permohonan dibatalkan.'),
      }
    case 'reassign':
      return {
        title: `Alihkan klaim ${ticket}`,
        colleague: true,
        note: reason,
        submit: 'Alihkan klaim',
        explained: `Berkas langsung menjadi pegangan rekan itu. Pemegang sekarang diberi tahu, ketikannya tersimpan. ${FINAL}`,
        send: () =>
          to && stay({ act: 'reassign', to: to.id, reason: note, transactionId }, `Klaim dialihkan ke ${to.name}.`),
      }
    case 'release':
      return {
        title: `Lepas ${ticket}`,
        choices: reasons?.release ?? [],
        submit: 'Lepas',
        close: 'Tetap kerjakan',
        failed: 'Belum dilepas.',
        explained: `Tempat dalam antrean tetap. Berkas ini tidak ditawarkan lagi kepada Anda selama ${
          office?.skipMinutes ?? 'beberapa'
        } menit.`,
        send: () => code !== undefined && decide.release(code),
      }
    case 'misprint': {
      const chosen = reasons?.misprint.find((one) => one.code === code)
      const other = chosen?.code === 'OTHER'
      const said = note === '' ? {} : { reason: note }
      return {
        title: `Salah cetak ${ticket}`,
        choices: reasons?.misprint ?? [],
        note: { label: other ? 'Keterangan' : 'Keterangan, bila perlu', required: other },
        submit: 'Catat salah cetak',
        explained: 'Berkas kembali ke tahap cetak.',
        send: () =>
          chosen &&
          undoable(
            { act: 'misprint', ...held, code: chosen.code, ...said, transactionId },
            'Salah cetak tercatat.',
            `salah cetak, ${chosen.label}`,
          ),
      }
    }
    case 'remark':
      return {
        title: `Catatan pada ${ticket}`,
        note: { label: 'Catatan', required: true },
        submit: 'Simpan catatan',
        explained: 'Dibaca petugas berikutnya dan tercatat dalam riwayat. Sekolah tidak melihatnya.',
        send: () =>
          stay({ act: 'notes', note, transactionId, ...held }, 'Catatan tersimpan.', () => {
            keepDraft(shown.id, { ...draftOf(shown.id), remark: '' })
            onClose()
          }),
      }
  }
}
