import type { BatchSummary } from '../client/printing.ts'
import css from './printing.module.css'

/** The batches of today, and older ones that are still open; one of them is shown below. */
export function BatchList(props: {
  batches: readonly BatchSummary[]
  current: number | undefined
  onChoose: (number: number) => void
}) {
  const { batches, current, onChoose } = props
  return (
    <section className={css.part} aria-labelledby="batches">
      <div className={css.head}>
        <h2 id="batches">Batch hari ini</h2>
      </div>
      <div className={`${css.row} ${css.batch} ${css.titles}`} aria-hidden="true">
        <span>Batch</span>
        <span>Isi</span>
        <span>Printer · operator</span>
        <span>Kemajuan</span>
        <span className={css.number}>Blangko</span>
        <span className={css.number}>Salah cetak</span>
      </div>
      {batches.map((one) => (
        <button
          key={one.number}
          type="button"
          className={`${css.row} ${css.batch}`}
          aria-pressed={one.number === current}
          onClick={() => onChoose(one.number)}
        >
          <b>{one.number}</b>
          <span className={css.cut}>{one.schools.length === 1 ? one.schools[0] : `${one.schools.length} sekolah`}</span>
          <span className={css.cut}>{[one.printer, one.by.name].filter(Boolean).join(' · ')}</span>
          <span className={css.progress}>
            <span className={css.track}>
              <i style={{ width: `${(100 * one.counts.done) / Math.max(1, one.counts.rows)}%` }} />
            </span>
            {one.counts.done}/{one.counts.rows}
          </span>
          <span className={css.number}>{one.counts.blanks}</span>
          <span className={css.number} data-wrong={one.counts.misprints > 0}>
            {one.counts.misprints}
          </span>
        </button>
      ))}
    </section>
  )
}
