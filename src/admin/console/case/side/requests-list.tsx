import type { Case } from '../../client/case.ts'
import { Notice } from '../../parts/notice.tsx'
import { clock } from '../../words/time.ts'
import css from '../page/case-page.module.css'

/** What the school asked for while somebody held the case. */
export function RequestsList({ shown }: { shown: Case }) {
  const asked = shown.requests.filter((request) => request.kind !== 'note')
  if (asked.length === 0) return null
  return (
    <section className={css.section} aria-label="Permintaan sekolah">
      {asked.map((request) => (
        <Notice
          key={request.id}
          tone={request.kind === 'cancel' ? 'check' : 'note'}
          title={
            request.kind === 'cancel'
              ? `Sekolah meminta pembatalan, ${clock(request.at)}`
              : request.from === undefined
                ? `Sekolah mengirim ${request.files?.length ?? 0} berkas lagi, ${clock(request.at)}`
                : `Berkas dipindahkan operator dari ${request.from}, ${clock(request.at)}`
          }
        >
          {request.note && <p>“{request.note}”</p>}
        </Notice>
      ))}
    </section>
  )
}
