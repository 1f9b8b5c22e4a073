import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Case } from '../client/case.ts'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import css from './note-panel.module.css'
import { Panel } from './panel.tsx'

/** What may be put right in a case. */
export type CorrectField = 'nik' | 'name' | 'birthDate' | 'kk' | 'class'

const digits = (text: string) => text.replaceAll(/[\s.-]/g, '')

/**
 * The holder puts values right after the documents; only what has changed is sent, and the school hears of it. `first`
 * is where they begin.
 */
export function CorrectPanel(props: {
  shown: Case
  first: CorrectField
  busy: boolean
  error: unknown
  onCorrect: (changes: Record<string, string>) => void
  onClose: () => void
}) {
  const { shown, first, busy, error, onCorrect, onClose } = props
  const before: Record<string, string> = {
    name: shown.pupil?.name ?? '',
    nik: shown.pupil?.nik ?? '',
    birthDate: shown.pupil?.birthDate ?? '',
    class: shown.pupil?.class ?? '',
    kk: shown.pupil?.kk ?? '',
  }
  const [values, setValues] = useState(before)
  const changes = Object.fromEntries(
    Object.entries(values)
      .map(([name, value]) => [name, name === 'nik' || name === 'kk' ? digits(value) : value.trim()] as const)
      .filter(([name, value]) => value !== '' && value !== before[name]),
  )
  const wrong = (name: string) =>
    changes[name] !== undefined && !/^\d{16}$/.test(changes[name]) ? 'Harus 16 angka' : undefined
  const field = (name: CorrectField) => ({
    'data-autofocus': name === first || undefined,
    value: values[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: event.currentTarget.value }),
  })
  return (
    <Panel
      title={`Ubah data ${shown.ticket ?? ''}`}
      submit="Simpan"
      ready={Object.keys(changes).length > 0 && !wrong('nik') && !wrong('kk')}
      busy={busy}
      onSubmit={() => onCorrect(changes)}
      onClose={onClose}
    >
      <div className={css.body}>
        {error !== null && error !== undefined && <ProblemNotice error={error} title="Belum tersimpan." />}
        <TextInput label="NIK" inputMode="numeric" error={wrong('nik')} {...field('nik')} />
        <TextInput label="Nama lengkap" maxLength={60} {...field('name')} />
        <TextInput label="Tanggal lahir" type="date" {...field('birthDate')} />
        <TextInput label="Nomor KK" inputMode="numeric" error={wrong('kk')} {...field('kk')} />
        <TextInput label="Kelas" maxLength={40} {...field('class')} />
        <p className={css.dim}>Sekolah diberi tahu data apa yang dibetulkan.</p>
      </div>
    </Panel>
  )
}
