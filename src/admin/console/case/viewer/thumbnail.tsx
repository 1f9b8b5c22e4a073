import { IconFileTypePdf } from '@tabler/icons-react'
import type { DragEvent } from 'react'
import { drawnPages, pictureOf } from '../../client/case.ts'
import type { CaseDocument } from '../../client/case.ts'
import { pictureSource } from '../../client/pictures.ts'
import { SeverityIcon, severityName } from '../../parts/severity-icon.tsx'
import type { Severity } from '../../parts/severity-icon.tsx'
import { documentName, senderChangeName } from '../../words/document.ts'
import css from './thumbnails.module.css'

const WEIGHT: readonly Severity[] = ['heavy', 'check', 'note']

/** How a thumbnail takes part in dragging; absent where files may not be moved. */
export type Dragging = {
  over: boolean
  start: () => void
  enter: () => void
  drop: () => void
  end: () => void
}

/** One document at a glance, with the number that opens it and the weight of its heaviest finding. */
export function Thumbnail(props: {
  application: string
  document: CaseDocument
  documents: readonly CaseDocument[]
  reason: string | undefined
  current: boolean
  beside: boolean
  drag: Dragging | undefined
  onOpen: () => void
}) {
  const { application, document, documents, reason, current, beside, drag, onOpen } = props
  const place = documents.indexOf(document)
  const key = place < 9 ? String(place + 1) : undefined
  const changed = document.senderChange && senderChangeName[document.senderChange.kind]
  const heaviest = WEIGHT.find(
    (severity) =>
      document.findings.some((one) => one.severity === severity) || (severity === 'check' && changed !== undefined),
  )
  return (
    <button
      type="button"
      className={css.item}
      aria-current={current ? 'true' : undefined}
      data-beside={beside}
      data-over={drag?.over}
      aria-keyshortcuts={key}
      title={documentName(document, documents, 'full')}
      draggable={drag !== undefined}
      onClick={onOpen}
      {...(drag && dropTarget(drag))}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        drag?.start()
      }}
      onDragEnd={drag?.end}
    >
      <span className={css.picture}>
        {drawnPages(document) === 0 ? (
          <IconFileTypePdf size={28} aria-hidden />
        ) : (
          <img
            src={pictureSource(application, pictureOf(application, document, 'thumb', { reason }))}
            alt=""
            draggable={false}
          />
        )}
        {heaviest && (
          <span className={css.mark} style={{ color: `var(--${heaviest})` }}>
            <SeverityIcon severity={heaviest} over="var(--surface)" />
            <span className={css.unseen}>{changed ?? severityName[heaviest]}</span>
          </span>
        )}
      </span>
      <span className={css.caption}>
        <span>{documentName(document, documents, 'short')}</span>
        {key && <span className={css.key}>{key}</span>}
      </span>
    </button>
  )
}

/** What makes an element take a dragged file. */
export const dropTarget = ({ enter, drop }: Pick<Dragging, 'enter' | 'drop'>) => ({
  onDragEnter: enter,
  onDragOver: (event: DragEvent) => event.preventDefault(),
  onDrop: (event: DragEvent) => {
    event.preventDefault()
    drop()
  },
})
