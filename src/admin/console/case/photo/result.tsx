import { Button } from '@mantine/core'
import type { CSSProperties, ReactNode } from 'react'
import type { PortraitView } from '../../../contract/portrait.ts'
import { hinted } from '../../keys/key-hint.tsx'
import face from '../../parts/text.module.css'
import type { Frame, Size } from './frame.ts'
import own from './photo-body.module.css'
import type { Editing } from './use-edit.ts'
import type { Drawn } from './use-portrait.ts'

/**
 * The portrait as it will be: the server's drawing once it is there, until then the same cut and light by the browser,
 * in which the background is as it came. `original`: the cut alone, to compare with.
 */
export function ResultView(props: {
  source: string
  picture: Size
  editing: Editing
  drawn: Drawn | undefined
  original: boolean
}) {
  const { source, picture, editing, drawn, original } = props
  const current = drawn !== undefined && drawn.of === editing.edit && !original
  return (
    <div className={own.result} role="img" aria-label={original ? 'Potongan tanpa perubahan' : 'Hasil pas foto'}>
      <img
        src={source}
        alt=""
        draggable={false}
        className={own.cut}
        style={{ ...placed(editing.frame, picture), filter: original ? 'none' : `brightness(${editing.brightness})` }}
      />
      {current && <img src={drawn.url} alt="" draggable={false} className={own.drawn} />}
    </div>
  )
}

/** Puts the picture so that its cut fills the box, all of it in shares of the box. */
function placed(frame: Frame, picture: Size): CSSProperties {
  return {
    width: `${(picture.width / frame.width) * 100}%`,
    height: `${(picture.height / frame.height) * 100}%`,
    left: `${(0.5 - frame.x / frame.width) * 100}%`,
    top: `${(0.5 - frame.y / frame.height) * 100}%`,
    transformOrigin: `${(frame.x / picture.width) * 100}% ${(frame.y / picture.height) * 100}%`,
    rotate: `${-frame.angle}deg`,
  }
}

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
    <div className={own.card}>
      {/* the result beside it has a name already */}
      <div className={own.small} aria-hidden="true">
        {children}
      </div>
      <div className={face.grow}>
        <b>
          2 × 3 cm, {output.width} × {output.height} px
        </b>
        <p className={own.dim} role="status">
          {!draws
            ? 'Tidak digambar di komputer ini'
            : failed
              ? 'Belum dapat digambar'
              : current
                ? `${drawn.kilobytes} KB, untuk SIAK`
                : 'Sedang digambar'}
        </p>
        <p className={own.file}>{output.name}</p>
      </div>
      <Button {...hinted('photo', 'download')} disabled={!draws} onClick={onDownload}>
        Unduh
      </Button>
    </div>
  )
}
