import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { Found, SearchFilters } from './search.ts'
import css from './search-page.module.css'

/** Filters that are on and can be taken away, and schools and coordinators that the words may mean. */
export function Suggestions(props: {
  found: Found
  filters: SearchFilters
  onChange: (change: SearchFilters) => void
}) {
  const { found, filters, onChange } = props
  const schools = found.schools.filter((school) => school.npsn !== filters.npsn)
  const coordinators = found.coordinators.filter((one) => one.id !== filters.coordinator)
  if (!filters.npsn && !filters.coordinator && schools.length === 0 && coordinators.length === 0) return null
  const first = found.items[0]
  return (
    <div className={css.suggestions}>
      {filters.npsn && (
        <Button rightSection={<IconX size={14} aria-hidden />} onClick={() => onChange({ npsn: '' })}>
          {first?.school.npsn === filters.npsn ? first.school.name : filters.npsn}
          <span className="mantine-visually-hidden"> hapus saringan</span>
        </Button>
      )}
      {filters.coordinator && (
        <Button rightSection={<IconX size={14} aria-hidden />} onClick={() => onChange({ coordinator: '' })}>
          Satu koordinator
        </Button>
      )}
      {schools.length + coordinators.length > 0 && <span>Mungkin yang dimaksud:</span>}
      {schools.map((school) => (
        <Button key={school.npsn} variant="subtle" onClick={() => onChange({ q: '', npsn: school.npsn })}>
          {school.name}
        </Button>
      ))}
      {coordinators.map((one) => (
        <Button key={one.id} variant="subtle" onClick={() => onChange({ q: '', coordinator: one.id })}>
          {one.name}, koordinator {one.school.name}
        </Button>
      ))}
    </div>
  )
}
