import { pictureOf } from '../../client/case.ts'
import type { Case, CaseDocument } from '../../client/case.ts'
import { pictureSource } from '../../client/pictures.ts'
import { IdentityNumber } from '../../parts/identity-number.tsx'
import { documentName } from '../../words/document.ts'
import { birthDay } from '../../words/time.ts'
import css from '../page/case-page.module.css'
import { ReadingCut } from './reading-cut.tsx'
import { readingLines } from './reading-lines.ts'
import type { ReadingLine } from './reading-lines.ts'
import own from './reading.module.css'

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
