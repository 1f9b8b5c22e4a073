import { ActionIcon } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { isProblem } from '../client/request.ts'
import { useKeys } from '../keys/use-keys.ts'
import { AnswerDialog } from '../parts/dialogs.tsx'
import { useDrawnRows } from '../parts/drawn-rows.ts'
import { PlainBadge, StageRing } from '../parts/marks.tsx'
import css from '../parts/rows/table.module.css'
import { DrawnTable, UnseenHead } from '../parts/table.tsx'
import { stageName } from '../words/stage.ts'
import { fullMoment } from '../words/time.ts'
import own from './search-page.module.css'
import { useCaseExport } from './search.ts'
import type { Found } from './search.ts'

type Item = Found['items'][number]

/** What was found, page by page; each row opens its case, and leaves as a file of its own. */
export function FoundRows({ items, total, whole }: { items: readonly Item[]; total: number; whole: boolean }) {
  const drawn = useDrawnRows<HTMLTableSectionElement>(
    items.map((item) => item.id),
    { wide: 45, phone: 190 },
  )
  const [reasonFor, setReasonFor] = useState<Item>()
  const save = useCaseExport()
  useKeys({
    J: () => drawn.step(1),
    K: () => drawn.step(-1),
    O: () => (document.activeElement as HTMLElement | null)?.click(),
  })
  const take = (item: Item) =>
    save.mutate(
      { id: item.id, format: 'xlsx' },
      { onError: (error) => isProblem(error, 'forbidden') && setReasonFor(item) },
    )
  return (
    <>
      <p className={own.total} aria-live="polite">
        {total >= 10_000 ? 'Lebih dari 10.000' : total.toLocaleString('id-ID')} permohonan
      </p>
      <DrawnTable
        heads={['Nomor', 'Murid', 'Sekolah · kelas', 'Tahap', 'Masuk', <UnseenHead key="export">Unduh</UnseenHead>]}
        items={items}
        keyOf={(item) => item.id}
        drawn={drawn}
        whole={whole}
        cells={(row) => (
          <>
            <td className={css.mono}>{row.ticket}</td>
            <td>
              <Link className={css.name} to={`/berkas/${row.id}`}>
                {row.pupil?.name ?? 'Data sudah dihapus'}
              </Link>
            </td>
            <td className={css.dim}>
              {row.school.name}
              {row.pupil?.class !== undefined && ` · ${row.pupil.class}`}
            </td>
            <td>
              <PlainBadge>
                <StageRing stage={row.stage} size={14} /> {stageName[row.stage]}
              </PlainBadge>
            </td>
            <td className={css.dim}>{row.submittedAt && fullMoment(row.submittedAt)}</td>
            <td className={css.tight}>
              {row.pupil && (
                <ActionIcon aria-label={`Unduh ${row.ticket}`} title="Unduh satu baris" onClick={() => take(row)}>
                  <IconDownload size={16} aria-hidden />
                </ActionIcon>
              )}
            </td>
          </>
        )}
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
