import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { SchoolView } from '../../contract/school.ts'
import { useInvitations, useInvite, useSchools } from '../client/office.ts'
import { AnswerDialog } from '../parts/answer-dialog.tsx'
import { SheetDialog } from '../whatsapp/sheet-dialog.tsx'
import { SecretDialog } from '../parts/secret-dialog.tsx'
import type { Secret } from '../parts/secret-dialog.tsx'
import { NextPage } from '../parts/rows/next-page.tsx'
import { Page } from '../parts/page.tsx'
import { RowsState } from '../parts/rows/rows-state.tsx'
import css from '../parts/rows/table.module.css'
import { fullMoment } from '../words/time.ts'
import { SchoolRows } from './school-rows.tsx'

/** The schools that the office knows, and invitation codes for them. */
export function SchoolsPage() {
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text, 250)
  const query = useSchools(q)
  const [inviting, setInviting] = useState<SchoolView>()
  const [secret, setSecret] = useState<Secret>()
  const [sheet, setSheet] = useState<SchoolView>()
  return (
    <Page title="Sekolah">
      <div className={css.content}>
        <div className={css.tools}>
          <TextInput
            aria-label="Cari sekolah"
            placeholder="Cari nama atau NPSN"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <p>Daftar diisi dari berkas sekolah oleh petugas teknis.</p>
        </div>
        <div className={css.scroll} role="region" tabIndex={0} aria-label="Daftar sekolah">
          <RowsState query={query} label="Sekolah" empty="Tidak ada sekolah yang cocok">
            {(schools) => (
              <SchoolRows schools={schools} whole={!query.hasNextPage} onInvite={setInviting} onSheet={setSheet} />
            )}
          </RowsState>
          <NextPage list={query} />
        </div>
      </div>
      {inviting && (
        <InviteDialog
          school={inviting}
          onMade={(made) => {
            setInviting(undefined)
            setSecret(made)
          }}
          onClose={() => setInviting(undefined)}
        />
      )}
      {sheet && <SheetDialog school={sheet} onClose={() => setSheet(undefined)} />}
      <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />
    </Page>
  )
}

const options = (values: readonly number[], unit: string) =>
  values.map((value) => ({ value: String(value), label: `${value} ${unit}` }))

function InviteDialog(props: { school: SchoolView; onMade: (secret: Secret) => void; onClose: () => void }) {
  const { school, onMade, onClose } = props
  const invite = useInvite(school.npsn)
  const open = useInvitations(school.npsn).data?.items ?? []
  return (
    <AnswerDialog
      title={`Kode undangan ${school.name}`}
      explained={`Koordinator yang mengetik kode ini di bot langsung disetujui untuk sekolah ini. ${open.length > 0 ? `Masih terbuka: ${open.length} kode.` : 'Belum ada kode yang terbuka.'}`}
      fields={[
        { kind: 'choice', name: 'days', label: 'Berlaku', options: options([3, 7, 14, 30], 'hari'), required: true },
        { kind: 'choice', name: 'uses', label: 'Dapat dipakai', options: options([1, 2, 5], 'orang'), required: true },
      ]}
      submit="Buat kode"
      busy={invite.isPending}
      error={invite.error}
      onSubmit={({ days, uses }) =>
        invite.mutate(
          { days: Number(days), uses: Number(uses) },
          {
            onSuccess: (made) =>
              onMade({
                title: `Kode undangan ${school.name}`,
                value: made.code,
                explained: `Hanya tampil sekali. Berlaku sampai ${fullMoment(made.expiresAt)}, untuk ${made.usesLeft} orang.`,
              }),
          },
        )
      }
      onClose={onClose}
    />
  )
}
