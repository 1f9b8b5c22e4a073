import { Button } from '@mantine/core'
import { IconTicket } from '@tabler/icons-react'
import type { SchoolView } from '../../contract/school.ts'
import { isSupervisor } from '../client/rights.ts'
import { useMe } from '../client/session.ts'
import { PlainBadge } from '../parts/finding-badge.tsx'
import { DrawnTable, UnseenHead } from '../parts/rows/drawn-table.tsx'
import css from '../parts/rows/table.module.css'
import { useDrawnRows } from '../parts/rows/use-drawn-rows.ts'

/** Schools in the order of their numbers, page by page. */
export function SchoolRows(props: {
  schools: readonly SchoolView[]
  whole: boolean
  onInvite: (school: SchoolView) => void
  onSheet: (school: SchoolView) => void
}) {
  const { schools, whole, onInvite, onSheet } = props
  const invites = isSupervisor(useMe().roles)
  const drawn = useDrawnRows<HTMLTableSectionElement>(
    schools.map((school) => school.npsn),
    { wide: 45, phone: 100 },
  )
  return (
    <>
      <DrawnTable
        heads={['NPSN', 'Nama', 'Kecamatan', 'Jumlah', <UnseenHead key="acts">Tindakan</UnseenHead>]}
        items={schools}
        keyOf={(school) => school.npsn}
        drawn={drawn}
        whole={whole}
        cells={(school) => (
          <>
            <td className={css.mono}>{school.npsn}</td>
            <td>
              <span className={css.name}>{school.name}</span> {school.sample && <PlainBadge>Contoh</PlainBadge>}
            </td>
            <td className={css.dim}>{school.kecamatan}</td>
            <td className={css.dim}>{school.enrolled === null ? '–' : `${school.enrolled} murid`}</td>
            <td>
              <div className={css.acts}>
                {invites && !school.sample && (
                  <Button
                    leftSection={<IconTicket size={16} aria-hidden />}
                    aria-label={`Buat kode undangan ${school.name}`}
                    onClick={() => onInvite(school)}
                  >
                    Kode undangan
                  </Button>
                )}
                {invites && !school.sample && (
                  <Button
                    variant="subtle"
                    aria-label={`Lembar WhatsApp untuk ${school.name}`}
                    onClick={() => onSheet(school)}
                  >
                    Lembar WhatsApp
                  </Button>
                )}
              </div>
            </td>
          </>
        )}
      />
    </>
  )
}
