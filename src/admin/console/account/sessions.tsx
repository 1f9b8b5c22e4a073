import { Button } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import type { OperatorView } from '../../contract/operator.ts'
import { Dialog } from '../parts/dialogs.tsx'
import { useKeptFocus } from '../parts/kept-focus.ts'
import { PlainBadge } from '../parts/marks.tsx'
import { ProblemNotice } from '../parts/notices.tsx'
import css from '../parts/rows.module.css'
import { NextPage, RowsState } from '../parts/rows.tsx'
import { useNow } from '../parts/surroundings.ts'
import { List } from '../parts/table.tsx'
import own from '../settings/settings.module.css'
import { fullMoment, ago } from '../words/time.ts'
import { useEndSessionsOf, useSessions } from './account.ts'
import type { SessionRow } from './account.ts'

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

/** Where somebody is signed in, of which what is near the view is drawn; each may be ended, where `onEnd` is given. */
export function SessionList(props: { rows: readonly SessionRow[]; onEnd?: (row: SessionRow) => void }) {
  const { rows, onEnd } = props
  const now = useNow(60_000)
  return (
    <List className={own.sessions} items={rows} keyOf={(row) => row.id} height={{ wide: 57, phone: 57 }}>
      {(row, place) => (
        <li {...place}>
          {/Android|iOS/.test(row.device ?? '') ? (
            <IconDeviceMobile size={20} aria-hidden />
          ) : (
            <IconDeviceDesktop size={20} aria-hidden />
          )}
          <span className={own.device}>
            {row.device ?? 'Perangkat tidak dikenal'} {row.current && <PlainBadge>Perangkat ini</PlainBadge>}
            <small>
              masuk {fullMoment(row.createdAt)}, terakhir dipakai {ago(row.seenAt, now)}
            </small>
          </span>
          {onEnd && !row.current && (
            <Button aria-label={`Akhiri sesi ${row.device ?? ''}`} onClick={() => onEnd(row)}>
              Akhiri
            </Button>
          )}
        </li>
      )}
    </List>
  )
}
