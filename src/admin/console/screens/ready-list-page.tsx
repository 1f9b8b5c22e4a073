import { Button } from '@mantine/core'
import { useNavigate, useParams } from 'react-router'
import { useOffice } from '../client/office.ts'
import { useReadyOf } from '../client/waiting.ts'
import { RowsState } from '../parts/rows-state.tsx'
import { fullMoment } from '../words/time.ts'
import css from './ready-list.module.css'

/** The cards of one school that lie ready, as a sheet to be printed: it goes along and comes back signed. */
export function ReadyListPage() {
  const { npsn = '' } = useParams()
  const query = useReadyOf(npsn)
  const office = useOffice().data
  const navigate = useNavigate()
  const items = query.data?.items
  return (
    <main className={css.sheet}>
      <div className={css.bar}>
        <Button variant="filled" onClick={() => print()}>
          Cetak daftar
        </Button>
        <Button onClick={() => void navigate('/serah-terima')}>Kembali</Button>
      </div>
      <header>
        <p>{office?.shortName}</p>
        <h1>Daftar KIA siap diambil</h1>
        <p>
          {items?.[0]?.school.name ?? npsn}, NPSN {npsn}. {items?.length ?? 0} kartu, keadaan{' '}
          {fullMoment(new Date().toISOString())}.
        </p>
      </header>
      <RowsState query={query} label="Daftar" empty="Belum ada kartu yang siap diambil">
        {(rows) => (
          <>
            <table>
              <thead>
                <tr>
                  <th>No.</th>
                  <th>Nomor antrean</th>
                  <th>Nama</th>
                  <th>Kelas</th>
                  <th>Diterima</th>
                </tr>
              </thead>
              <tbody>
                {rows
                  .toSorted((a, b) =>
                    `${a.pupil?.class ?? ''} ${a.pupil?.name ?? ''}`.localeCompare(
                      `${b.pupil?.class ?? ''} ${b.pupil?.name ?? ''}`,
                      'id',
                      { numeric: true },
                    ),
                  )
                  .map((row, i) => (
                    <tr key={row.id}>
                      <td>{i + 1}</td>
                      <td>{row.ticket}</td>
                      <td>{row.pupil?.name}</td>
                      <td>{row.pupil?.class}</td>
                      <td />
                    </tr>
                  ))}
              </tbody>
            </table>
            <div className={css.signs}>
              <p>Yang menyerahkan</p>
              <p>Yang menerima</p>
            </div>
          </>
        )}
      </RowsState>
    </main>
  )
}
