import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import type { CoordinatorView } from '../../contract/coordinator.ts'
import { useApprovedOf, useCoordinatorAct, useCoordinators } from '../client/office.ts'
import { MoreMenu } from '../parts/buttons.tsx'
import { AnswerDialog } from '../parts/dialogs.tsx'
import type { Field } from '../parts/dialogs.tsx'
import { useKeptFocus } from '../parts/kept-focus.ts'
import { SeverityIcon } from '../parts/marks.tsx'
import { ProblemNotice } from '../parts/notices.tsx'
import { Page } from '../parts/page.tsx'
import css from '../parts/rows.module.css'
import { FilterTabs } from '../parts/rows.tsx'
import { ListRegion, ListTable } from '../parts/table.tsx'
import type { Column } from '../parts/table.tsx'
import { useCounts } from '../waiting/waiting.ts'
import { channelName, jobName } from '../words/people.ts'
import { fullMoment } from '../words/time.ts'

type State = CoordinatorView['state']

/** Who submits for a school: approve the waiting ones; suspend, move or replace the others. */
export function CoordinatorsPage() {
  const [state, setState] = useState<State>('pending')
  const [asked, setAsked] = useState<CoordinatorChange>()
  const query = useCoordinators(state)
  const act = useCoordinatorAct()
  const keepFocus = useKeptFocus(act.isPending)
  const pending = useCounts().data?.pendingCoordinators ?? 0
  const states: readonly { value: State; name: string }[] = [
    { value: 'pending', name: `Menunggu persetujuan${pending > 0 ? ` (${pending})` : ''}` },
    { value: 'approved', name: 'Disetujui' },
    { value: 'suspended', name: 'Ditangguhkan' },
  ]
  return (
    <Page title="Koordinator sekolah">
      <div className={css.content}>
        <div className={css.tools}>
          <FilterTabs label="Keadaan" value={state} options={states} onChange={setState} />
        </div>
        {act.isError && asked === undefined && <ProblemNotice error={act.error} title="Belum tersimpan." />}
        <ListRegion name="Daftar koordinator">
          <ListTable
            query={query}
            label="Koordinator"
            empty={state === 'pending' ? 'Tidak ada yang menunggu' : 'Tidak ada koordinator'}
            columns={columnsOf((id, how) => {
              keepFocus()
              act.mutate({ id, act: how })
            }, setAsked)}
            keyOf={(one) => one.id}
            height={{ wide: 53, phone: 150 }}
          />
        </ListRegion>
      </div>
      {asked && (
        <CoordinatorDialog
          asked={asked}
          onClose={() => {
            act.reset()
            setAsked(undefined)
          }}
        />
      )}
    </Page>
  )
}

/** Who submits for which school. */
const columnsOf = (
  onLetIn: (id: string, act: 'approve' | 'reinstate') => void,
  onAsk: (change: CoordinatorChange) => void,
): readonly Column<CoordinatorView>[] => [
  {
    head: 'Nama',
    cell: (one) => (
      <>
        <span className={css.name}>{one.name}</span>
        <div className={css.dim}>
          {jobName(one.role)}
          {one.substituteName && one.state === 'suspended' && ` · Diganti ${one.substituteName}`}
        </div>
        {one.twin && (
          <div className={css.warned}>
            <SeverityIcon severity="check" over="var(--bg)" />
            Orang yang sama dengan {one.twin.name}. Tangguhkan salah satu.
          </div>
        )}
      </>
    ),
  },
  {
    head: 'Sekolah',
    cell: (one) => (
      <>
        {one.school.name}
        <div className={css.dim}>NPSN {one.school.npsn}</div>
      </>
    ),
  },
  { head: 'Lewat', cell: (one) => one.channels.map(channelName).join(', ') },
  { head: 'Mendaftar', className: css.dim, cell: (one) => one.createdAt && fullMoment(one.createdAt) },
  {
    head: 'Tindakan',
    unseen: true,
    cell: (one) => (
      <div className={css.acts}>
        {one.state === 'pending' && (
          <Button aria-label={`Setujui ${one.name}`} onClick={() => onLetIn(one.id, 'approve')}>
            Setujui
          </Button>
        )}
        {one.state === 'suspended' && (
          <Button aria-label={`Aktifkan lagi ${one.name}`} onClick={() => onLetIn(one.id, 'reinstate')}>
            Aktifkan lagi
          </Button>
        )}
        <MoreMenu name={one.name}>
          {one.state !== 'suspended' && (
            <Menu.Item onClick={() => onAsk({ act: 'suspend', of: one })}>Tangguhkan</Menu.Item>
          )}
          <Menu.Item onClick={() => onAsk({ act: 'move', of: one })}>Pindah sekolah</Menu.Item>
          <Menu.Item onClick={() => onAsk({ act: 'replace', of: one })}>Ganti orang</Menu.Item>
        </MoreMenu>
      </div>
    ),
  },
]

type CoordinatorChange = { act: 'suspend' | 'move' | 'replace'; of: CoordinatorView }

/** The written reason and, where needed, who or which school takes over. */
function CoordinatorDialog(props: { asked: CoordinatorChange; onClose: () => void }) {
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
