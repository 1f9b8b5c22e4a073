import { Button } from '@mantine/core'
import { useLive } from '../client/live.tsx'
import { SERIES } from './series.ts'
import type { useTakeSeries } from './series.ts'
import type { Counts } from '../waiting/waiting.ts'
import { KeyHint } from '../parts/key-hint.tsx'
import css from './series.module.css'

/** Takes a series, by the one filled button; where nothing waits it says so, and who has the rest. */
export function SeriesStart(props: {
  counts: Counts['stages']['siak_entry'] | undefined
  /** Rows of a series that is done stand below. */
  after: boolean
  take: Pick<ReturnType<typeof useTakeSeries>, 'isPending' | 'isSuccess' | 'data'>
  onTake: () => void
}) {
  const { counts, after, take, onTake } = props
  const { offlineSince } = useLive()
  const none = counts?.queued === 0
  // the counts may be older than what was asked for just now
  const empty = none || (take.isSuccess && take.data === undefined)
  // who may begin one holds nothing; what they have just entered may still be counted as held
  const others = after ? 0 : (counts?.claimed ?? 0)
  return (
    <div className={css.start}>
      <Button
        variant="filled"
        size="md"
        loading={take.isPending}
        disabled={none || offlineSince !== undefined}
        rightSection={<KeyHint keys="Enter" />}
        aria-keyshortcuts="Enter"
        onClick={onTake}
      >
        {none ? 'Ambil berikutnya' : `Ambil ${Math.min(SERIES, counts?.queued ?? SERIES)} berikutnya`}
      </Button>
      <p className={css.dim} role="status">
        {empty
          ? `Antrean entri SIAK kosong${others > 0 ? `, ${others} dipegang rekan` : ''}.`
          : `Urutan dihitung sistem: yang pertama menunggu, paling banyak ${SERIES} berkas.`}
      </p>
    </div>
  )
}
