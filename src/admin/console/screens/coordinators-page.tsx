import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import type { CoordinatorView } from '../../contract/coordinator.ts'
import { useCoordinatorAct, useCoordinators } from '../client/office.ts'
import { useCounts } from '../client/waiting.ts'
import { AnswerDialog } from '../dialogs/answer-dialog.tsx'
import type { Field } from '../dialogs/answer-dialog.tsx'
import { FilterTabs } from '../parts/filter-tabs.tsx'
import { Page } from '../parts/page.tsx'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { RowsState } from '../parts/rows-state.tsx'
import { SeverityIcon } from '../parts/severity-icon.tsx'
import css from '../parts/table.module.css'
import { channelName, jobName } from '../words/people.ts'
import { fullMoment } from '../words/time.ts'

type State = CoordinatorView['state']
type Asked = { act: 'suspend' | 'move' | 'replace'; of: CoordinatorView }

/** Who submits for a school: approve the waiting ones; suspend, move or replace the others. */
export function CoordinatorsPage() {
  const [state, setState] = useState<State>('pending')
  const [asked, setAsked] = useState<Asked>()
  const query = useCoordinators({ state })
  const act = useCoordinatorAct()
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
        <div className={css.scroll} role="region" tabIndex={0} aria-label="Daftar koordinator">
          {act.isError && asked === undefined && <ProblemNotice error={act.error} title="Belum tersimpan." />}
          <RowsState
            query={query}
            label="Koordinator"
            empty={state === 'pending' ? 'Tidak ada yang menunggu' : 'Tidak ada koordinator'}
          >
            {(rows) => (
              <table className={css.table}>
                <thead>
                  <tr>
                    <th scope="col">Nama</th>
                    <th scope="col">Sekolah</th>
                    <th scope="col">Lewat</th>
                    <th scope="col">Mendaftar</th>
                    <th scope="col">
                      <span className={css.unseen}>Tindakan</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((one) => (
                    <tr key={one.id}>
                      <td>
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
                      </td>
                      <td>
                        {one.school.name}
                        <div className={css.dim}>NPSN {one.school.npsn}</div>
                      </td>
                      <td>{one.channels.map(channelName).join(', ')}</td>
                      <td className={css.dim}>{one.createdAt && fullMoment(one.createdAt)}</td>
                      <td>
                        <div className={css.acts}>
                          {one.state === 'pending' && (
                            <Button
                              aria-label={`Setujui ${one.name}`}
                              onClick={() => act.mutate({ id: one.id, act: 'approve' })}
                            >
                              Setujui
                            </Button>
                          )}
                          {one.state === 'suspended' && (
                            <Button
                              aria-label={`Aktifkan lagi ${one.name}`}
                              onClick={() => act.mutate({ id: one.id, act: 'reinstate' })}
                            >
                              Aktifkan lagi
                            </Button>
                          )}
                          <Menu>
                            <Menu.Target>
                              <Button variant="subtle" aria-label={`Lainnya, ${one.name}`}>
                                Lainnya
                              </Button>
                            </Menu.Target>
                            <Menu.Dropdown>
                              {one.state !== 'suspended' && (
                                <Menu.Item onClick={() => setAsked({ act: 'suspend', of: one })}>Tangguhkan</Menu.Item>
                              )}
                              <Menu.Item onClick={() => setAsked({ act: 'move', of: one })}>Pindah sekolah</Menu.Item>
                              <Menu.Item onClick={() => setAsked({ act: 'replace', of: one })}>Ganti orang</Menu.Item>
                            </Menu.Dropdown>
                          </Menu>
                        </div>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </RowsState>
        </div>
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

/** The written reason and, where needed, who or which school takes over. */
function CoordinatorDialog({ asked: { act: kind, of }, onClose }: { asked: Asked; onClose: () => void }) {
  const act = useCoordinatorAct()
  const others = useCoordinators({ npsn: of.school.npsn, state: 'approved' }).data?.items
  const people = (others ?? []).filter((one) => one.id !== of.id).map((one) => ({ value: one.id, label: one.name }))
  const nobody = others !== undefined && people.length === 0
  const reason: Field = { kind: 'note', name: 'reason', label: 'Alasan', required: true }
  const forms: Record<Asked['act'], { title: string; explained: string; submit: string; fields: readonly Field[] }> = {
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
