import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { isRealDate } from '../../../../models/identity/date.ts'
import type { Case } from '../../client/case.ts'
import { correctName, draftOf, keepDraft } from '../page/draft.ts'
import type { CorrectField } from '../page/draft.ts'
import { DateField } from '../../parts/date-field.tsx'
import { Panel, PanelBody } from './panel.tsx'

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
  const [typed, setTyped] = useState(() => draftOf(shown.id).values)
  const values: Record<string, string> = { ...before, ...typed }
  const keep = (next: typeof typed) => {
    setTyped(next)
    keepDraft(shown.id, { ...draftOf(shown.id), values: next })
  }
  const changes = Object.fromEntries(
    Object.entries(values)
      .map(([name, value]) => [name, name === 'nik' || name === 'kk' ? digits(value) : value.trim()] as const)
      .filter(([name, value]) => value !== '' && value !== before[name]),
  )
  const wrong = (name: string) =>
    changes[name] !== undefined && !/^\d{16}$/.test(changes[name]) ? 'Harus 16 angka' : undefined
  const field = (name: CorrectField) => ({
    label: correctName[name],
    'data-autofocus': name === first || undefined,
    value: values[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) => keep({ ...typed, [name]: event.currentTarget.value }),
  })
  return (
    <Panel
      surface="correct"
      title={`Ubah data ${shown.ticket ?? ''}`}
      submit="Simpan"
      ready={Object.keys(changes).length > 0 && !wrong('nik') && !wrong('kk') && isRealDate(values['birthDate'] ?? '')}
      busy={busy}
      onSubmit={() => onCorrect(changes)}
      onClose={() => {
        // who closes it wants none of it; a lost claim does not ask
        keep({})
        onClose()
      }}
    >
      <PanelBody error={error} explained="Sekolah diberi tahu data apa yang dibetulkan.">
        <TextInput inputMode="numeric" error={wrong('nik')} {...field('nik')} />
        <TextInput maxLength={60} {...field('name')} />
        <DateField
          {...field('birthDate')}
          onChange={(birthDate) => keep({ ...typed, birthDate })}
          onUnread={(birthDate) => keep({ ...typed, birthDate })}
        />
        <TextInput inputMode="numeric" error={wrong('kk')} {...field('kk')} />
        <TextInput maxLength={40} {...field('class')} />
      </PanelBody>
    </Panel>
  )
}
