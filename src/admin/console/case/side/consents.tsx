import type { ConsentView } from '../../../contract/consent.ts'
import type { useConsents } from '../../client/case.ts'
import { RichText } from '../../parts/rich-text.tsx'
import { Pending } from '../../parts/rows.tsx'
import { fullMoment } from '../../words/time.ts'
import css from './context-column.module.css'

const kindName: Record<ConsentView['kind'], string> = {
  statement: 'Pernyataan sekolah',
  sheet: 'Lembar persetujuan',
  perPupil: 'Persetujuan orang tua/wali',
}

/** Who agreed, when, and to which words: for whoever asks; nothing here is to be done. */
export function Consents({ query }: { query: ReturnType<typeof useConsents> }) {
  if (!query.data) {
    return <Pending query={query} failed="Persetujuan tidak dapat dimuat." loading="Memuat persetujuan" short />
  }
  const { items } = query.data
  if (items.length === 0) return <p className={css.dim}>Tidak tersimpan.</p>
  return (
    <ul>
      {items.map((consent) => (
        <li key={`${consent.kind} ${consent.textVersion}`}>
          {kindName[consent.kind]}
          <span className={css.under}>
            {nameOf(consent)}, {fullMoment(consent.at)}
            {consent.withdrawnAt && ` · dicabut ${fullMoment(consent.withdrawnAt)}`}
          </span>
          <Words consent={consent} />
        </li>
      ))}
    </ul>
  )
}

function Words({ consent: { text, textVersion } }: { consent: ConsentView }) {
  if (text === undefined) return <span className={css.under}>Teks yang ditampilkan tidak tersimpan.</span>
  return (
    <details className={css.words}>
      <summary>Baca teksnya</summary>
      <p className={css.quote}>
        <RichText text={text.replaceAll(/\{\w+\}/g, '…')} />
        <span>Versi {textVersion}</span>
      </p>
    </details>
  )
}

function nameOf({ by: { role, name, relation } }: ConsentView): string {
  const who = name ?? (role === 'coordinator' ? 'Koordinator' : 'Orang tua/wali')
  return relation === undefined ? who : `${who} (${relation})`
}
