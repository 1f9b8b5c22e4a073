import { Button } from '@mantine/core'
import type { OperatorView } from '../../contract/operator.ts'
import { useEndSessionsOf, useSessions } from '../account/account.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useKeptFocus } from '../parts/kept-focus.ts'
import { NextPage } from '../parts/rows/next-page.tsx'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { RowsState } from '../parts/rows/rows-state.tsx'
import css from '../parts/rows/table.module.css'
import { SessionList } from '../account/session-list.tsx'

/** Where an operator is signed in; all of it can be ended at once. */
export function SessionsDialog({ of, onClose }: { of: OperatorView; onClose: () => void }) {
  const sessions = useSessions(of.id)
  const end = useEndSessionsOf()
  const keepFocus = useKeptFocus(end.isPending)
  return (
    <Dialog onClose={onClose} title={`Sesi ${of.name}`}>
      <div className={css.form}>
        {end.isError && <ProblemNotice error={end.error} title="Belum diakhiri." />}
        <RowsState query={sessions} label="Sesi" empty="Tidak sedang masuk di mana pun">
          {(rows) => (
            <>
              <Button
                loading={end.isPending}
                onClick={() => {
                  keepFocus()
                  end.mutate(of.id)
                }}
              >
                Akhiri semua sesi
              </Button>
              <SessionList rows={rows} />
              <NextPage list={sessions} />
            </>
          )}
        </RowsState>
      </div>
    </Dialog>
  )
}
