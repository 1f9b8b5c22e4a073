import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { RefObject, SubmitEvent } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { stagesOf } from '../client/rights.ts'
import { useMe } from '../client/session.ts'
import { useKeys } from '../keys/use-keys.ts'
import { DateField } from '../parts/date-field.tsx'
import { FormatButtons } from '../parts/buttons.tsx'
import { ProblemNotice } from '../parts/notices.tsx'
import { Page } from '../parts/page.tsx'
import rows from '../parts/rows.module.css'
import { Empty } from '../parts/rows.tsx'
import { ListRegion } from '../parts/table.tsx'
import { stageName } from '../words/stage.ts'
import { FoundRows } from './found-rows.tsx'
import css from './search-page.module.css'
import { useExport, useSearch } from './search.ts'
import type { Found, SearchFilters } from './search.ts'

/** Finds applications by ticket, NIK, school, coordinator or name, in any stage. */
export function SearchPage() {
  const [filters, change] = useSearchFilters()
  const query = useSearch(filters)
  const { first, items } = query.data ?? {}
  const asked = Object.keys(filters).length > 0
  const field = useRef<HTMLInputElement>(null)
  const toField = () => {
    if (document.activeElement === field.current) return 'Ketik yang dicari, lalu Enter.'
    field.current?.focus()
    field.current?.select()
    return undefined
  }
  useKeys('search', { toField })
  useKeys('everywhere', { search: toField })
  const { list, seek } = useSought(filters, query)
  return (
    <Page title="Cari" actions={asked && items && items.length > 0 && <ExportButtons filters={filters} />}>
      <div className={rows.content}>
        <SearchForm
          key={filters.q ?? ''}
          field={field}
          filters={filters}
          onChange={change}
          onSeek={(q) => {
            change({ q })
            seek(q)
          }}
        />
        {first && asked && <Suggestions found={first} filters={filters} onChange={change} />}
        <ListRegion name="Hasil pencarian" ref={list}>
          {asked ? (
            <FoundRows
              query={query}
              empty={`Tidak ada permohonan${filters.q === undefined ? '' : ` untuk ${filters.q}`}`}
            />
          ) : (
            <Empty title="Apa yang dicari?">
              <p>Nomor antrean, NIK lengkap, NPSN, atau kata dari nama murid. Salah satu huruf tetap ditemukan.</p>
            </Empty>
          )}
        </ListRegion>
      </div>
    </Page>
  )
}

/** Where words that were sent off lead: a whole ticket to its case, others to the first row, as soon as it is there. */
function useSought({ q = '' }: SearchFilters, { data, isPlaceholderData }: ReturnType<typeof useSearch>) {
  const navigate = useNavigate()
  const list = useRef<HTMLDivElement>(null)
  const [sought, setSought] = useState<string>()
  // the address follows in a transition
  const found = isPlaceholderData || q !== sought ? undefined : data
  useEffect(() => {
    if (!found) return
    setSought(undefined)
    const [first, ...others] = found.items
    if (first && others.length === 0 && found.first?.read === 'ticket') void navigate(`/berkas/${first.id}`)
    else list.current?.querySelector('a')?.focus()
  }, [found, navigate])
  return { list, seek: setSought }
}

/** Filters that are on and can be taken away, and schools and coordinators that the words may mean. */
function Suggestions(props: { found: Found; filters: SearchFilters; onChange: (change: SearchFilters) => void }) {
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

/** The list as a file; the server notes who took it and how many rows. */
function ExportButtons({ filters }: { filters: SearchFilters }) {
  const me = useMe()
  const save = useExport()
  if (stagesOf(me.roles).length === 0) return null
  return (
    <>
      {save.isError && <ProblemNotice error={save.error} title="Daftar tidak dapat diunduh." />}
      <FormatButtons
        pending={save.isPending ? save.variables.format : undefined}
        title="Unduhan dicatat; NIK disamarkan"
        onSave={(format) => save.mutate({ ...filters, format })}
      />
    </>
  )
}

const STAGES = Object.entries(stageName)
  .filter(([value]) => value !== 'draft')
  .map(([value, label]) => ({ value, label }))

/** The words to search for, and what narrows them; each change of a filter searches at once. */
function SearchForm(props: {
  field: RefObject<HTMLInputElement | null>
  filters: SearchFilters
  onChange: (change: SearchFilters) => void
  /** The words were sent off. */
  onSeek: (q: string) => void
}) {
  const { field, filters, onChange, onSeek } = props
  const [text, setText] = useState(filters.q ?? '')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    onSeek(text.trim())
  }
  return (
    <form className={css.form} onSubmit={submit} role="search">
      <TextInput
        ref={field}
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
      <DateField label="Masuk dari" value={filters.from ?? ''} onChange={(from) => onChange({ from })} />
      <DateField label="Sampai" value={filters.to ?? ''} onChange={(to) => onChange({ to })} />
    </form>
  )
}

/**
 * More digits than an NPSN has are somebody's number, or a part of it: they are searched for and stand in no address and
 * no history of a browser.
 */
const DIGITS = /^[\d\s.-]*$/
const NPSN_DIGITS = 8
const isNumber = (q: string): boolean => DIGITS.test(q) && q.replaceAll(/\D/g, '').length > NPSN_DIGITS

const NAMES = { stage: 'tahap', npsn: 'sekolah', coordinator: 'koordinator', from: 'dari', to: 'sampai' } as const

/**
 * What is searched for, kept in the address, so that a reload and a shared link keep it. The words stand behind the
 * `#`, which no browser sends to a server.
 */
function useSearchFilters(): [SearchFilters, (change: SearchFilters) => void] {
  const { search, hash } = useLocation()
  const navigate = useNavigate()
  const [number, setNumber] = useState<string>()
  const params = new URLSearchParams(search)
  const q = number ?? new URLSearchParams(hash.slice(1)).get('q') ?? ''
  const filters: SearchFilters = q === '' ? {} : { q }
  const stage = params.get(NAMES.stage)
  if (stage !== null && stage !== 'draft' && Object.hasOwn(stageName, stage)) {
    filters.stage = stage as NonNullable<SearchFilters['stage']>
  }
  for (const name of ['npsn', 'coordinator', 'from', 'to'] as const) {
    const value = params.get(NAMES[name])
    if (value !== null && value !== '') filters[name] = value
  }
  return [
    filters,
    (change) => {
      const next = { ...filters, ...change }
      const query = new URLSearchParams()
      for (const [name, word] of Object.entries(NAMES) as [keyof typeof NAMES, string][]) {
        if (next[name]) query.set(word, next[name])
      }
      const words = next.q ?? ''
      setNumber(isNumber(words) ? words : undefined)
      const hidden = words === '' || isNumber(words)
      void navigate(
        { search: query.toString(), hash: hidden ? '' : `#${new URLSearchParams({ q: words }).toString()}` },
        { replace: true },
      )
    },
  ]
}
