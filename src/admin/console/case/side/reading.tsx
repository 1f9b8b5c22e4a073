import { useState } from 'react'
import type { ReadValueView } from '../../../contract/application.ts'
import { pictureOf } from '../../client/case.ts'
import type { Case, CaseDocument } from '../../client/case.ts'
import { pictureSource } from '../../client/pictures.ts'
import { IdentityNumber } from '../../parts/marks.tsx'
import { documentName } from '../../words/document.ts'
import { birthDay } from '../../words/time.ts'
import css from '../page/case-page.module.css'
import own from './context-column.module.css'
import { readingLines } from './findings.ts'
import type { ReadingLine } from './findings.ts'

const LABELS = { nik: 'NIK', kk: 'Nomor KK', akta: 'Nomor akta', name: 'Nama', birthDate: 'Lahir' } as const

/** What was read on the documents beside what was typed, each with its line; the proposed portrait beside the photo. */
export function ReadingPanel({ shown, reason }: { shown: Case; reason: string | undefined }) {
  const { pupil } = shown
  const documents = shown.documents.filter((document) => document.supersededAt === undefined)
  if (!pupil) return null
  const read = documents
    .map((document) => ({ document, lines: readingLines(document, pupil) }))
    .filter(({ lines }) => lines.length > 0)
  const proposed = documents.find((document) => document.kind === 'portrait' && document.look?.proposal)
  if (read.length === 0 && !proposed) return null
  const source = (document: CaseDocument, page = 1) =>
    pictureSource(shown.id, pictureOf(shown.id, document, 'full', { reason, page }))

  return (
    <>
      {proposed && (
        <section className={css.section} aria-label="Usulan pas foto">
          <h2>Usulan pas foto</h2>
          <div className={own.pair}>
            <figure>
              <img src={source(proposed)} alt="Pas foto seperti dikirim" />
              <figcaption>Dikirim</figcaption>
            </figure>
            <figure>
              <img src={`${pictureOf(shown.id, proposed, 'full', { reason })}&proposal=1`} alt="Pas foto usulan" />
              <figcaption>Usulan</figcaption>
            </figure>
          </div>
        </section>
      )}
      {read.map(({ document, lines }) => (
        <section
          key={document.id}
          className={css.section}
          aria-label={`Terbaca pada ${documentName(document, documents, 'full')}`}
        >
          <h2>Terbaca: {documentName(document, documents, 'full')}</h2>
          <dl className={own.values}>
            {lines.map((line, i) => (
              <div key={`${line.value.field}-${i}`}>
                <dt>{LABELS[line.value.field]}</dt>
                <dd>
                  <Shown field={line.value.field} value={line.value.value} against={line.typed} />
                  <Typed line={line} />
                  <ReadingCut
                    address={source(document, line.value.page)}
                    box={line.value.box}
                    name={`Potongan gambar: ${LABELS[line.value.field]}`}
                  />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  )
}

function Shown(props: { field: keyof typeof LABELS; value: string; against: string | undefined }) {
  const { field, value, against } = props
  if (field === 'nik' || field === 'kk') return <IdentityNumber value={value} against={against} />
  return field === 'birthDate' ? birthDay(value) : value
}

function Typed({ line: { typed, agrees, value } }: { line: ReadingLine }) {
  if (typed === undefined) return null
  return (
    <span className={own.typed}>
      {agrees ? (
        'Sama dengan yang diketik'
      ) : (
        <>
          Diketik: <Shown field={value.field} value={typed} against={value.value} />
        </>
      )}
    </span>
  )
}

/** Shares of the line's own size that are shown around it. */
const AROUND = { x: 0.04, y: 0.4 }

/** Pixels; known before the picture's shape is, so that nothing below moves when it comes. */
const HEIGHT = 56

/** The line of a page that shows a value, cut out of the page's picture: a wide one with more of what is around it. */
export function ReadingCut({ address, box, name }: { address: string; box: ReadValueView['box']; name: string }) {
  const [shape, setShape] = useState<number>()
  const x = Math.max(0, box.x - box.width * AROUND.x)
  const y = Math.max(0, box.y - box.height * AROUND.y)
  const width = Math.min(1 - x, box.width * (1 + 2 * AROUND.x))
  const height = Math.min(1 - y, box.height * (1 + 2 * AROUND.y))
  if (width <= 0 || height <= 0) return null
  return (
    <span
      className={own.cut}
      role="img"
      aria-label={name}
      // a short line is made narrower, or it would not be seen whole
      style={{ height: HEIGHT, maxWidth: shape === undefined ? undefined : (HEIGHT * shape * width) / height }}
    >
      <img
        src={address}
        alt=""
        draggable={false}
        // moved by shares of itself: shares of the frame would be off by its border, times the lines above
        style={{ width: `${100 / width}%`, translate: `${-100 * x}% ${-100 * (y + height / 2)}%` }}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setShape(naturalWidth / naturalHeight)}
      />
    </span>
  )
}
