import { Button } from '@mantine/core'
import { useState } from 'react'
import { useChangeSettings } from './settings.ts'
import type { SetReason, SettingsView } from './settings.ts'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import css from './settings.module.css'
import { ReasonDialog } from './reason-dialog.tsx'

const WHO = { school: 'sekolah', parent: 'orang tua', office: 'kantor' } as const

/** Why a file may be sent back, and what the school reads then. Letters are for good. */
export function ReturnReasons({ settings }: { settings: SettingsView }) {
  const [editing, setEditing] = useState<SetReason | 'new'>()
  const change = useChangeSettings()
  const retire = ({ retired, ...one }: SetReason) => {
    const next: SetReason = retired ? one : { ...one, retired: true }
    const list = settings.returnReasons.map((other) => (other.code === one.code ? next : other))
    change.mutate({ rev: settings.rev, returnReasons: list })
  }
  return (
    <section aria-labelledby="reasons">
      <div className={css.title}>
        <h2 id="reasons">Alasan pengembalian</h2>
        <Button disabled={settings.returnReasons.length >= 26} onClick={() => setEditing('new')}>
          Tambah alasan
        </Button>
      </div>
      {change.isError && <ProblemNotice error={change.error} title="Belum tersimpan." />}
      <ul className={css.list}>
        {settings.returnReasons.map((one) => (
          <li key={one.code}>
            <kbd>{one.letter}</kbd>
            <span className={css.grow}>
              {one.label}
              {one.retired && ' (tidak ditawarkan lagi)'}
              <small>
                {one.fix} · diperbaiki {WHO[one.who]}
                {one.place && ` · ${one.place}`}
              </small>
            </span>
            <Button
              variant="subtle"
              aria-label={`${one.retired ? 'Tawarkan lagi' : 'Hentikan'} ${one.label}`}
              disabled={change.isPending}
              onClick={() => retire(one)}
            >
              {one.retired ? 'Tawarkan lagi' : 'Hentikan'}
            </Button>
            <Button aria-label={`Ubah ${one.label}`} onClick={() => setEditing(one)}>
              Ubah
            </Button>
          </li>
        ))}
      </ul>
      {editing && (
        <ReasonDialog
          settings={settings}
          of={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  )
}
