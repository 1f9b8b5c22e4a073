import '../parts/rows.module.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useHandOver } from '../client/case.ts'
import { newTransaction } from '../client/request.ts'
import type { Stage } from '../client/rights.ts'
import { AnswerDialog } from '../parts/dialogs.tsx'
import { Notice } from '../parts/notices.tsx'
import { Page } from '../parts/page.tsx'
import { NextPage, RowsState } from '../parts/rows.tsx'
import { ListRegion } from '../parts/table.tsx'
import face from '../parts/text.module.css'
import { useRows } from '../waiting/waiting.ts'
import type { QueueItem } from '../waiting/waiting.ts'
import { stageName } from '../words/stage.ts'
import { readyBySchool } from './ready-by-school.ts'
import { ReadyRows } from './ready-rows.tsx'

/** A card that the school did not get after all: somebody must take it out of the pile. */
type Left = { id: string; ticket: string; name: string; stage: Stage | null }

/** Finished cards by school; what is ticked is handed to somebody of that school. */
export function HandOverPage() {
  const query = useRows('ready')
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [giving, setGiving] = useState<{ school: string; rows: readonly QueueItem[]; transaction: string }>()
  const [left, setLeft] = useState<readonly Left[]>([])
  const handOver = useHandOver()
  const tick = (ids: readonly string[], on: boolean) => {
    const next = new Set(ticked)
    for (const id of ids)
      if (on) next.add(id)
      else next.delete(id)
    setTicked(next)
  }
  return (
    <Page title="Serah terima">
      <ListRegion name="Kartu siap diambil">
        {left.length > 0 && (
          <Notice tone="check" title={`${left.length} kartu tidak diserahkan, keadaannya sudah berubah.`}>
            <ul>
              {left.map((one) => (
                <li key={one.id}>
                  <Link className={face.mono} to={`/berkas/${one.id}`}>
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
          {(rows) => (
            <ReadyRows
              schools={readyBySchool(rows)}
              whole={!query.hasNextPage}
              ticked={ticked}
              onTick={tick}
              onGive={(school, chosen) => {
                setLeft([])
                setGiving({ school: school.name, rows: chosen, transaction: newTransaction() })
              }}
            />
          )}
        </RowsState>
        <NextPage
          list={query}
          name="Kartu berikutnya"
          said={`${query.data?.items.length} dari ${query.data?.last?.total} kartu tampil di sini`}
        />
      </ListRegion>
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
