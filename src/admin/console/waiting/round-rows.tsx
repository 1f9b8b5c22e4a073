import type { ReactNode } from 'react'
import { drawnOf } from '../parts/rows/placed-groups.ts'
import { rowPlace } from '../parts/rows/use-drawn-rows.ts'
import type { DrawnRow, RowPlace } from '../parts/rows/use-drawn-rows.ts'
import type { PlacedRound, SettledRow } from './settled-rows.ts'
import css from './waiting-rows.module.css'

/** What is drawn of one round: its heading, and its rows. */
export function RoundRows(props: {
  round: PlacedRound
  served: boolean
  /** Of all rounds. */
  drawn: readonly DrawnRow[]
  row: (row: SettledRow, place: RowPlace) => ReactNode
}) {
  const { round, served, row } = props
  const { round: number, rows } = round
  const { heading, rows: near } = drawnOf(round, props.drawn)
  if (!heading && near.length === 0) return null
  return (
    <div>
      {heading && (
        <h2 className={css.round} {...heading.mark} style={{ marginTop: heading.gap }}>
          <b>{served ? `Putaran ${number} · sedang dilayani` : `Putaran ${number}`}</b>{' '}
          <span>
            {new Set(rows.map((one) => one.school.npsn)).size} sekolah, {rows.length} berkas
          </span>
        </h2>
      )}
      <ol>{near.map((line) => row(rows[line.nth]!, rowPlace(line, rows.length, line.nth)))}</ol>
    </div>
  )
}
