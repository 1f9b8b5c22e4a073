import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import type { SearchFilters } from './search.ts'
import { stageName } from '../words/stage.ts'
import css from './search-page.module.css'

const STAGES = Object.entries(stageName)
  .filter(([value]) => value !== 'draft')
  .map(([value, label]) => ({ value, label }))

/** The words to search for, and what narrows them; each change of a filter searches at once. */
export function SearchForm({
  filters,
  onChange,
}: {
  filters: SearchFilters
  onChange: (change: SearchFilters) => void
}) {
  const [text, setText] = useState(filters.q ?? '')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    onChange({ q: text.trim() })
  }
  return (
    <form className={css.form} onSubmit={submit} role="search">
      <TextInput
        label="Nomor, murid, NIK atau NPSN"
        placeholder="B417-6, Aisyah Contoh, 16 angka NIK"
        autoFocus
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled">
        Cari
      </Button>
      <NativeSelect
        label="Tahap"
        data={[{ value: '', label: 'Semua tahap' }, ...STAGES]}
        value={filters.stage ?? ''}
        onChange={(event) => onChange({ stage: (event.currentTarget.value || undefined) as SearchFilters['stage'] })}
      />
      <TextInput
        type="date"
        label="Masuk dari"
        value={filters.from ?? ''}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="Sampai"
        value={filters.to ?? ''}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
    </form>
  )
}
