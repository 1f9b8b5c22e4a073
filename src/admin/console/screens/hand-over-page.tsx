import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useHandOver } from '../client/case.ts'
import { newTransaction } from '../client/request.ts'
import type { Stage } from '../client/rights.ts'
import { useRows } from '../client/waiting.ts'
import type { QueueItem } from '../client/waiting.ts'
import { AnswerDialog } from '../dialogs/answer-dialog.tsx'
import { NextPage } from '../parts/next-page.tsx'
import { Notice } from '../parts/notice.tsx'
import { Page } from '../parts/page.tsx'
import { RowsState } from '../parts/rows-state.tsx'
import css from '../parts/table.module.css'
import { useNow } from '../parts/use-now.ts'
import { stageName } from '../words/stage.ts'
import { span } from '../words/time.ts'

/** A card that the school did not get after all: somebody must take it out of the pile. */
type Left = { id: string; ticket: string; name: string; stage: Stage | null }

/** The schools with finished cards, in the order of their names. */
function bySchool(rows: readonly QueueItem[]): readonly { npsn: string; name: string; rows: QueueItem[] }[] {
  const schools = new Map<string, { npsn: string; name: string; rows: QueueItem[] }>()
  for (const row of rows) {
    const known = schools.get(row.school.npsn)
    if (known) known.rows.push(row)
    else schools.set(row.school.npsn, { ...row.school, rows: [row] })
  }
  return [...schools.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'id'))
}

/** Finished cards by school; what is ticked is handed to somebody of that school. */
export function HandOverPage() {
  const query = useRows('ready')
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [giving, setGiving] = useState<{ school: string; rows: readonly QueueItem[]; transaction: string }>()
  const [left, setLeft] = useState<readonly Left[]>([])
  const handOver = useHandOver()
  const now = useNow(60_000)
  const tick = (ids: readonly string[], on: boolean) => {
    const next = new Set(ticked)
    for (const id of ids)
      if (on) next.add(id)
      else next.delete(id)
    setTicked(next)
  }
  return (
    <Page title="Serah terima">
      <div className={css.scroll} role="region" tabIndex={0} aria-label="Kartu siap diambil">
        {left.length > 0 && (
          <Notice tone="check" title={`${left.length} kartu tidak diserahkan, keadaannya sudah berubah.`}>
            <ul>
              {left.map((one) => (
                <li key={one.id}>
                  <Link className={css.mono} to={`/berkas/${one.id}`}>
                    {one.ticket}
                  </Link>{' '}
                  {one.name}, sekarang {one.stage ? stageName[one.stage] : 'tidak ditemukan'}
                </li>
              ))}
            </ul>
            <Button onClick={() => setLeft([])}>Sudah saya sisihkan</Button>
          </Notice>
        )}
        <RowsState query={query} label="Kartu siap diambil" empty="Belum ada kartu yang siap diambil">
          {(rows) =>
            bySchool(rows).map((school) => {
              const all = school.rows.map((row) => row.id)
              const chosen = school.rows.filter((row) => ticked.has(row.id))
              return (
                <section key={school.npsn} aria-label={school.name}>
                  <div className={css.tools}>
                    <Checkbox
                      label={school.name}
                      checked={chosen.length === all.length}
                      indeterminate={chosen.length > 0 && chosen.length < all.length}
                      onChange={(event) => tick(all, event.currentTarget.checked)}
                    />
                    <p>
                      {all.length} kartu{query.hasNextPage && ' di sini'}
                    </p>
                    <span className={css.grow} />
                    <Link to={`/serah-terima/daftar/${school.npsn}`}>Daftar siap diambil</Link>
                    <Button
                      disabled={chosen.length === 0}
                      aria-label={`Serahkan ${chosen.length} kartu ${school.name}`}
                      onClick={() => {
                        setLeft([])
                        setGiving({ school: school.name, rows: chosen, transaction: newTransaction() })
                      }}
                    >
                      Serahkan {chosen.length > 0 ? `${chosen.length} kartu` : ''}
                    </Button>
                  </div>
                  <table className={css.table}>
                    <tbody>
                      {school.rows.map((row) => (
                        <tr key={row.id}>
                          <td className={css.box}>
                            <Checkbox
                              aria-label={`Pilih ${row.ticket}`}
                              checked={ticked.has(row.id)}
                              onChange={(event) => tick([row.id], event.currentTarget.checked)}
                            />
                          </td>
                          <td className={`${css.mono ?? ''} ${css.tight ?? ''}`}>{row.ticket}</td>
                          <td>
                            <Link className={css.name} to={`/berkas/${row.id}`}>
                              {row.pupil?.name ?? 'Data sudah dihapus'}
                            </Link>
                          </td>
                          <td className={css.dim}>{row.pupil?.class && `kelas ${row.pupil.class}`}</td>
                          <td className={css.dim}>siap sejak {span(row.stageAt, now)}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </section>
              )
            })
          }
        </RowsState>
        <NextPage
          list={query}
          name="Kartu berikutnya"
          said={`${query.data?.items.length} dari ${query.data?.last?.total} kartu tampil di sini`}
        />
      </div>
      {giving && (
        <AnswerDialog
          title={`Serahkan ${giving.rows.length} kartu`}
          explained={`${giving.school}. Sekolah diberi tahu setelah disimpan.`}
          fields={[{ kind: 'text', name: 'receivedBy', label: 'Diterima oleh', required: true }]}
          submit="Serahkan"
          busy={handOver.isPending}
          error={handOver.error}
          onSubmit={({ receivedBy = '' }) =>
            handOver.mutate(
              { applications: giving.rows.map((row) => row.id), receivedBy, transactionId: giving.transaction },
              {
                onSuccess: ({ items: done }) => {
                  setLeft(
                    done.flatMap(({ id, done: given, stage }) => {
                      const row = giving.rows.find((one) => one.id === id)
                      return given || !row ? [] : [{ id, ticket: row.ticket, name: row.pupil?.name ?? '', stage }]
                    }),
                  )
                  setTicked(new Set())
                  setGiving(undefined)
                },
              },
            )
          }
          onClose={() => setGiving(undefined)}
        />
      )}
    </Page>
  )
}
