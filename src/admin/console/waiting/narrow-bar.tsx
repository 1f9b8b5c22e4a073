import { Button, NativeSelect } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconArrowBackUp } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { ClaimStage } from '../client/rights.ts'
import { number } from '../words/time.ts'
import css from './waiting-rows.module.css'
import { useQueueSchools } from './waiting.ts'
import type { Narrow } from './waiting.ts'

/** Narrows the list of a stage; the order stays the queue's own. On a phone one button opens it, and says how much is set. */
export function NarrowBar({ stage }: { stage: ClaimStage }) {
  const [narrow, change] = useNarrow()
  const known = useQueueSchools(stage).data?.items ?? []
  // the chosen one stays there to be taken away, also when nothing of it waits
  const { npsn } = narrow
  const set = Object.keys(narrow).length
  const [open, setOpen] = useState(false)
  const choices = useId()
  const gone = npsn !== undefined && known.every((school) => school.npsn !== npsn)
  const schools = known.map((school) => ({ value: school.npsn, label: `${school.name}, ${number(school.rows)}` }))
  return (
    <>
      <Button
        className={css.opener ?? ''}
        variant="subtle"
        leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
        aria-expanded={open}
        aria-controls={choices}
        data-on={set > 0}
        onClick={() => setOpen((now) => !now)}
      >
        {set > 0 ? `Saring, ${set} dipakai` : 'Saring'}
      </Button>
      <div id={choices} className={css.bar} role="group" aria-label="Saring antrean" data-open={open}>
        <NativeSelect
          className={css.narrowSchool ?? ''}
          variant="unstyled"
          aria-label="Sekolah"
          value={npsn ?? ''}
          data={[
            { value: '', label: 'Sekolah: semua' },
            ...(gone ? [{ value: npsn, label: `NPSN ${npsn}` }] : []),
            ...schools,
          ]}
          onChange={({ currentTarget: { value } }) => change({ npsn: value || undefined })}
        />
        <NativeSelect
          variant="unstyled"
          aria-label="Temuan"
          value={narrow.findings ?? ''}
          data={[
            { value: '', label: 'Temuan: semua' },
            { value: 'some', label: 'Temuan: ada' },
          ]}
          onChange={({ currentTarget: { value } }) => change({ findings: value === 'some' ? value : undefined })}
        />
        <Button
          variant="subtle"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          aria-pressed={narrow.corrected !== undefined}
          data-on={narrow.corrected !== undefined}
          onClick={() => change({ corrected: narrow.corrected ? undefined : 'yes' })}
        >
          Hanya perbaikan
        </Button>
      </div>
    </>
  )
}

const NAMES = { npsn: 'sekolah', findings: 'temuan', corrected: 'perbaikan' } as const
const FINDINGS = 'ada'
const CORRECTED = 'ya'

/** What the queue is narrowed to, kept in the address, so that a reload and a shared link keep it. */
export function useNarrow(): [Narrow, (change: { [name in keyof Narrow]: Narrow[name] | undefined }) => void] {
  const [search, setSearch] = useSearchParams()
  const npsn = search.get(NAMES.npsn)
  const narrow: Narrow = {
    ...(npsn && { npsn }),
    ...(search.get(NAMES.findings) === FINDINGS && { findings: 'some' }),
    ...(search.get(NAMES.corrected) === CORRECTED && { corrected: 'yes' }),
  }
  return [
    narrow,
    (change) => {
      const wanted = { ...narrow, ...change }
      const words = {
        npsn: wanted.npsn,
        findings: wanted.findings && FINDINGS,
        corrected: wanted.corrected && CORRECTED,
      }
      setSearch(
        (now) => {
          for (const [name, word] of Object.entries(words) as [keyof typeof NAMES, string | undefined][]) {
            if (word) now.set(NAMES[name], word)
            else now.delete(NAMES[name])
          }
          return now
        },
        { replace: true },
      )
    },
  ]
}
