import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { Dialog } from '../parts/dialogs.tsx'
import { ProblemNotice } from '../parts/notices.tsx'
import own from '../parts/rows.module.css'
import face from '../parts/text.module.css'
import css from './settings.module.css'
import { useChangeSettings } from './settings.ts'
import type { SetReason, SettingsView } from './settings.ts'

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
            <span className={face.grow}>
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

const MENDERS = [
  { value: 'school', label: 'Sekolah' },
  { value: 'parent', label: 'Orang tua' },
  { value: 'office', label: 'Kantor' },
]
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')

/** The code of a new reason: from its words, as `RR_FOTO_BURAM`, unlike all that are there. */
function codeOf(label: string, taken: readonly SetReason[]): string {
  const plain = label
    .toUpperCase()
    .normalize('NFKD')
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
  const code = `RR_${plain}`.slice(0, 38)
  return taken.some((one) => one.code === code) ? `${code}_${taken.length}` : code
}

/** One reason: its words, what to do about it, and by whom. The letter of a new one is chosen among the free ones. */
function ReasonDialog(props: { settings: SettingsView; of: SetReason | undefined; onClose: () => void }) {
  const { settings, of, onClose } = props
  const { rev, returnReasons } = settings
  const change = useChangeSettings()
  const free = LETTERS.filter((letter) => returnReasons.every((one) => one.letter !== letter))
  const [letter, setLetter] = useState(of?.letter ?? free[0] ?? '')
  const [label, setLabel] = useState(of?.label ?? '')
  const [fix, setFix] = useState(of?.fix ?? '')
  const [who, setWho] = useState<SetReason['who']>(of?.who ?? 'school')
  const [place, setPlace] = useState(of?.place ?? '')
  const ready = label.trim().length >= 3 && fix.trim().length >= 3 && letter !== ''
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    if (!ready) return
    const { place: _place, ...kept } = of ?? { code: codeOf(label, returnReasons), asks: [] }
    const next: SetReason = {
      ...kept,
      letter,
      label: label.trim(),
      fix: fix.trim(),
      who,
      ...(place.trim() === '' ? {} : { place: place.trim() }),
    }
    const list = of ? returnReasons.map((one) => (one.code === of.code ? next : one)) : [...returnReasons, next]
    change.mutate({ rev, returnReasons: list }, { onSuccess: onClose })
  }
  return (
    <Dialog onClose={onClose} title={of ? `Ubah alasan ${of.letter}` : 'Tambah alasan'}>
      <form className={own.form} onSubmit={send}>
        {change.isError && <ProblemNotice error={change.error} title="Belum tersimpan." />}
        {!of && (
          <NativeSelect
            label="Huruf"
            description="Tidak dapat diubah lagi dan tidak dipakai ulang. Alasan baru tidak dapat diurungkan, hanya dihentikan"
            data={free}
            value={letter}
            onChange={(event) => setLetter(event.currentTarget.value)}
          />
        )}
        <TextInput
          label="Alasan"
          data-autofocus
          maxLength={120}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Textarea
          label="Yang harus dilakukan"
          description="Dibaca sekolah, kata demi kata"
          rows={3}
          maxLength={500}
          value={fix}
          onChange={(event) => setFix(event.currentTarget.value)}
        />
        <NativeSelect
          label="Diperbaiki oleh"
          data={MENDERS}
          value={who}
          onChange={(event) => setWho(event.currentTarget.value as SetReason['who'])}
        />
        {who === 'parent' && (
          <TextInput
            label="Tempat mengurusnya"
            maxLength={120}
            value={place}
            onChange={(event) => setPlace(event.currentTarget.value)}
          />
        )}
        <Button type="submit" variant="filled" disabled={!ready} loading={change.isPending}>
          Simpan
        </Button>
      </form>
    </Dialog>
  )
}
