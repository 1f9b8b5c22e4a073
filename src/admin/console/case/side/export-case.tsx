import type { Case } from '../../client/case.ts'
import { FormatButtons } from '../../parts/buttons.tsx'
import { ProblemNotice } from '../../parts/notices.tsx'
import { useCaseExport } from '../../search/search.ts'
import css from '../page/case-page.module.css'

/** The case as a file of one row; the server notes who took it. `reason`: why it was opened, where it is not one's own. */
export function ExportCase({ shown, reason }: { shown: Case; reason: string | undefined }) {
  const save = useCaseExport()
  if (!shown.pupil || shown.pupil.masked) return null
  return (
    <section className={css.section} aria-label="Unduhan">
      {save.isError && <ProblemNotice error={save.error} title="Berkas tidak dapat diunduh." />}
      <FormatButtons
        pending={save.isPending ? save.variables.format : undefined}
        label="Unduh satu baris"
        title="Unduhan dicatat"
        onSave={(format) => save.mutate({ id: shown.id, format, ...(reason === undefined ? {} : { reason }) })}
      />
    </section>
  )
}
