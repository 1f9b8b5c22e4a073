import type { ReactNode } from 'react'
import { clock } from '../words/time.ts'
import { Notice } from './notice.tsx'

/** The server cannot be reached; what is held back meanwhile, and what is safe. */
export function OfflineNotice({ since, children }: { since: Date; children: ReactNode }) {
  return (
    <Notice tone="offline" title={`Sambungan terputus sejak ${clock(since)}.`}>
      <p>{children} Konsol mencoba lagi sendiri.</p>
    </Notice>
  )
}
