import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useFound } from '../client/waiting.ts'
import { PlainBadge } from '../parts/finding-badge.tsx'
import { Page } from '../parts/page.tsx'
import { RowsState } from '../parts/rows-state.tsx'
import { StageRing } from '../parts/stage-ring.tsx'
import css from '../parts/table.module.css'
import { stageName } from '../words/stage.ts'
import { fullMoment } from '../words/time.ts'

/** Eight characters that are a school's number; anything else is read as a ticket. */
const NPSN = /^(?:\d{8}|[PK]\d{7})$/i

/** Finds applications by ticket (`B417-6`, `b4176`) or by the school's NPSN. */
export function SearchPage() {
  const [params, setParams] = useSearchParams()
  const asked = params.get('q') ?? ''
  const [text, setText] = useState(asked)
  const query = useFound(asked === '' ? {} : NPSN.test(asked) ? { npsn: asked.toUpperCase() } : { ticket: asked })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setParams({ q: text.trim() }, { replace: true })
  }
  return (
    <Page title="Cari">
      <div className={css.content}>
        <form className={css.tools} onSubmit={submit}>
          <TextInput
            aria-label="Nomor antrean atau NPSN"
            placeholder="B417-6 atau NPSN"
            autoFocus
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="filled">
            Cari
          </Button>
        </form>
        <div className={css.scroll} role="region" tabIndex={0} aria-label="Hasil pencarian">
          {asked !== '' && (
            <RowsState query={query} label="Hasil" empty={`Tidak ada permohonan untuk ${asked}`}>
              {(rows) => (
                <table className={css.table}>
                  <thead>
                    <tr>
                      <th scope="col">Nomor</th>
                      <th scope="col">Murid</th>
                      <th scope="col">Sekolah</th>
                      <th scope="col">Tahap</th>
                      <th scope="col">Masuk</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id}>
                        <td className={css.mono}>{row.ticket}</td>
                        <td>
                          <Link className={css.name} to={`/berkas/${row.id}`}>
                            {row.pupil?.name ?? 'Data sudah dihapus'}
                          </Link>
                        </td>
                        <td className={css.dim}>{row.school.name}</td>
                        <td>
                          <PlainBadge>
                            <StageRing stage={row.stage} size={14} /> {stageName[row.stage]}
                          </PlainBadge>
                        </td>
                        <td className={css.dim}>{row.submittedAt && fullMoment(row.submittedAt)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
            </RowsState>
          )}
        </div>
      </div>
    </Page>
  )
}
