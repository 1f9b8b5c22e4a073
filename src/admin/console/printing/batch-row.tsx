import { Button } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconCircle, IconCircleHalf2, IconLock } from '@tabler/icons-react'
import type { RowPlace } from '../parts/drawn-rows.ts'
import { SeverityIcon } from '../parts/marks.tsx'
import face from '../parts/text.module.css'
import { hindranceWords } from '../words/hindrance.ts'
import { stageName } from '../words/stage.ts'
import { clock } from '../words/time.ts'
import css from './printing.module.css'
import type { BatchRow as Row } from './printing.ts'

/** The school wants no card any more, and asks it of whoever holds it. */
export const asksToCancel = ({ item }: Row): boolean => item.hindrance === 'cancel-asked'

/** Where the card is, in words. */
function stateWords(row: Row, printed: boolean, current: boolean, reason: string): string {
  const { state, holds, item, at, note } = row
  const hindrance = item.hindrance && hindranceWords[item.hindrance].why
  const elsewhere = item.claimedBy ? `Dipegang ${item.claimedBy.name}` : `Ada di ${stageName[item.stage]}`
  switch (state) {
    case 'done':
      return `${printed ? 'Tercetak' : 'Ditandatangani'} ${clock(at)}`
    case 'misprint':
      return [note ? `${reason}: ${note}` : reason, hindrance].filter(Boolean).join(' · ')
    case 'left':
      return 'Dilepas ke antrean'
    case 'missed':
      return hindrance ?? elsewhere
    case 'taking':
      return 'Sedang diambil'
    case 'waiting':
      if (!holds) return `Tidak lagi dipegang. ${elsewhere}`
      if (asksToCancel(row)) return hindranceWords['cancel-asked'].why
      return current ? (printed ? 'Sedang dicetak' : 'Sedang ditandatangani') : 'Menunggu'
  }
}

function StateSign({ row, current }: { row: Row; current: boolean }) {
  if (row.state === 'done') return <IconCheck size={16} className={css.ok ?? ''} aria-hidden />
  if (row.state === 'misprint') return <SeverityIcon severity="heavy" over="var(--surface)" size={16} />
  if (row.state === 'waiting' && row.holds && asksToCancel(row)) {
    return <SeverityIcon severity="heavy" over="var(--surface)" size={16} />
  }
  if (row.state === 'left') return <IconArrowBackUp size={16} aria-hidden />
  if (row.state === 'missed' || !row.holds) return <IconLock size={16} aria-hidden />
  return current ? (
    <IconCircleHalf2 size={16} className={css.ok ?? ''} aria-hidden />
  ) : (
    <IconCircle size={16} aria-hidden />
  )
}

/** One card of a batch. Its buttons show on the row under the mark, and where something is to be tried again. */
export function BatchRow(props: {
  row: Row
  place: RowPlace
  printed: boolean
  current: boolean
  mine: boolean
  reason: string
  onMark: () => void
  onDone: () => void
  onWrong: () => void
  onRetake: () => void
}) {
  const { row, place, printed, current, mine, reason, onMark, onDone, onWrong, onRetake } = props
  const { item, state, holds } = row
  const due = state === 'waiting' && holds
  const free = !due && ['missed', 'waiting'].includes(state) && item.state === 'queued'
  const again = !item.hindrance && (state === 'misprint' || free)
  return (
    <li
      {...place}
      className={`${css.row} ${css.card}`}
      aria-current={current ? 'true' : undefined}
      data-wrong={state === 'misprint' || (due && asksToCancel(row))}
    >
      <StateSign row={row} current={current} />
      <span className={`${css.mono} ${face.mono}`}>{item.ticket}</span>
      {mine && !current ? (
        <button type="button" className={`${css.name} ${face.name}`} onClick={onMark}>
          {item.pupil?.name ?? 'Data sudah dihapus'}
        </button>
      ) : (
        <span className={`${css.name} ${face.name}`}>{item.pupil?.name ?? 'Data sudah dihapus'}</span>
      )}
      <span className={css.dimCut}>
        {item.school.name}
        {item.pupil?.class && ` · ${item.pupil.class}`}
      </span>
      <span className={css.state}>{stateWords(row, printed, current, reason)}</span>
      <span className={css.acts}>
        {mine && current && due && <Button onClick={onDone}>{printed ? 'Tercetak' : 'Ditandatangani'}</Button>}
        {mine && current && printed && (due || state === 'done') && <Button onClick={onWrong}>Salah cetak</Button>}
        {mine && again && (
          <Button aria-label={`Cetak ulang ${item.ticket}`} onClick={onRetake}>
            {state === 'misprint' ? 'Cetak ulang' : 'Ambil'}
          </Button>
        )}
      </span>
    </li>
  )
}
