import { ActionIcon } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { isProblem } from '../client/request.ts'
import { AnswerDialog } from '../parts/dialogs.tsx'
import { PlainBadge, StageRing } from '../parts/marks.tsx'
import css from '../parts/rows.module.css'
import { ListTable } from '../parts/table.tsx'
import type { Column } from '../parts/table.tsx'
import face from '../parts/text.module.css'
import { stageName } from '../words/stage.ts'
import { fullMoment } from '../words/time.ts'
import own from './search-page.module.css'
import { useCaseExport } from './search.ts'
import type { Found, useSearch } from './search.ts'

type Item = Found['items'][number]

/** What was found, page by page; each row opens its case, and leaves as a file of its own. */
export function FoundRows({ query, empty }: { query: ReturnType<typeof useSearch>; empty: string }) {
  const [reasonFor, setReasonFor] = useState<Item>()
  const save = useCaseExport()
  const total = query.data?.first?.total ?? query.data?.items.length ?? 0
  const take = (item: Item) =>
    save.mutate(
      { id: item.id, format: 'xlsx' },
      { onError: (error) => isProblem(error, 'forbidden') && setReasonFor(item) },
    )
  return (
    <>
      <ListTable
        query={query}
        label="Hasil"
        empty={empty}
        above={
          <p className={own.total} aria-live="polite">
            {total >= 10_000 ? 'Lebih dari 10.000' : total.toLocaleString('id-ID')} permohonan
          </p>
        }
        columns={columnsOf(take)}
        keyOf={(item) => item.id}
        height={{ wide: 45, phone: 92 }}
        className={`${css.table} ${own.found}`}
        byKeys="search"
      />
      {reasonFor && (
        <AnswerDialog
          title={`Unduh ${reasonFor.ticket}`}
          explained="Berkas ini di luar tahap Anda. Alasan dan unduhan dicatat."
          fields={[{ kind: 'note', name: 'reason', label: 'Alasan', required: true }]}
          submit="Unduh"
          busy={save.isPending}
          error={save.isError && !isProblem(save.error, 'forbidden') ? save.error : null}
          onSubmit={({ reason = '' }) =>
            save.mutate({ id: reasonFor.id, format: 'xlsx', reason }, { onSuccess: () => setReasonFor(undefined) })
          }
          onClose={() => setReasonFor(undefined)}
        />
      )}
    </>
  )
}

const columnsOf = (take: (item: Item) => void): readonly Column<Item>[] => [
  { head: 'Nomor', className: face.mono, cell: (row) => row.ticket },
  {
    head: 'Murid',
    cell: (row) => (
      <Link className={css.name} to={`/berkas/${row.id}`}>
        {row.pupil?.name ?? 'Data sudah dihapus'}
      </Link>
    ),
  },
  {
    head: 'Sekolah · kelas',
    className: css.dim,
    cell: (row) => row.school.name + (row.pupil?.class === undefined ? '' : ` · ${row.pupil.class}`),
  },
  {
    head: 'Tahap',
    cell: (row) => (
      <PlainBadge>
        <StageRing stage={row.stage} size={14} /> {stageName[row.stage]}
      </PlainBadge>
    ),
  },
  { head: 'Masuk', className: css.dim, cell: (row) => row.submittedAt && fullMoment(row.submittedAt) },
  {
    head: 'Unduh',
    unseen: true,
    className: css.tight,
    cell: (row) =>
      row.pupil && (
        <ActionIcon aria-label={`Unduh ${row.ticket}`} title="Unduh satu baris" onClick={() => take(row)}>
          <IconDownload size={16} aria-hidden />
        </ActionIcon>
      ),
  },
]
