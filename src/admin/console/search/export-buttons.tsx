import { stagesOf } from '../client/rights.ts'
import { useExport } from './search.ts'
import type { SearchFilters } from './search.ts'
import { useMe } from '../client/session.ts'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { FormatButtons } from '../parts/rows/format-buttons.tsx'

/** The list as a file; the server notes who took it and how many rows. */
export function ExportButtons({ filters }: { filters: SearchFilters }) {
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
