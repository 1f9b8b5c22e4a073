import { Checkbox } from '@mantine/core'
import { rowPlace, useDrawnRows } from '../parts/rows/use-drawn-rows.ts'
import { useNow } from '../parts/use-now.ts'
import { span } from '../words/time.ts'
import type { Group } from './load-groups.ts'
import css from './printing.module.css'

/** Groups of cards to be ticked; of many those near the view are drawn, and what is ticked stays so elsewhere. */
export function GroupRows(props: {
  groups: readonly Group[]
  /** What the groups are. */
  label: string
  ticked: ReadonlySet<string>
  onTick: (group: Group, on: boolean) => void
}) {
  const { groups, label, ticked, onTick } = props
  const now = useNow(30_000)
  const drawn = useDrawnRows<HTMLUListElement>(
    groups.map((group) => group.key),
    { wide: 36, phone: 56 },
  )
  return (
    <ul {...drawn.list} className={css.lines} aria-label={label} style={{ paddingBottom: drawn.after }}>
      {drawn.rows.map((row) => {
        const group = groups[row.index]!
        // what is not loaded may belong to it, too
        const here = group.whole ? '' : ' di sini'
        const none = group.free.length === 0
        return (
          <li key={group.key} {...rowPlace(row, groups.length)}>
            <label className={`${css.row} ${css.group}`} data-none={none}>
              <Checkbox
                aria-label={`${group.title} ${group.detail}, ${group.free.length} keping${here}`}
                checked={!none && ticked.has(group.key)}
                disabled={none}
                onChange={(event) => onTick(group, event.currentTarget.checked)}
              />
              <span className={css.whose}>
                <span className={css.cut}>{group.title}</span>
                <span className={css.held}>
                  {group.held.map((one) => `${one.count} dipegang ${one.name}`).join(', ')}
                </span>
              </span>
              <span className={css.dim}>{group.detail}</span>
              <span className={css.number}>
                <b>{group.free.length}</b>
                {here && <span className={css.here}>{here}</span>}
              </span>
              <span className={`${css.number} ${css.dim}`}>
                {none && group.held.length === 0 ? '–' : span(group.oldestAt, now)}
              </span>
            </label>
          </li>
        )
      })}
    </ul>
  )
}
