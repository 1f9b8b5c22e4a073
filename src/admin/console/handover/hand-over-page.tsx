import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useOffice } from '../client/office.ts'
import { newTransaction } from '../client/request.ts'
import type { Stage } from '../client/rights.ts'
import { AnswerDialog } from '../parts/dialogs.tsx'
import { Notice, ProblemNotice } from '../parts/notices.tsx'
import { Page } from '../parts/page.tsx'
import rows from '../parts/rows.module.css'
import { Empty, NextPage, Pending } from '../parts/rows.tsx'
import { ListRegion } from '../parts/table.tsx'
import face from '../parts/text.module.css'
import { useReadyOf } from '../waiting/waiting.ts'
import type { QueueItem } from '../waiting/waiting.ts'
import { stageName } from '../words/stage.ts'
import { number, undoWords } from '../words/time.ts'
import { useHandOver } from './hand-over.ts'
import { isAsked, useReadyFound, useReadySchools, useSettled } from './ready-schools.ts'
import { readyBySchool } from './ready-by-school.ts'
import css from './ready-rows.module.css'
import { ReadyRows } from './ready-rows.tsx'

/** A card that the school did not get after all: somebody must take it out of the pile. */
type Left = { id: string; ticket: string; name: string; stage: Stage | null }

/** Schools with finished cards; of one of them what is ticked is handed to somebody of that school. */
export function HandOverPage() {
  const [search, setSearch] = useSearchParams()
  const [typed, setTyped] = useState('')
  const words = useSettled(typed.trim())
  const counted = useReadySchools()
  const schools = counted.data?.items
  const open = schools?.find(({ npsn }) => npsn === search.get('sekolah'))?.npsn
  const cards = useReadyOf(open)
  const found = useReadyFound(words)
  const [ticked, setTicked] = useState<{ npsn: string; of: 'all' | ReadonlySet<string> }>()
  const [giving, setGiving] = useState<{ school: string; rows: readonly QueueItem[]; transaction: string }>()
  const [left, setLeft] = useState<readonly Left[]>([])
  const handOver = useHandOver()
  const office = useOffice().data
  const show = (npsn: string | undefined) => {
    setSearch(npsn === undefined ? {} : { sekolah: npsn }, { replace: true })
    if (ticked?.npsn !== npsn) setTicked(undefined)
  }
  const asked = isAsked(words)
  const shown =
    schools &&
    readyBySchool(schools, {
      words,
      open: open === undefined ? undefined : { npsn: open, rows: cards.data?.items ?? [] },
      found: asked ? (found.data?.items ?? []) : [],
    })
  const total = schools?.reduce((sum, school) => sum + school.rows, 0)
  return (
    <Page
      title="Serah terima"
      beside={
        <span className={face.dim}>
          {schools && total ? `${number(total)} kartu siap, ${number(schools.length)} sekolah` : '\u00a0'}
        </span>
      }
    >
      <div className={rows.content}>
        <search className={css.find}>
          <TextInput
            aria-label="Cari sekolah, murid atau nomor"
            placeholder="Sekolah, murid, nomor atau NIK"
            autoComplete="off"
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              if (open !== undefined) show(undefined)
            }}
          />
        </search>
        <ListRegion name="Kartu siap diambil">
          <LeftBehind left={left} onSeen={() => setLeft([])} />
          {found.isError && asked && <ProblemNotice error={found.error} title="Murid tidak dapat dicari." />}
          {cards.isError && (
            <ProblemNotice
              error={cards.error}
              title="Kartu sekolah ini belum lengkap."
              retry={() => void (cards.hasNextPage ? cards.fetchNextPage() : cards.refetch())}
            />
          )}
          {!shown ? (
            <Pending
              query={counted}
              failed="Kartu siap diambil tidak dapat dimuat."
              loading="Memuat kartu siap diambil"
            />
          ) : shown.length === 0 ? (
            <Empty title={words === '' ? 'Belum ada kartu yang siap diambil' : 'Tidak ada kartu siap yang sesuai'} />
          ) : (
            <ReadyRows
              schools={shown}
              open={open}
              whole={cards.data !== undefined && !cards.hasNextPage}
              ticked={ticked}
              onOpen={show}
              onTick={({ npsn, rows: all }, id, on) => {
                const known = ticked?.npsn === npsn ? ticked.of : new Set<string>()
                const next = new Set(known === 'all' ? all.map((row) => row.id) : known)
                if (on) next.add(id)
                else next.delete(id)
                setTicked({ npsn, of: next })
              }}
              onTickAll={({ npsn }, on) => {
                if (on) show(npsn)
                setTicked(on ? { npsn, of: 'all' } : undefined)
              }}
              onGive={({ name }, chosen) => {
                setLeft([])
                setGiving({ school: name, rows: chosen, transaction: newTransaction() })
              }}
            />
          )}
          {asked && <NextPage list={found} name="Kartu berikutnya" />}
        </ListRegion>
      </div>
      {giving && (
        <AnswerDialog
          title={`Serahkan ${giving.rows.length} kartu`}
          explained={`${giving.school}. ${undoWords(office?.undoSeconds)}`}
          fields={[{ kind: 'text', name: 'receivedBy', label: 'Diterima oleh', required: true }]}
          submit="Serahkan"
          busy={handOver.isPending}
          error={handOver.error}
          onSubmit={({ receivedBy = '' }) =>
            handOver.mutate(
              {
                school: giving.school,
                applications: giving.rows.map((row) => row.id),
                receivedBy,
                transactionId: giving.transaction,
              },
              {
                onSuccess: ({ items: done }) => {
                  setLeft(
                    done.flatMap(({ id, done: given, stage }) => {
                      const row = giving.rows.find((one) => one.id === id)
                      return given || !row ? [] : [{ id, ticket: row.ticket, name: row.pupil?.name ?? '', stage }]
                    }),
                  )
                  setTicked(undefined)
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

/** Cards that were not handed over though they were ticked. */
function LeftBehind({ left, onSeen }: { left: readonly Left[]; onSeen: () => void }) {
  if (left.length === 0) return null
  return (
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
      <Button onClick={onSeen}>Sudah saya sisihkan</Button>
    </Notice>
  )
}
