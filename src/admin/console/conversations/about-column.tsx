import { Link } from 'react-router'
import { StageRing } from '../parts/marks.tsx'
import { stepName } from '../words/conversation.ts'
import { stageName } from '../words/stage.ts'
import { date } from '../words/time.ts'
import css from './conversation-list.module.css'
import type { Conversation } from './conversations.ts'

/** Who writes: their school, what they have begun, and what they have sent in. */
export function AboutColumn({ shown }: { shown: Conversation }) {
  const { school, kecamatan, since, drafts, applications } = shown
  return (
    <aside className={css.about} aria-label="Tentang koordinator">
      <section>
        <h2>{school?.name ?? 'Belum terdaftar'}</h2>
        <p>
          {school && `NPSN ${school.npsn}`}
          {kecamatan && ` · Kecamatan ${kecamatan}`}
          {since && (
            <>
              <br />
              Koordinator sejak {date(since)}
            </>
          )}
        </p>
      </section>
      <section>
        <h2>Draf</h2>
        {drafts.length === 0 && <p>Tidak ada draf.</p>}
        <ul>
          {drafts.map((draft) => (
            <li key={draft.id}>
              {draft.name ?? 'Nama belum diisi'}
              <p>
                berhenti di {stepName(draft.step)} · sampai {date(draft.until)}
              </p>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>Permohonan</h2>
        {applications.length === 0 && <p>Belum ada permohonan.</p>}
        <ul>
          {applications.map((one) => (
            <li key={one.id}>
              <Link to={`/berkas/${one.id}`}>
                <span className={css.ticket}>{one.ticket}</span> {one.name ?? 'Data sudah dihapus'}
              </Link>
              <p className={css.stage}>
                <StageRing stage={one.stage} /> {stageName[one.stage]}
                {one.position !== null && `, posisi ${one.position}`}
              </p>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  )
}
