import type { QueueItem } from '../waiting/waiting.ts'
import css from '../parts/rows/table.module.css'
import { useDrawnRows } from '../parts/rows/use-drawn-rows.ts'
import { useNow } from '../parts/use-now.ts'
import type { ReadySchool } from './ready-by-school.ts'
import { ReadySchoolRows } from './ready-school-rows.tsx'

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
