import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { Case } from '../client/case.ts'
import { useCaseExport } from '../client/search.ts'
import { ProblemNotice } from '../parts/problem-notice.tsx'

/** The case as a file of one row; the server notes who took it. `reason`: why it was opened, where it is not one's own. */
export function ExportCase({ shown, reason }: { shown: Case; reason: string | undefined }) {
  const save = useCaseExport()
  return (
    <>
      {save.isError && <ProblemNotice error={save.error} title="Berkas tidak dapat diunduh." />}
      {(['xlsx', 'csv'] as const).map((format) => (
        <Button
          key={format}
          size="xs"
          variant="subtle"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={save.isPending && save.variables.format === format}
          aria-label={`Unduh satu baris, ${format.toUpperCase()}`}
          title="Unduhan dicatat"
          onClick={() => save.mutate({ id: shown.id, format, ...(reason === undefined ? {} : { reason }) })}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </>
  )
}
