import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import { useNavigate } from 'react-router'
import { useLive } from '../client/live.tsx'
import { useWall } from './wall.ts'
import type { WallView } from './wall.ts'
import { useKeys } from '../keys/use-keys.ts'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { SkeletonRows } from '../parts/rows/skeleton-rows.tsx'
import { SeverityIcon } from '../parts/severity-icon.tsx'
import { StageRing } from '../parts/stage-ring.tsx'
import { useNow } from '../parts/use-now.ts'
import { number } from '../words/number.ts'
import { stageName } from '../words/stage.ts'
import { clock, day, span } from '../words/time.ts'
import { HoursPlot } from './hours-plot.tsx'
import { PromisePlot } from './promise-plot.tsx'
import { SchoolBars } from './school-bars.tsx'
import css from './wall.module.css'

/**
 * How large the counts are, in pixels of the drawing: all alike, so that the longest still has its column. A digit is
 * about two thirds as wide as it is high.
 */
function countSize(stages: WallView['stages']): number {
  const longest = Math.max(1, ...stages.map(({ waiting }) => number(waiting).length))
  const column = 1376 / Math.max(1, stages.length) - 40
  return Math.min(104, Math.floor(column / (0.68 * longest)))
}

/** The day at a glance, from across the room: nothing here is pressed, and nobody is named. */
export function WallPage() {
  const query = useWall()
  const wall = query.data
  const { offlineSince } = useLive()
  const now = useNow(10_000)
  const navigate = useNavigate()
  const leave = () => void navigate('/antrean')
  useKeys({ Escape: leave })
  return (
    <main className={css.wall} aria-busy={wall === undefined}>
      <header className={css.head}>
        <h1>Antrean KIA</h1>
        <span className={css.quiet}>{day(now)}</span>
        <span className={css.grow} />
        {offlineSince && (
          <span className={css.warn} role="status">
            <SeverityIcon severity="check" over="var(--bg)" size={28} />
            Terputus sejak {clock(offlineSince)}
          </span>
        )}
        <span className={css.quiet}>{wall ? `${wall.working} petugas bekerja` : ''}</span>
        {wall && wall.moved > 0 && (
          <span className={css.warn}>
            <SeverityIcon severity="check" over="var(--bg)" size={28} />
            {wall.moved} dimajukan penyelia
          </span>
        )}
        <span className={css.clock}>{clock(now)}</span>
        <ActionIcon className={css.leave ?? ''} aria-label="Tutup papan" title="Tutup papan (Esc)" onClick={leave}>
          <IconX size={24} aria-hidden />
        </ActionIcon>
      </header>
      {query.isError && !wall && (
        <ProblemNotice error={query.error} title="Papan tidak dapat dimuat." retry={() => void query.refetch()} />
      )}
      <ol
        className={css.stages}
        aria-label="Menunggu tiap tahap"
        style={{ '--count': countSize(wall?.stages ?? []) } as CSSProperties}
      >
        {(wall?.stages ?? []).map(({ stage, waiting, oldestAt, late }) => (
          <li key={stage}>
            <div className={css.stage}>
              <StageRing stage={stage} size={28} />
              {stageName[stage]}
            </div>
            <div className={css.count}>{number(waiting)}</div>
            <div className={late ? css.late : css.quiet}>
              {late && <SeverityIcon severity="heavy" over="var(--bg)" size={24} />}
              {oldestAt ? `terlama ${span(oldestAt, now)}` : '\u00a0'}
            </div>
          </li>
        ))}
      </ol>
      {!query.isError && !wall && <SkeletonRows label="Memuat papan" />}
      {wall && (
        <div className={css.lower}>
          <div className={css.left}>
            <HoursPlot hours={wall.hours} today={wall.today} />
            <PromisePlot median={wall.median} p90={wall.p90} promise={wall.promise} kept={wall.kept} />
          </div>
          <SchoolBars schools={wall.schools} />
        </div>
      )}
    </main>
  )
}
