import { Button, Menu } from '@mantine/core'
import type { CoordinatorView } from '../../contract/coordinator.ts'
import { DrawnTable, UnseenHead } from '../parts/rows/drawn-table.tsx'
import { SeverityIcon } from '../parts/severity-icon.tsx'
import { MoreMenu } from '../parts/rows/more-menu.tsx'
import css from '../parts/rows/table.module.css'
import { useDrawnRows } from '../parts/rows/use-drawn-rows.ts'
import { channelName, jobName } from '../words/people.ts'
import { fullMoment } from '../words/time.ts'
import type { CoordinatorChange } from './coordinator-dialog.tsx'

/** Who submits for which school, of whom those near the view are drawn. */
export function CoordinatorRows(props: {
  coordinators: readonly CoordinatorView[]
  whole: boolean
  onLetIn: (id: string, act: 'approve' | 'reinstate') => void
  onAsk: (change: CoordinatorChange) => void
}) {
  const { coordinators, whole, onLetIn, onAsk } = props
  const drawn = useDrawnRows<HTMLTableSectionElement>(
    coordinators.map((one) => one.id),
    { wide: 53, phone: 150 },
  )
  return (
    <DrawnTable
      heads={['Nama', 'Sekolah', 'Lewat', 'Mendaftar', <UnseenHead key="acts">Tindakan</UnseenHead>]}
      items={coordinators}
      keyOf={(one) => one.id}
      drawn={drawn}
      whole={whole}
      cells={(one) => (
        <>
          <td>
            <span className={css.name}>{one.name}</span>
            <div className={css.dim}>
              {jobName(one.role)}
              {one.substituteName && one.state === 'suspended' && ` · Diganti ${one.substituteName}`}
            </div>
            {one.twin && (
              <div className={css.warned}>
                <SeverityIcon severity="check" over="var(--bg)" />
                Orang yang sama dengan {one.twin.name}. Tangguhkan salah satu.
              </div>
            )}
          </td>
          <td>
            {one.school.name}
            <div className={css.dim}>NPSN {one.school.npsn}</div>
          </td>
          <td>{one.channels.map(channelName).join(', ')}</td>
          <td className={css.dim}>{one.createdAt && fullMoment(one.createdAt)}</td>
          <td>
            <div className={css.acts}>
              {one.state === 'pending' && (
                <Button aria-label={`Setujui ${one.name}`} onClick={() => onLetIn(one.id, 'approve')}>
                  Setujui
                </Button>
              )}
              {one.state === 'suspended' && (
                <Button aria-label={`Aktifkan lagi ${one.name}`} onClick={() => onLetIn(one.id, 'reinstate')}>
                  Aktifkan lagi
                </Button>
              )}
              <MoreMenu name={one.name}>
                {one.state !== 'suspended' && (
                  <Menu.Item onClick={() => onAsk({ act: 'suspend', of: one })}>Tangguhkan</Menu.Item>
                )}
                <Menu.Item onClick={() => onAsk({ act: 'move', of: one })}>Pindah sekolah</Menu.Item>
                <Menu.Item onClick={() => onAsk({ act: 'replace', of: one })}>Ganti orang</Menu.Item>
              </MoreMenu>
            </div>
          </td>
        </>
      )}
    />
  )
}
