import { Button } from '@mantine/core'
import type { PleaView } from '../../contract/plea.ts'
import { DrawnTable, UnseenHead } from '../parts/rows/drawn-table.tsx'
import { PlainBadge } from '../parts/finding-badge.tsx'
import css from '../parts/rows/table.module.css'
import { useDrawnRows } from '../parts/rows/use-drawn-rows.ts'
import { useNow } from '../parts/use-now.ts'
import { fullMoment, span } from '../words/time.ts'

/** What was asked, by whom, and since when it waits or when it was done, of which what is near the view is drawn. */
export function PleaRows(props: {
  pleas: readonly PleaView[]
  state: PleaView['state']
  whole: boolean
  onClose: (plea: PleaView) => void
}) {
  const { pleas, state, whole, onClose } = props
  const now = useNow(60_000)
  const drawn = useDrawnRows<HTMLTableSectionElement>(
    pleas.map((plea) => plea.id),
    { wide: 53, phone: 150 },
  )
  return (
    <DrawnTable
      heads={[
        'Nomor',
        'Dari',
        'Isi',
        state === 'open' ? 'Menunggu' : 'Selesai',
        <UnseenHead key="acts">Tindakan</UnseenHead>,
      ]}
      items={pleas}
      keyOf={(plea) => plea.id}
      drawn={drawn}
      whole={whole}
      cells={(plea) => (
        <>
          <td className={css.tight}>
            <span className={css.mono}>{plea.number}</span>{' '}
            <PlainBadge>{plea.kind === 'help' ? 'Petugas' : 'Pengaduan'}</PlainBadge>
          </td>
          <td className={css.tight}>
            <span className={css.name}>{plea.coordinator?.name ?? 'Belum terdaftar'}</span>
            <div className={css.dim}>{plea.school?.name}</div>
          </td>
          <td>
            {plea.text || <span className={css.dim}>Tanpa catatan</span>}
            {plea.outcome && <div className={css.dim}>Dilakukan: {plea.outcome}</div>}
          </td>
          <td className={css.tight}>
            {plea.state === 'open' ? span(plea.at, now) : plea.closedAt && fullMoment(plea.closedAt)}
            {plea.due && plea.state === 'open' && (
              <div className={css.dim}>
                {new Date(plea.due) < now ? 'lewat batas ' : 'batas '}
                {fullMoment(plea.due)}
              </div>
            )}
          </td>
          <td>
            <div className={css.acts}>
              {plea.state === 'open' && (
                <Button aria-label={`Selesaikan ${plea.number}`} onClick={() => onClose(plea)}>
                  Selesaikan
                </Button>
              )}
            </div>
          </td>
        </>
      )}
    />
  )
}
