import type { CoordinatorView } from '../../contract/coordinator.ts'
import { useApprovedOf, useCoordinatorAct } from '../client/office.ts'
import { AnswerDialog } from '../parts/answer-dialog.tsx'
import type { Field } from '../parts/answer-dialog.tsx'

export type CoordinatorChange = { act: 'suspend' | 'move' | 'replace'; of: CoordinatorView }

/** The written reason and, where needed, who or which school takes over. */
export function CoordinatorDialog(props: { asked: CoordinatorChange; onClose: () => void }) {
  const {
    asked: { act: kind, of },
    onClose,
  } = props
  const act = useCoordinatorAct()
  const others = useApprovedOf(of.school.npsn).data?.items
  const people = (others ?? []).filter((one) => one.id !== of.id).map((one) => ({ value: one.id, label: one.name }))
  const nobody = others !== undefined && people.length === 0
  const reason: Field = { kind: 'note', name: 'reason', label: 'Alasan', required: true }
  const forms: Record<
    CoordinatorChange['act'],
    { title: string; explained: string; submit: string; fields: readonly Field[] }
  > = {
    suspend: {
      title: `Tangguhkan ${of.name}`,
      explained: 'Bot menjawab dengan sopan. Draf dan kabar pindah ke pengganti bila ada.',
      submit: 'Tangguhkan',
      fields: [reason, { kind: 'choice', name: 'substitute', label: 'Pengganti (boleh kosong)', options: people }],
    },
    move: {
      title: `Pindahkan ${of.name}`,
      explained: 'Koordinator mengajukan untuk sekolah baru mulai sekarang.',
      submit: 'Pindahkan',
      fields: [
        { kind: 'text', name: 'npsn', label: 'NPSN sekolah baru', required: true, pattern: '\\d{8}|[PK]\\d{7}' },
        reason,
      ],
    },
    replace: {
      title: `Ganti ${of.name}`,
      explained: nobody
        ? `Belum ada koordinator lain yang disetujui di ${of.school.name}. Buatkan kode undangan lebih dulu.`
        : 'Permohonan terbuka, draf dan kabar pindah ke orang lain dari sekolah yang sama.',
      submit: 'Ganti',
      fields: [{ kind: 'choice', name: 'by', label: 'Diganti oleh', required: true, options: people }, reason],
    },
  }
  const send = ({ reason: why = '', substitute = '', npsn = '', by = '' }: Record<string, string>) => {
    const done = { onSuccess: onClose }
    if (kind === 'move') act.mutate({ id: of.id, act: kind, npsn, reason: why }, done)
    else if (kind === 'replace') act.mutate({ id: of.id, act: kind, by, reason: why }, done)
    else act.mutate({ id: of.id, act: kind, reason: why, ...(substitute === '' ? {} : { substitute }) }, done)
  }
  return <AnswerDialog {...forms[kind]} busy={act.isPending} error={act.error} onSubmit={send} onClose={onClose} />
}
