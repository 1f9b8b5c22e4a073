import { useSearch } from './search.ts'
import { Empty } from '../parts/rows/empty.tsx'
import { NextPage } from '../parts/rows/next-page.tsx'
import { Page } from '../parts/page.tsx'
import { RowsState } from '../parts/rows/rows-state.tsx'
import { ExportButtons } from './export-buttons.tsx'
import { FoundRows } from './found-rows.tsx'
import { SearchForm } from './search-form.tsx'
import css from './search-page.module.css'
import { Suggestions } from './suggestions.tsx'
import { useSearchFilters } from './use-search-filters.ts'

/** Finds applications by ticket, NIK, school, coordinator or name, in any stage. */
export function SearchPage() {
  const [filters, change] = useSearchFilters()
  const query = useSearch(filters)
  const { first, items: rows } = query.data ?? {}
  const asked = Object.keys(filters).length > 0
  return (
    <Page title="Cari" actions={asked && rows && rows.length > 0 && <ExportButtons filters={filters} />}>
      <div className={css.content}>
        <SearchForm key={filters.q ?? ''} filters={filters} onChange={change} />
        {first && asked && <Suggestions found={first} filters={filters} onChange={change} />}
        <div className={css.scroll} role="region" tabIndex={0} aria-label="Hasil pencarian">
          {asked ? (
            <RowsState
              query={query}
              label="Hasil"
              empty={`Tidak ada permohonan${filters.q === undefined ? '' : ` untuk ${filters.q}`}`}
            >
              {(items) => (
                <>
                  <FoundRows items={items} total={first?.total ?? items.length} whole={!query.hasNextPage} />
                  <NextPage list={query} />
                </>
              )}
            </RowsState>
          ) : (
            <Empty title="Apa yang dicari?">
              <p>Nomor antrean, NIK lengkap, NPSN, atau kata dari nama murid. Salah satu huruf tetap ditemukan.</p>
            </Empty>
          )}
        </div>
      </div>
    </Page>
  )
}
