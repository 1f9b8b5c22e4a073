import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { stagesOf } from '../client/rights.ts'
import { useExport } from '../client/search.ts'
import type { SearchFilters } from '../client/search.ts'
import { useMe } from '../client/session.ts'
import { ProblemNotice } from '../parts/problem-notice.tsx'

/** The list as a file; the server notes who took it and how many rows. */
export function ExportButtons({ filters }: { filters: SearchFilters }) {
  const me = useMe()
  const save = useExport()
  if (stagesOf(me.roles).length === 0) return null
  return (
    <>
      {save.isError && <ProblemNotice error={save.error} title="Daftar tidak dapat diunduh." />}
      {(['xlsx', 'csv'] as const).map((format) => (
        <Button
          key={format}
          variant="subtle"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={save.isPending && save.variables.format === format}
          onClick={() => save.mutate({ ...filters, format })}
          title="Unduhan dicatat; NIK disamarkan"
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </>
  )
}
