import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconTicket } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SchoolView } from '../../contract/school.ts'
import { useInvitations, useInvite, useSchools } from '../client/office.ts'
import { isSupervisor } from '../client/rights.ts'
import { useMe } from '../client/session.ts'
import { AnswerDialog, SecretDialog } from '../parts/dialogs.tsx'
import type { Secret } from '../parts/dialogs.tsx'
import { PlainBadge } from '../parts/marks.tsx'
import { Page } from '../parts/page.tsx'
import css from '../parts/rows.module.css'
import { ListRegion, ListTable } from '../parts/table.tsx'
import type { Column } from '../parts/table.tsx'
import face from '../parts/text.module.css'
import { invitationSheet } from '../whatsapp/whatsapp.ts'
import { fullMoment } from '../words/time.ts'

/** The schools that the office knows, and invitation codes for them. */
export function SchoolsPage() {
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text, 250)
  const query = useSchools(q)
  const invites = isSupervisor(useMe().roles)
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
        <ListRegion name="Daftar sekolah">
          <ListTable
            query={query}
            label="Sekolah"
            empty="Tidak ada sekolah yang cocok"
            columns={columnsOf(invites, setInviting, setSheet)}
            keyOf={(school) => school.npsn}
            height={{ wide: 45, phone: 100 }}
          />
        </ListRegion>
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

type OfOne = (school: SchoolView) => void

/** Schools in the order of their numbers. */
const columnsOf = (invites: boolean, onInvite: OfOne, onSheet: OfOne): readonly Column<SchoolView>[] => [
  { head: 'NPSN', className: face.mono, cell: (school) => school.npsn },
  {
    head: 'Nama',
    cell: (school) => (
      <>
        <span className={css.name}>{school.name}</span> {school.sample && <PlainBadge>Contoh</PlainBadge>}
      </>
    ),
  },
  { head: 'Kecamatan', className: css.dim, cell: (school) => school.kecamatan },
  {
    head: 'Jumlah',
    className: css.dim,
    cell: (school) => (school.enrolled === null ? '–' : `${school.enrolled} murid`),
  },
  {
    head: 'Tindakan',
    unseen: true,
    cell: (school) => (
      <div className={css.acts}>
        {invites && !school.sample && (
          <>
            <Button
              leftSection={<IconTicket size={16} aria-hidden />}
              aria-label={`Buat kode undangan ${school.name}`}
              onClick={() => onInvite(school)}
            >
              Kode undangan
            </Button>
            <Button
              variant="subtle"
              aria-label={`Lembar WhatsApp untuk ${school.name}`}
              onClick={() => onSheet(school)}
            >
              Lembar WhatsApp
            </Button>
          </>
        )}
      </div>
    ),
  },
]

/** A PDF for the letter to a school: a new invitation code with its WhatsApp link and QR. */
function SheetDialog({ school, onClose }: { school: SchoolView; onClose: () => void }) {
  const make = useMutation({
    mutationFn: (wish: { days: number; uses: number }) => invitationSheet(school.npsn, wish),
    onSuccess(address) {
      const link = document.createElement('a')
      link.href = address
      link.download = `undangan-${school.npsn}.pdf`
      link.click()
      URL.revokeObjectURL(address)
      onClose()
    },
  })
  return (
    <AnswerDialog
      title={`Lembar WhatsApp ${school.name}`}
      explained="Membuat kode undangan baru dan lembar PDF berisi tautan serta kode QR untuk surat kepada sekolah."
      fields={[
        { kind: 'choice', name: 'days', label: 'Berlaku', options: options([7, 14, 30], 'hari'), required: true },
        { kind: 'choice', name: 'uses', label: 'Dapat dipakai', options: options([1, 2, 5], 'orang'), required: true },
      ]}
      submit="Buat lembar"
      busy={make.isPending}
      error={make.error}
      onSubmit={({ days, uses }) => make.mutate({ days: Number(days), uses: Number(uses) })}
      onClose={onClose}
    />
  )
}
