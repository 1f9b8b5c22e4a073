import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useOffice } from '../client/office.ts'
import { mayPrintPortraits } from '../client/rights.ts'
import { useMe } from '../client/session.ts'
import { ProblemNotice } from '../parts/notices.tsx'
import { RowsState } from '../parts/rows.tsx'
import { useOnPaper } from '../parts/surroundings.ts'
import { Table } from '../parts/table.tsx'
import type { Column } from '../parts/table.tsx'
import { PortraitSheet } from '../printing/portrait-sheet.tsx'
import { usePortraitSheet } from '../printing/printing.ts'
import { useReadyOf } from '../waiting/waiting.ts'
import type { QueueItem } from '../waiting/waiting.ts'
import { fullMoment } from '../words/time.ts'
import css from './ready-list.module.css'

/** The cards of one school, or of a class, that lie ready: a sheet that goes along and comes back signed, and portraits. */
export function ReadyListPage() {
  const { npsn = '' } = useParams()
  const query = useReadyOf(npsn)
  const office = useOffice().data
  const navigate = useNavigate()
  const me = useMe()
  const portraits = usePortraitSheet()
  const [chosen, setChosen] = useState('')
  const items = query.data?.items.toSorted(byClass)
  const classes = [...new Set(items?.flatMap((row) => row.pupil?.class ?? []))]
  // a class whose last card was fetched meanwhile is chosen no more
  const of = classes.includes(chosen) ? chosen : ''
  // a list that lacks its end is neither printed nor signed
  const whole = items !== undefined && !query.hasNextPage
  const shown = items?.filter((row) => of === '' || row.pupil?.class === of) ?? []
  return (
    <main className={css.sheet}>
      <div className={css.bar}>
        <Button variant="filled" disabled={!whole} onClick={() => print()}>
          Cetak daftar
        </Button>
        {mayPrintPortraits(me.roles) && (
          <PortraitSheet
            make={portraits}
            applications={whole ? shown.map((row) => row.id) : []}
            name={`pas-foto-${[npsn, of].filter(Boolean).join('-')}`}
          />
        )}
        {classes.length > 1 && (
          <NativeSelect
            aria-label="Kelas"
            value={of}
            data={[{ value: '', label: 'Semua kelas' }, ...classes]}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )}
        <Button onClick={() => void navigate(`/serah-terima?sekolah=${npsn}`)}>Kembali</Button>
      </div>
      {portraits.isError && <ProblemNotice error={portraits.error} title="Lembar pas foto belum dibuat." />}
      <header>
        <p>{office?.shortName ?? '\u00a0'}</p>
        <h1>Daftar KIA siap diambil</h1>
        <p>
          {items?.[0]?.school.name ?? npsn}, NPSN {npsn}.{of !== '' && ` Kelas ${of}.`}
          {whole && ` ${shown.length} kartu, keadaan ${fullMoment(new Date().toISOString())}.`}
        </p>
        {items && !whole && !query.isError && (
          <p role="status">
            Sedang dimuat: {items.length} dari {query.data?.last?.total} kartu.
          </p>
        )}
      </header>
      {items && query.isError && (
        <ProblemNotice
          error={query.error}
          title={whole ? 'Daftar belum diperbarui.' : 'Daftar belum lengkap.'}
          retry={() => void (query.hasNextPage ? query.fetchNextPage() : query.refetch())}
        />
      )}
      <RowsState
        query={{ ...query, data: items && { items } }}
        label="Daftar"
        empty="Belum ada kartu yang siap diambil"
      >
        {() => (
          <>
            <ReadyTable rows={shown} />
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

function byClass(a: QueueItem, b: QueueItem): number {
  const key = ({ pupil }: QueueItem) => `${pupil?.class ?? ''} ${pupil?.name ?? ''}`
  return key(a).localeCompare(key(b), 'id', { numeric: true })
}

/** The rows to be signed: on the screen those near the view, on paper all. */
function ReadyTable({ rows }: { rows: readonly QueueItem[] }) {
  const place = new Map(rows.map((row, i) => [row, i + 1]))
  return (
    <Table
      className=""
      items={rows}
      whole
      all={useOnPaper()}
      columns={[{ head: 'No.', cell: (row) => place.get(row) }, ...COLUMNS]}
      keyOf={(row) => row.id}
      height={{ wide: 33, phone: 45 }}
    />
  )
}

const COLUMNS: readonly Column<QueueItem>[] = [
  { head: 'Nomor antrean', cell: (row) => row.ticket },
  { head: 'Nama', cell: (row) => row.pupil?.name },
  { head: 'Kelas', cell: (row) => row.pupil?.class },
  { head: 'Diterima', cell: () => null },
]
