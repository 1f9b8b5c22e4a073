import { Button, Checkbox } from '@mantine/core'
import { Link } from 'react-router'
import { useDrawnRows } from '../parts/drawn-rows.ts'
import type { DrawnRow } from '../parts/drawn-rows.ts'
import { drawnOf } from '../parts/placed-groups.ts'
import css from '../parts/rows.module.css'
import { useNow } from '../parts/surroundings.ts'
import { TableRows } from '../parts/table.tsx'
import type { Column } from '../parts/table.tsx'
import face from '../parts/text.module.css'
import type { QueueItem } from '../waiting/waiting.ts'
import { span } from '../words/time.ts'
import type { ReadySchool } from './ready-by-school.ts'

/** Finished cards by school, of which those near the view are drawn. What is ticked stays so wherever it is. */
export function ReadyRows(props: {
  schools: readonly ReadySchool[]
  whole: boolean
  ticked: ReadonlySet<string>
  onTick: (ids: readonly string[], on: boolean) => void
  onGive: (school: ReadySchool, rows: readonly QueueItem[]) => void
}) {
  const { schools, ...rest } = props
  const now = useNow(60_000)
  const drawn = useDrawnRows<HTMLDivElement>(
    schools.flatMap((school) => school.lines),
    { wide: 45, phone: 62 },
  )
  return (
    <div {...drawn.list} className={css.groups} style={{ paddingBottom: drawn.after }}>
      {schools.map((school) => (
        <ReadySchoolRows key={school.key} school={school} drawn={drawn.rows} now={now} {...rest} />
      ))}
    </div>
  )
}

/** What is drawn of one school: its bar, which speaks of all its cards that have come, and its cards. */
function ReadySchoolRows(props: {
  school: ReadySchool
  /** Of all schools. */
  drawn: readonly DrawnRow[]
  /** No more cards come from the server. */
  whole: boolean
  now: Date
  ticked: ReadonlySet<string>
  onTick: (ids: readonly string[], on: boolean) => void
  onGive: (school: ReadySchool, rows: readonly QueueItem[]) => void
}) {
  const { school, whole, now, ticked, onTick, onGive } = props
  const { heading, rows } = drawnOf(school, props.drawn)
  if (!heading && rows.length === 0) return null
  const all = school.rows
  const chosen = all.filter((row) => ticked.has(row.id))
  return (
    <section aria-label={school.name}>
      {heading && (
        <div className={css.tools} {...heading.mark} style={{ marginTop: heading.gap }}>
          <Checkbox
            label={school.name}
            checked={chosen.length === all.length}
            indeterminate={chosen.length > 0 && chosen.length < all.length}
            onChange={(event) =>
              onTick(
                all.map((row) => row.id),
                event.currentTarget.checked,
              )
            }
          />
          <p>
            {all.length} kartu{!whole && ' di sini'}
          </p>
          <span className={face.fill} />
          <Link to={`/serah-terima/daftar/${school.npsn}`}>Daftar siap diambil</Link>
          <Button
            disabled={chosen.length === 0}
            aria-label={`Serahkan ${chosen.length} kartu ${school.name}`}
            onClick={() => onGive(school, chosen)}
          >
            Serahkan {chosen.length > 0 ? `${chosen.length} kartu` : ''}
          </Button>
        </div>
      )}
      {rows.length > 0 && (
        <table className={css.table} aria-rowcount={whole ? all.length : -1}>
          <tbody>
            <TableRows
              columns={columnsOf(now, ticked, onTick)}
              rows={rows.map((row) => ({ ...row, item: all[row.nth]!, place: row.nth + 1 }))}
              keyOf={(row) => row.id}
            />
          </tbody>
        </table>
      )}
    </section>
  )
}

const columnsOf = (
  now: Date,
  ticked: ReadonlySet<string>,
  onTick: (ids: readonly string[], on: boolean) => void,
): readonly Column<QueueItem>[] => [
  {
    head: 'Pilih',
    className: css.box,
    cell: (row) => (
      <Checkbox
        aria-label={`Pilih ${row.ticket}`}
        checked={ticked.has(row.id)}
        onChange={(event) => onTick([row.id], event.currentTarget.checked)}
      />
    ),
  },
  { head: 'Nomor', className: `${face.mono} ${css.tight}`, cell: (row) => row.ticket },
  {
    head: 'Murid',
    cell: (row) => (
      <Link className={css.name} to={`/berkas/${row.id}`}>
        {row.pupil?.name ?? 'Data sudah dihapus'}
      </Link>
    ),
  },
  { head: 'Kelas', className: css.dim, cell: (row) => row.pupil?.class && `kelas ${row.pupil.class}` },
  { head: 'Siap', className: css.dim, cell: (row) => `siap sejak ${span(row.stageAt, now)}` },
]
