import { Button } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload, IconLock } from '@tabler/icons-react'
import { Link } from 'react-router'
import { pictureOf, portraitIn } from '../client/case.ts'
import { hinted, shortcut } from '../keys/key-hint.tsx'
import { IdentityNumber } from '../parts/marks.tsx'
import face from '../parts/text.module.css'
import { reasonLine } from '../words/people.ts'
import { birthDay, clock } from '../words/time.ts'
import css from './series.module.css'
import type { ShownRow } from './series.ts'

/** One pupil to be typed into SIAK. The row under the mark has the buttons. */
export function SeriesRow(props: {
  row: ShownRow
  place: number
  current: boolean
  copied: boolean
  onMark: () => void
  onCopy: () => void
  onPortrait: () => void
  onDone: () => void
}) {
  const { row, place, current, copied, onMark, onCopy, onPortrait, onDone } = props
  const { one, state, at } = row
  const { pupil } = one
  const portrait = portraitIn(one)
  return (
    <li className={css.row} data-state={state} aria-current={current ? 'true' : undefined}>
      <span className={css.place}>{place}</span>
      <span className={`${css.mono} ${face.mono}`}>{one.ticket}</span>
      {state === 'held' && !current ? (
        <button type="button" className={`${css.name} ${face.name}`} onClick={onMark}>
          {pupil?.name}
        </button>
      ) : (
        <Link
          className={`${css.name} ${face.name}`}
          to={`/berkas/${one.id}`}
          {...(current && { 'aria-keyshortcuts': shortcut('series', 'open') })}
        >
          {pupil?.name}
        </Link>
      )}
      <span className={css.nik}>{pupil && <IdentityNumber value={pupil.nik} />}</span>
      <span className={css.dim}>{pupil && birthDay(pupil.birthDate)}</span>
      <span className={css.school}>
        {one.school.name} · {reasonLine(one)}
      </span>
      <span className={css.state}>
        {state === 'entered' && (
          <>
            <IconCheck size={16} aria-hidden />
            Sudah entri {at && clock(at)}
          </>
        )}
        {state === 'lost' && (
          <>
            <IconLock size={16} aria-hidden />
            Tidak lagi Anda pegang
          </>
        )}
        {current && (
          <>
            {portrait && (
              <>
                <img
                  className={css.portrait}
                  src={pictureOf(one.id, portrait, 'thumb')}
                  alt={portrait.edited ? 'Pas foto hasil edit' : 'Pas foto seperti dikirim'}
                />
                <Button
                  leftSection={<IconDownload size={16} aria-hidden />}
                  {...hinted('series', 'portrait')}
                  onClick={onPortrait}
                >
                  Unduh foto
                </Button>
              </>
            )}
            <Button
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              {...hinted('series', 'copy')}
              onClick={onCopy}
            >
              {copied ? 'Tersalin' : 'Salin untuk SIAK'}
            </Button>
            <Button variant="filled" {...hinted('series', 'done')} onClick={onDone}>
              Sudah entri
            </Button>
          </>
        )}
      </span>
    </li>
  )
}
