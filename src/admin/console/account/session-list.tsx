import { Button } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import type { SessionRow } from './account.ts'
import { PlainBadge } from '../parts/finding-badge.tsx'
import { rowPlace, useDrawnRows } from '../parts/rows/use-drawn-rows.ts'
import { useNow } from '../parts/use-now.ts'
import { fullMoment, span } from '../words/time.ts'
import css from './account.module.css'

/** Where somebody is signed in, of which what is near the view is drawn; each may be ended, where `onEnd` is given. */
export function SessionList(props: { rows: readonly SessionRow[]; onEnd?: (row: SessionRow) => void }) {
  const { rows, onEnd } = props
  const now = useNow(60_000)
  const drawn = useDrawnRows<HTMLUListElement>(
    rows.map((row) => row.id),
    { wide: 57, phone: 57 },
  )
  return (
    <ul className={css.sessions} {...drawn.list} style={{ paddingBottom: drawn.after }}>
      {drawn.rows.map((line) => {
        const row = rows[line.index]!
        return (
          <li key={row.id} {...rowPlace(line, rows.length)}>
            {/Android|iOS/.test(row.device ?? '') ? (
              <IconDeviceMobile size={20} aria-hidden />
            ) : (
              <IconDeviceDesktop size={20} aria-hidden />
            )}
            <span className={css.device}>
              {row.device ?? 'Perangkat tidak dikenal'} {row.current && <PlainBadge>Perangkat ini</PlainBadge>}
              <small>
                masuk {fullMoment(row.createdAt)}, terakhir dipakai {span(row.seenAt, now)} lalu
              </small>
            </span>
            {onEnd && !row.current && (
              <Button aria-label={`Akhiri sesi ${row.device ?? ''}`} onClick={() => onEnd(row)}>
                Akhiri
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
