import { Button, Menu } from '@mantine/core'
import type { OperatorView } from '../../contract/operator.ts'
import { useMe } from '../client/session.ts'
import { DrawnTable, UnseenHead } from '../parts/rows/drawn-table.tsx'
import { PlainBadge } from '../parts/finding-badge.tsx'
import { MoreMenu } from '../parts/rows/more-menu.tsx'
import css from '../parts/rows/table.module.css'
import { useDrawnRows } from '../parts/rows/use-drawn-rows.ts'
import { rolesLine } from '../words/people.ts'

type OfOne = (operator: OperatorView) => void

/** Operators by user name, of whom those near the view are drawn. */
export function OperatorRows(props: {
  operators: readonly OperatorView[]
  whole: boolean
  onEdit: OfOne
  onSessions: OfOne
  onInvite: OfOne
  onPassword: OfOne
  onDropFactor: OfOne
  onActive: (operator: OperatorView, active: boolean) => void
}) {
  const { operators, whole } = props
  const me = useMe()
  const drawn = useDrawnRows<HTMLTableSectionElement>(
    operators.map((one) => one.id),
    { wide: 53, phone: 130 },
  )
  return (
    <DrawnTable
      heads={['Nama', 'Nama pengguna', 'Peran', <UnseenHead key="acts">Tindakan</UnseenHead>]}
      items={operators}
      keyOf={(one) => one.id}
      drawn={drawn}
      whole={whole}
      cells={(one) => (
        <>
          <td>
            <span className={css.name}>{one.name}</span> {!one.active && <PlainBadge>Tidak aktif</PlainBadge>}
            {one.secondFactor && <PlainBadge>Kode kedua</PlainBadge>}
            {one.id === me.id && <span className={css.dim}> Anda</span>}
          </td>
          <td className={css.mono}>{one.username}</td>
          <td>{rolesLine(one.roles)}</td>
          <td>
            <div className={css.acts}>
              <Button aria-label={`Ubah ${one.name}`} onClick={() => props.onEdit(one)}>
                Ubah
              </Button>
              <MoreMenu name={one.name}>
                <Menu.Item onClick={() => props.onInvite(one)}>Buat tautan undangan</Menu.Item>
                <Menu.Item onClick={() => props.onPassword(one)}>Buat kata sandi baru</Menu.Item>
                <Menu.Item onClick={() => props.onSessions(one)}>Lihat sesi</Menu.Item>
                {one.secondFactor && <Menu.Item onClick={() => props.onDropFactor(one)}>Matikan kode kedua</Menu.Item>}
                <Menu.Item onClick={() => props.onActive(one, !one.active)}>
                  {one.active ? 'Nonaktifkan' : 'Aktifkan lagi'}
                </Menu.Item>
              </MoreMenu>
            </div>
          </td>
        </>
      )}
    />
  )
}
