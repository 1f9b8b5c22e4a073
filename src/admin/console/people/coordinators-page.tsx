import { useState } from 'react'
import type { CoordinatorView } from '../../contract/coordinator.ts'
import { useCoordinatorAct, useCoordinators } from '../client/office.ts'
import { useCounts } from '../waiting/waiting.ts'
import { FilterTabs } from '../parts/rows/filter-tabs.tsx'
import { useKeptFocus } from '../parts/kept-focus.ts'
import { NextPage } from '../parts/rows/next-page.tsx'
import { Page } from '../parts/page.tsx'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { RowsState } from '../parts/rows/rows-state.tsx'
import css from '../parts/rows/table.module.css'
import { CoordinatorDialog } from './coordinator-dialog.tsx'
import type { CoordinatorChange } from './coordinator-dialog.tsx'
import { CoordinatorRows } from './coordinator-rows.tsx'

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
        <div className={css.scroll} role="region" tabIndex={0} aria-label="Daftar koordinator">
          <RowsState
            query={query}
            label="Koordinator"
            empty={state === 'pending' ? 'Tidak ada yang menunggu' : 'Tidak ada koordinator'}
          >
            {(rows) => (
              <CoordinatorRows
                coordinators={rows}
                whole={!query.hasNextPage}
                onLetIn={(id, how) => {
                  keepFocus()
                  act.mutate({ id, act: how })
                }}
                onAsk={setAsked}
              />
            )}
          </RowsState>
          <NextPage list={query} />
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
