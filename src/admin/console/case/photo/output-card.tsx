import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { PortraitView } from '../../../contract/portrait.ts'
import { KeyHint } from '../../parts/key-hint.tsx'
import css from './photo-body.module.css'
import type { Editing } from './use-edit.ts'
import type { Drawn } from './use-portrait.ts'

/** The file that goes into SIAK: how it looks (`children`), its size, its name, and whether it is drawn already. */
export function OutputCard(props: {
  view: PortraitView
  editing: Editing
  drawn: Drawn | undefined
  failed: boolean
  onDownload: () => void
  children: ReactNode
}) {
  const { view, editing, drawn, failed, onDownload, children } = props
  const { output, draws } = view
  const current = drawn !== undefined && drawn.of === editing.edit
  return (
    <div className={css.card}>
      {/* the result beside it has a name already */}
      <div className={css.small} aria-hidden="true">
        {children}
      </div>
      <div className={css.words}>
        <b>
          2 × 3 cm, {output.width} × {output.height} px
        </b>
        <p className={css.dim} role="status">
          {!draws
            ? 'Tidak digambar di komputer ini'
            : failed
              ? 'Belum dapat digambar'
              : current
                ? `${drawn.kilobytes} KB, untuk SIAK`
                : 'Sedang digambar'}
        </p>
        <p className={css.file}>{output.name}</p>
      </div>
      <Button rightSection={<KeyHint keys="D" />} aria-keyshortcuts="D" disabled={!draws} onClick={onDownload}>
        Unduh
      </Button>
    </div>
  )
}
