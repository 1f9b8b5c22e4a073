import { IconFileTypePdf } from '@tabler/icons-react'
import { useState } from 'react'
import type { DragEvent } from 'react'
import { drawnPages, pictureOf } from '../../client/case.ts'
import type { CaseDocument } from '../../client/case.ts'
import { pictureSource } from '../../client/pictures.ts'
import { shortcut } from '../../keys/key-hint.tsx'
import { SeverityIcon, severityName } from '../../parts/marks.tsx'
import type { Severity } from '../../parts/marks.tsx'
import face from '../../parts/text.module.css'
import { documentName, kindName, KINDS, senderChangeName } from '../../words/document.ts'
import { pagesOf } from './filing.ts'
import type { Filing } from './filing.ts'
import css from './thumbnails.module.css'
import type { Desk } from './use-opened.ts'

/**
 * The documents at a glance. One that is dragged onto another takes its kind and its page; while it is dragged the kinds
 * that have no file yet, and another pupil, stand below. The key M does the same.
 */
export function Thumbnails(props: {
  application: string
  documents: readonly CaseDocument[]
  /** Those that a correction has brought. */
  fresh: readonly CaseDocument[]
  desk: Desk | undefined
  reason: string | undefined
  filing: Filing | undefined
  onOpen: (id: string) => void
  onSplit: (id: string) => void
}) {
  const { application, documents, fresh, desk, reason, filing, onOpen, onSplit } = props
  const [dragged, setDragged] = useState<string>()
  const [over, setOver] = useState<string>()
  const end = () => {
    setDragged(undefined)
    setOver(undefined)
  }
  const put = (kind: CaseDocument['kind'], page: number) => {
    if (dragged !== undefined) filing?.put(dragged, kind, page)
    end()
  }
  const free = KINDS.filter(([kind]) => pagesOf(documents, kind).length === 0)
  return (
    <nav className={css.list} aria-label="Berkas">
      {documents.map((document) => (
        <Thumbnail
          key={document.id}
          application={application}
          document={document}
          documents={documents}
          fresh={fresh.includes(document)}
          reason={reason}
          current={document.id === desk?.current.id}
          beside={document.id === desk?.left.id || document.id === desk?.right?.id}
          drag={
            filing && {
              over: dragged !== undefined && dragged !== document.id && over === document.id,
              start: () => setDragged(document.id),
              enter: () => setOver(document.id),
              drop: () => (dragged === document.id ? end() : put(document.kind, document.page)),
              end,
            }
          }
          onOpen={() => onOpen(document.id)}
        />
      ))}
      {dragged !== undefined && (
        <div className={css.free}>
          {free.map(([kind]) => (
            <span
              key={kind}
              data-over={over === kind}
              {...dropTarget({ enter: () => setOver(kind), drop: () => put(kind, 1) })}
            >
              {kindName(kind)}
            </span>
          ))}
          <span
            data-over={over === 'split'}
            {...dropTarget({
              enter: () => setOver('split'),
              drop: () => {
                onSplit(dragged)
                end()
              },
            })}
          >
            Murid lain
          </span>
        </div>
      )}
    </nav>
  )
}

const WEIGHT: readonly Severity[] = ['heavy', 'check', 'note']

/** How a thumbnail takes part in dragging; absent where files may not be moved. */
type Dragging = {
  over: boolean
  start: () => void
  enter: () => void
  drop: () => void
  end: () => void
}

/** One document at a glance, with the number that opens it and the weight of its heaviest finding. */
function Thumbnail(props: {
  application: string
  document: CaseDocument
  documents: readonly CaseDocument[]
  fresh: boolean
  reason: string | undefined
  current: boolean
  beside: boolean
  drag: Dragging | undefined
  onOpen: () => void
}) {
  const { application, document, documents, fresh, reason, current, beside, drag, onOpen } = props
  const place = documents.indexOf(document)
  const key = shortcut('case', 'document', place)
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
            <span className={face.unseen}>{changed ?? severityName[heaviest]}</span>
          </span>
        )}
        {fresh && <span className={css.fresh}>baru</span>}
      </span>
      <span className={css.caption}>
        <span>{documentName(document, documents, 'short')}</span>
        {key && <span className={css.key}>{key}</span>}
      </span>
    </button>
  )
}

/** What makes an element take a dragged file. */
const dropTarget = ({ enter, drop }: Pick<Dragging, 'enter' | 'drop'>) => ({
  onDragEnter: enter,
  onDragOver: (event: DragEvent) => event.preventDefault(),
  onDrop: (event: DragEvent) => {
    event.preventDefault()
    drop()
  },
})
