import { Fragment } from 'react'
import type { QueueItem } from '../waiting/waiting.ts'
import { GapRow } from '../parts/rows/drawn-table.tsx'
import { useDrawnRows } from '../parts/rows/use-drawn-rows.ts'
import { useOnPaper } from './use-on-paper.ts'

/** The rows to be signed: on the screen those near the view, on paper all. */
export function ReadyTable({ rows }: { rows: readonly QueueItem[] }) {
  const drawn = useDrawnRows<HTMLTableSectionElement>(
    rows.map((row) => row.id),
    { wide: 33, phone: 45 },
    useOnPaper(),
  )
  return (
    <table aria-rowcount={rows.length + 1}>
      <thead>
        <tr aria-rowindex={1}>
          <th>No.</th>
          <th>Nomor antrean</th>
          <th>Nama</th>
          <th>Kelas</th>
          <th>Diterima</th>
        </tr>
      </thead>
      <tbody {...drawn.list}>
        {drawn.rows.map(({ index, gap, mark }) => {
          const row = rows[index]!
          return (
            <Fragment key={row.id}>
              <GapRow height={gap} />
              <tr {...mark} aria-rowindex={index + 2}>
                <td>{index + 1}</td>
                <td>{row.ticket}</td>
                <td>{row.pupil?.name}</td>
                <td>{row.pupil?.class}</td>
                <td />
              </tr>
            </Fragment>
          )
        })}
        <GapRow height={drawn.after} />
      </tbody>
    </table>
  )
}
