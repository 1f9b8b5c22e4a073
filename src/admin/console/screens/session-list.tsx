import { Button } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import type { SessionRow } from '../client/account.ts'
import { PlainBadge } from '../parts/finding-badge.tsx'
import css from './account.module.css'

/** Where somebody is signed in; each may be ended, where `onEnd` is given. */
export function SessionList(props: {
  rows: readonly SessionRow[]
  words: (row: SessionRow) => string
  onEnd?: (row: SessionRow) => void
}) {
  const { rows, words, onEnd } = props
  return (
    <ul className={css.sessions}>
      {rows.map((row) => (
        <li key={row.id}>
          {/Android|iOS/.test(row.device ?? '') ? (
            <IconDeviceMobile size={20} aria-hidden />
          ) : (
            <IconDeviceDesktop size={20} aria-hidden />
          )}
          <span className={css.device}>
            {row.device ?? 'Perangkat tidak dikenal'} {row.current && <PlainBadge>Perangkat ini</PlainBadge>}
            <small>{words(row)}</small>
          </span>
          {onEnd && !row.current && (
            <Button aria-label={`Akhiri sesi ${row.device ?? ''}`} onClick={() => onEnd(row)}>
              Akhiri
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
