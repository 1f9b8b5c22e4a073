import { Button, Checkbox } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
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
import { number, span } from '../words/time.ts'
import own from './ready-rows.module.css'
import type { ReadySchool } from './ready-by-school.ts'

type Ready = {
  /** The school whose cards are all shown. */
  open: string | undefined
  /** All of its cards have come. */
  whole: boolean
  /** The school whose cards are ticked: all of them, or some. */
  ticked: { npsn: string; of: 'all' | ReadonlySet<string> } | undefined
  onOpen: (npsn: string | undefined) => void
  onTick: (school: ReadySchool, id: string, on: boolean) => void
  onTickAll: (school: ReadySchool, on: boolean) => void
  onGive: (school: ReadySchool, rows: readonly QueueItem[]) => void
}

/** Schools with finished cards; of their lines those near the view are drawn. What is ticked stays so wherever it is. */
export function ReadyRows({ schools, ...rest }: Ready & { schools: readonly ReadySchool[] }) {
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

/** What is drawn of one school: its bar, which speaks of all its cards, and the cards that are shown. */
function ReadySchoolRows(props: Ready & { school: ReadySchool; drawn: readonly DrawnRow[]; now: Date }) {
  const { school, now, open, whole, ticked, onOpen, onTick, onTickAll, onGive } = props
  const { heading, rows } = drawnOf(school, props.drawn)
  if (!heading && rows.length === 0) return null
  const shown = school.rows
  const isOpen = school.npsn === open
  const of = ticked?.npsn === school.npsn ? ticked.of : new Set<string>()
  const isTicked = (id: string) => of === 'all' || of.has(id)
  const chosen = shown.filter((row) => isTicked(row.id))
  // all of them are handed over when all have come
  const ready = chosen.length > 0 && (of !== 'all' || (isOpen && whole))
  const Sign = isOpen ? IconChevronDown : IconChevronRight
  return (
    <section aria-label={school.name}>
      {heading && (
        <div className={`${css.tools} ${own.school}`} {...heading.mark} style={{ marginTop: heading.gap }}>
          <Checkbox
            aria-label={`Semua kartu ${school.name}`}
            checked={of === 'all'}
            indeterminate={of !== 'all' && chosen.length > 0}
            onChange={(event) => onTickAll(school, event.currentTarget.checked)}
          />
          <button
            type="button"
            className={own.name}
            aria-expanded={isOpen}
            onClick={() => onOpen(isOpen ? undefined : school.npsn)}
          >
            <Sign size={16} aria-hidden /> {school.name}
          </button>
          <p>
            {number(school.total)} kartu{!isOpen && shown.length > 0 && `, ${shown.length} ditemukan`}
          </p>
          <span className={face.fill} />
          <Link to={`/serah-terima/daftar/${school.npsn}`} aria-label={`Daftar siap diambil ${school.name}`}>
            Daftar siap diambil
          </Link>
          {(isOpen || chosen.length > 0) && (
            <Button
              variant="filled"
              disabled={!ready}
              aria-label={`Serahkan ${chosen.length} kartu ${school.name}`}
              onClick={() => onGive(school, chosen)}
            >
              Serahkan {chosen.length > 0 ? `${number(chosen.length)} kartu` : ''}
            </Button>
          )}
        </div>
      )}
      {rows.length > 0 && (
        <table className={css.table} aria-rowcount={whole || !isOpen ? shown.length : -1}>
          <tbody>
            <TableRows
              columns={columnsOf(now, isTicked, (id, on) => onTick(school, id, on))}
              rows={rows.map((row) => ({ ...row, item: shown[row.nth]!, place: row.nth + 1 }))}
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
  isTicked: (id: string) => boolean,
  onTick: (id: string, on: boolean) => void,
): readonly Column<QueueItem>[] => [
  {
    head: 'Pilih',
    className: css.box,
    cell: (row) => (
      <Checkbox
        aria-label={`Pilih ${row.ticket}`}
        checked={isTicked(row.id)}
        onChange={(event) => onTick(row.id, event.currentTarget.checked)}
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
