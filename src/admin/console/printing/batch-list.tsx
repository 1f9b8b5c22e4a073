import { Button } from '@mantine/core'
import { NextPage } from '../parts/rows.tsx'
import { useNow } from '../parts/surroundings.ts'
import { List } from '../parts/table.tsx'
import { moment } from '../words/time.ts'
import face from '../parts/text.module.css'
import css from './printing.module.css'
import type { BatchSummary, useBatches } from './printing.ts'

/** The batches of today, and older ones that are still open; all others where they are asked for. One is shown below. */
export function BatchList(props: {
  list: ReturnType<typeof useBatches>
  batches: readonly BatchSummary[]
  /** So many of colleagues have come since. */
  fresh: number
  /** Those of other days are among them. */
  older: boolean
  current: number | undefined
  onOlder: () => void
  onFresh: () => void
  onChoose: (number: number) => void
}) {
  const { list, batches, fresh, older, current, onOlder, onFresh, onChoose } = props
  const now = useNow(60_000)
  const title = older ? 'Semua batch' : 'Batch hari ini'
  const others = list.hasNextPage || (list.data?.items.length ?? 0) > batches.length + fresh
  return (
    <section className={css.part} aria-labelledby="batches">
      <div className={css.head}>
        <h2 id="batches">{title}</h2>
        <span className={face.fill} />
        {/* its room is there before it is */}
        <Button className={css.fresh ?? ''} data-none={fresh === 0} onClick={onFresh}>
          {fresh} batch baru
        </Button>
        {!older && others && (
          <Button variant="subtle" onClick={onOlder}>
            Batch sebelumnya
          </Button>
        )}
      </div>
      {batches.length === 0 ? (
        <p className={css.none}>Belum ada batch hari ini.</p>
      ) : (
        <div className={`${css.row} ${css.batch} ${css.titles}`} aria-hidden="true">
          <span>Batch</span>
          <span>Isi</span>
          <span>Printer · operator</span>
          <span>Kemajuan</span>
          <span className={css.number}>Blangko</span>
          <span className={css.number}>Salah cetak</span>
        </div>
      )}
      <List
        className={css.lines}
        label={title}
        items={batches}
        keyOf={(one) => String(one.number)}
        height={{ wide: 36, phone: 52 }}
      >
        {(one, place) => (
          <li {...place}>
            <button
              type="button"
              className={`${css.row} ${css.batch}`}
              aria-pressed={one.number === current}
              onClick={() => onChoose(one.number)}
            >
              <b>{one.number}</b>
              <span className={css.cut}>
                {one.schools.length === 1 ? one.schools[0] : `${one.schools.length} sekolah`}
              </span>
              <span className={css.cut}>
                {[dayOf(one.at, now), one.printer, one.by.name].filter(Boolean).join(' · ')}
              </span>
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
          </li>
        )}
      </List>
      {older && <NextPage list={list} name="Batch sebelumnya" />}
    </section>
  )
}

/** Which day a batch of another day is of. */
function dayOf(at: string, now: Date): string | undefined {
  return new Date(at).toDateString() === now.toDateString() ? undefined : moment(at, now)
}
