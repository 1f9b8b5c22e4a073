import { usePolicyPreview, useSettings } from './settings.ts'
import { Page } from '../parts/page.tsx'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { SkeletonRows } from '../parts/rows/skeleton-rows.tsx'
import { fullMoment } from '../words/time.ts'
import { Holidays } from './holidays.tsx'
import { Policy } from './policy.tsx'
import { ReturnReasons } from './return-reasons.tsx'
import css from './settings.module.css'

/** What supervisors change of the office while it works; the rest stands in the office file. */
export function SettingsPage() {
  const query = useSettings()
  const settings = query.data
  // what stands above the rest comes with it
  const preview = usePolicyPreview(settings?.fairness)
  return (
    <Page
      title="Pengaturan"
      beside={
        settings?.changed
          ? `Terakhir diubah ${settings.changed.by}, ${fullMoment(settings.changed.at)}`
          : settings
            ? 'Belum pernah diubah'
            : '\u00a0'
      }
    >
      <div className={css.page} role="region" tabIndex={0} aria-label="Pengaturan">
        {settings && (preview.data || preview.isError) ? (
          <>
            <Policy key={JSON.stringify(settings.fairness)} settings={settings} />
            <Holidays settings={settings} />
            <ReturnReasons settings={settings} />
          </>
        ) : query.isError ? (
          <ProblemNotice
            error={query.error}
            title="Pengaturan tidak dapat dimuat."
            retry={() => void query.refetch()}
          />
        ) : (
          <SkeletonRows label="Memuat pengaturan" />
        )}
      </div>
    </Page>
  )
}
