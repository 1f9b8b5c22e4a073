import { Link } from 'react-router'
import type { RelatedItem } from '../../../contract/related.ts'
import type { Case, useRelated } from '../../client/case.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { SkeletonRows } from '../../parts/rows/skeleton-rows.tsx'
import { stageName } from '../../words/stage.ts'
import { dateOf } from '../../words/time.ts'
import css from './context-column.module.css'

const how: Record<RelatedItem['by'], string> = { nik: 'NIK sama', kk: 'KK sama', file: 'Foto KK sama' }

/** Brothers and sisters by the family card, and what else was applied for with this NIK. */
export function FamilyList(props: { shown: Case; related: ReturnType<typeof useRelated>; readable: boolean }) {
  const { shown, related: query, readable } = props
  const items = query.data?.items ?? []
  const same = items.filter((one) => one.by === 'nik')
  const family = items.filter((one) => one.by !== 'nik')
  return (
    <section>
      <h2>Keluarga dan permohonan lain</h2>
      {!readable ? (
        <p className={css.dim}>Terbuka setelah alasan ditulis.</p>
      ) : query.isError ? (
        <ProblemNotice error={query.error} title="Belum dapat dicari." retry={() => void query.refetch()} />
      ) : !query.data ? (
        <SkeletonRows label="Mencari keluarga dan permohonan lain" short />
      ) : (
        <ul>
          {family.length === 0 && <li className={css.dim}>Tidak ada saudara yang diajukan.</li>}
          {family.map((one) => (
            <Item key={one.id} item={one} npsn={shown.school.npsn} />
          ))}
          {same.length === 0 && <li className={css.dim}>Tidak ada permohonan lain dengan NIK ini.</li>}
          {same.map((one) => (
            <Item key={one.id} item={one} npsn={shown.school.npsn} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Item({ item, npsn }: { item: RelatedItem; npsn: string }) {
  return (
    <li>
      <Link className={css.person} to={`/berkas/${item.id}`}>
        {item.name ?? 'Data sudah dihapus'}
      </Link>
      <span className={css.under}>
        {how[item.by]} · {item.ticket}, {stageName[item.stage].toLowerCase()} {dateOf(item.stageAt)}
        {item.school.npsn !== npsn && ` · ${item.school.name}`}
      </span>
    </li>
  )
}
