import { IconFileTypePdf } from '@tabler/icons-react'
import { pictureOf } from '../client/case.ts'
import type { CaseDocument } from '../client/case.ts'
import { pictureSource } from '../client/pictures.ts'
import { SeverityIcon, severityName } from '../parts/severity-icon.tsx'
import type { Severity } from '../parts/severity-icon.tsx'
import { documentName, senderChangeName } from '../words/document.ts'
import css from './thumbnails.module.css'
import type { Desk } from './use-opened.ts'

const WEIGHT: readonly Severity[] = ['heavy', 'check', 'note']

/** The documents at a glance, with the number that opens each and the weight of its heaviest finding. */
export function Thumbnails(props: {
  application: string
  documents: readonly CaseDocument[]
  desk: Desk | undefined
  reason: string | undefined
  onOpen: (id: string) => void
}) {
  const { application, documents, desk, reason, onOpen } = props
  return (
    <nav className={css.list} aria-label="Berkas">
      {documents.map((document, i) => {
        const changed = document.senderChange && senderChangeName[document.senderChange.kind]
        const heaviest = WEIGHT.find(
          (severity) =>
            document.findings.some((one) => one.severity === severity) ||
            (severity === 'check' && changed !== undefined),
        )
        return (
          <button
            key={document.id}
            type="button"
            className={css.item}
            aria-current={document.id === desk?.current.id ? 'true' : undefined}
            data-beside={document.id === desk?.left.id || document.id === desk?.right?.id}
            aria-keyshortcuts={i < 9 ? String(i + 1) : undefined}
            title={documentName(document, documents, 'full')}
            onClick={() => onOpen(document.id)}
          >
            <span className={css.picture}>
              {document.mediaType === 'application/pdf' ? (
                <IconFileTypePdf size={28} aria-hidden />
              ) : (
                <img
                  src={pictureSource(application, pictureOf(application, document.id, 'thumb', reason))}
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
              {i < 9 && <span className={css.key}>{i + 1}</span>}
            </span>
          </button>
        )
      })}
    </nav>
  )
}
