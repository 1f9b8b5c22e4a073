import { Button } from '@mantine/core'
import { useState } from 'react'
import type { PleaView } from '../../contract/plea.ts'
import { useClosePlea, usePleas } from '../client/office.ts'
import { AnswerDialog } from '../parts/dialogs.tsx'
import { PlainBadge } from '../parts/marks.tsx'
import { Page } from '../parts/page.tsx'
import css from '../parts/rows.module.css'
import { FilterTabs } from '../parts/rows.tsx'
import { useNow } from '../parts/surroundings.ts'
import { ListRegion, ListTable } from '../parts/table.tsx'
import type { Column } from '../parts/table.tsx'
import face from '../parts/text.module.css'
import { fullMoment, span } from '../words/time.ts'

const kinds = [
  { value: 'all', name: 'Semua' },
  { value: 'help', name: 'Permintaan petugas' },
  { value: 'complaint', name: 'Pengaduan' },
] as const
const states = [
  { value: 'open', name: 'Terbuka' },
  { value: 'closed', name: 'Selesai' },
] as const

/** What coordinators asked with PETUGAS and PENGADUAN; closed with a note of what was done. */
export function PleasPage() {
  const [kind, setKind] = useState<(typeof kinds)[number]['value']>('all')
  const [state, setState] = useState<(typeof states)[number]['value']>('open')
  const [closing, setClosing] = useState<PleaView>()
  const query = usePleas({ state, ...(kind === 'all' ? {} : { kind }) })
  const close = useClosePlea()
  const now = useNow(60_000)
  return (
    <Page title="Petugas dan pengaduan">
      <div className={css.content}>
        <div className={css.tools}>
          <FilterTabs label="Jenis" value={kind} options={kinds} onChange={setKind} />
          <span className={face.fill} />
          <FilterTabs label="Keadaan" value={state} options={states} onChange={setState} />
        </div>
        <ListRegion name="Daftar permintaan dan pengaduan">
          <ListTable
            query={query}
            label="Daftar"
            empty={state === 'open' ? 'Tidak ada yang terbuka' : 'Belum ada yang selesai'}
            columns={columnsOf(state, now, setClosing)}
            keyOf={(plea) => plea.id}
            height={{ wide: 53, phone: 150 }}
          />
        </ListRegion>
      </div>
      {closing && (
        <AnswerDialog
          title={`Selesaikan ${closing.number}`}
          explained="Catatan ini hanya dibaca kantor."
          fields={[{ kind: 'note', name: 'outcome', label: 'Apa yang dilakukan', required: true }]}
          submit="Tandai selesai"
          busy={close.isPending}
          error={close.error}
          onSubmit={({ outcome = '' }) =>
            close.mutate({ id: closing.id, outcome }, { onSuccess: () => setClosing(undefined) })
          }
          onClose={() => {
            close.reset()
            setClosing(undefined)
          }}
        />
      )}
    </Page>
  )
}

/** What was asked, by whom, and since when it waits or when it was done. */
const columnsOf = (
  state: PleaView['state'],
  now: Date,
  onClose: (plea: PleaView) => void,
): readonly Column<PleaView>[] => [
  {
    head: 'Nomor',
    className: css.tight,
    cell: (plea) => (
      <>
        <span className={face.mono}>{plea.number}</span>{' '}
        <PlainBadge>{plea.kind === 'help' ? 'Petugas' : 'Pengaduan'}</PlainBadge>
      </>
    ),
  },
  {
    head: 'Dari',
    className: css.tight,
    cell: (plea) => (
      <>
        <span className={css.name}>{plea.coordinator?.name ?? 'Belum terdaftar'}</span>
        <div className={css.dim}>{plea.school?.name}</div>
      </>
    ),
  },
  {
    head: 'Isi',
    cell: (plea) => (
      <>
        {plea.text || <span className={css.dim}>Tanpa catatan</span>}
        {plea.outcome && <div className={css.dim}>Dilakukan: {plea.outcome}</div>}
      </>
    ),
  },
  {
    head: state === 'open' ? 'Menunggu' : 'Selesai',
    className: css.tight,
    cell: (plea) => (
      <>
        {plea.state === 'open' ? span(plea.at, now) : plea.closedAt && fullMoment(plea.closedAt)}
        {plea.due && plea.state === 'open' && (
          <div className={css.dim}>
            {new Date(plea.due) < now ? 'lewat batas ' : 'batas '}
            {fullMoment(plea.due)}
          </div>
        )}
      </>
    ),
  },
  {
    head: 'Tindakan',
    unseen: true,
    cell: (plea) => (
      <div className={css.acts}>
        {plea.state === 'open' && (
          <Button aria-label={`Selesaikan ${plea.number}`} onClick={() => onClose(plea)}>
            Selesaikan
          </Button>
        )}
      </div>
    ),
  },
]
