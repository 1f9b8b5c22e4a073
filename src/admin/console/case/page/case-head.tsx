import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconLock } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useNavigate } from 'react-router'
import type { Case } from '../../client/case.ts'
import { serverTime } from '../../client/request.ts'
import type { Stage } from '../../client/rights.ts'
import { StageRing } from '../../parts/marks.tsx'
import { useNow } from '../../parts/surroundings.ts'
import { stageName } from '../../words/stage.ts'
import { countdown } from '../../words/time.ts'
import css from './case-head.module.css'

const WAY: readonly Stage[] = ['verification', 'photo', 'siak_entry', 'printing', 'ready']

/** Who this is about, where it is on its way, and how long it is mine. */
export function CaseHead({ shown, onShowKeys }: { shown: Case; onShowKeys: () => void }) {
  const navigate = useNavigate()
  useNow(1000)
  const { claim, stage } = shown
  const at = WAY.indexOf(stage)
  const ahead = at === -1 ? [] : WAY.slice(at + 1, at + 4)
  return (
    <header className={css.head}>
      <ActionIcon aria-label="Kembali ke antrean" onClick={() => void navigate(`/antrean?tahap=${stage}`)}>
        <IconChevronLeft size={20} aria-hidden />
      </ActionIcon>
      <span className={css.ticket}>{shown.ticket}</span>
      <h1 className={css.name}>{shown.pupil?.name ?? 'Data sudah dihapus'}</h1>
      <span className={css.school}>
        {shown.school.name}
        {shown.pupil?.class && `, kelas ${shown.pupil.class}`}
        {shown.round !== null && ` · Putaran ${shown.round}`}
      </span>
      <div className={css.steps} role="group" aria-label="Tahap">
        <span className={css.now}>
          <StageRing stage={stage} />
          {stageName[stage]}
        </span>
        {ahead.map((next) => (
          <Fragment key={next}>
            <IconChevronRight size={12} aria-hidden />
            <span>{stageName[next]}</span>
          </Fragment>
        ))}
      </div>
      {claim?.token !== undefined && (
        <span className={css.lease} title="Diperpanjang selama Anda bekerja">
          <IconLock size={14} aria-hidden />
          <span>Anda, </span>sisa <time>{countdown(claim.leaseUntil, new Date(serverTime()))}</time>
        </span>
      )}
      <button type="button" className={css.keys} aria-label="Daftar tombol" onClick={onShowKeys}>
        ?
      </button>
    </header>
  )
}
