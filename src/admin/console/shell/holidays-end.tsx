import { Link } from 'react-router'
import { useOffice } from '../client/office.ts'
import { Notice } from '../parts/notices.tsx'
import { birthDay } from '../words/time.ts'

/** Where supervisors begin, and where they look after the office: on no page on which somebody works on a case. */
export const HOLIDAY_PLACES: readonly string[] = ['/antrean', '/pengawasan', '/pengaturan']

/** Until when holidays are known, for as long as that is too near. The server tells supervisors alone. */
export function HolidaysEnd() {
  const end = useOffice().data?.holidaysEnd
  if (!end) return null
  const title = end.last
    ? `Hari libur hanya diketahui sampai ${birthDay(end.last)}`
    : 'Belum ada hari libur yang dicatat'
  return (
    <Notice tone="note" title={title}>
      <p>
        {end.last ? 'Sesudah itu, perkiraan' : 'Perkiraan'} untuk sekolah menghitung hari libur sebagai hari kerja.{' '}
        <Link to="/pengaturan#holidays">Lengkapi hari libur</Link>
      </p>
    </Notice>
  )
}
