import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import { useNavigate } from 'react-router'
import { useLive } from '../client/live.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { SeverityIcon, StageRing } from '../parts/marks.tsx'
import { ProblemNotice } from '../parts/notices.tsx'
import { SkeletonRows } from '../parts/rows.tsx'
import { useNow } from '../parts/surroundings.ts'
import face from '../parts/text.module.css'
import { stageName } from '../words/stage.ts'
import { clock, day, number, span } from '../words/time.ts'
import { HoursPlot, PromisePlot } from './plots.tsx'
import css from './wall.module.css'
import { useWall } from './wall.ts'
import type { WallView } from './wall.ts'

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
  useKeys('wall', { leave })
  return (
    <main className={css.wall} aria-busy={wall === undefined}>
      <header className={css.head}>
        <h1>Antrean KIA</h1>
        <span className={css.quiet}>{day(now)}</span>
        <span className={face.fill} />
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
            {wall.moved} didahulukan, belum siap
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
              {oldestAt ? oldest(span(oldestAt, now)) : '\u00a0'}
            </div>
          </li>
        ))}
      </ol>
      {!query.isError && !wall && <SkeletonRows label="Memuat papan" />}
      {wall && (
        <div className={css.lower}>
          <div className={css.left}>
            <HoursPlot hours={wall.hours} today={wall.today} />
            <PromisePlot
              median={wall.median}
              p90={wall.p90}
              promise={wall.promise}
              kept={wall.kept}
              measured={wall.measured}
            />
          </div>
          <SchoolBars schools={wall.schools} />
        </div>
      )}
    </main>
  )
}

/** What has just come is not called old: the words would be wider than their stage. */
const oldest = (since: string): string => (since === 'baru saja' ? since : `terlama ${since}`)

/** So many fit on the wall in letters that are read from across the room. */
const SHOWN = 7

/** What each school got today and what it still waits for; the rest of the schools is one line. */
function SchoolBars({ schools }: { schools: WallView['schools'] }) {
  const shown = schools.length > SHOWN + 1 ? schools.slice(0, SHOWN) : schools
  const rest = schools.slice(shown.length)
  const most = Math.max(1, ...shown.flatMap(({ done, waiting }) => [done, waiting]))
  const sum = (of: 'done' | 'waiting') => rest.reduce((all, school) => all + school[of], 0)
  return (
    <section className={css.schools}>
      <h2 className={css.schoolHead}>
        <span>Per sekolah</span>
        <span>selesai hari ini</span>
        <span>menunggu</span>
      </h2>
      <ol>
        {shown.map(({ school, done, waiting }) => (
          <li key={school.npsn}>
            <span className={face.cut}>{school.name}</span>
            <span className={css.bars}>
              <i className={css.full} style={{ width: `${(70 * done) / most}%` }} />
              {number(done)}
            </span>
            <span className={css.bars}>
              <i className={css.open} style={{ width: `${(70 * waiting) / most}%` }} />
              {number(waiting)}
            </span>
          </li>
        ))}
        {rest.length > 0 && (
          <li>
            <span className={css.quiet}>{rest.length} sekolah lain</span>
            <span className={css.bars}>{number(sum('done'))}</span>
            <span className={css.bars}>{number(sum('waiting'))}</span>
          </li>
        )}
      </ol>
    </section>
  )
}
