import { useState } from 'react'
import type { PleaView } from '../../contract/plea.ts'
import { useClosePlea, usePleas } from '../client/office.ts'
import { AnswerDialog } from '../parts/answer-dialog.tsx'
import { FilterTabs } from '../parts/rows/filter-tabs.tsx'
import { NextPage } from '../parts/rows/next-page.tsx'
import { Page } from '../parts/page.tsx'
import { RowsState } from '../parts/rows/rows-state.tsx'
import css from '../parts/rows/table.module.css'
import { PleaRows } from './plea-rows.tsx'

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
  return (
    <Page title="Petugas dan pengaduan">
      <div className={css.content}>
        <div className={css.tools}>
          <FilterTabs label="Jenis" value={kind} options={kinds} onChange={setKind} />
          <span className={css.grow} />
          <FilterTabs label="Keadaan" value={state} options={states} onChange={setState} />
        </div>
        <div className={css.scroll} role="region" tabIndex={0} aria-label="Daftar permintaan dan pengaduan">
          <RowsState
            query={query}
            label="Daftar"
            empty={state === 'open' ? 'Tidak ada yang terbuka' : 'Belum ada yang selesai'}
          >
            {(rows) => <PleaRows pleas={rows} state={state} whole={!query.hasNextPage} onClose={setClosing} />}
          </RowsState>
          <NextPage list={query} />
        </div>
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
