import { useDebouncedValue } from '@mantine/hooks'
import { useReturnText } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { RichText } from '../../parts/rich-text.tsx'
import face from '../../parts/text.module.css'
import css from './panels.module.css'

/** The very message to the school, with what the channel makes bold in bold; `empty` while there is nothing to say. */
export function NoticePreview(props: {
  shown: Case
  event: 'returned' | 'rejected'
  reasons: readonly string[]
  note: string
  empty: string
}) {
  const { shown, event, reasons, note, empty } = props
  const [settled] = useDebouncedValue(note, 250)
  const said = event === 'returned' ? reasons.length > 0 : settled !== ''
  const body = { event, reasons: [...reasons], ...(settled === '' ? {} : { note: settled }) }
  const text = useReturnText(shown.id, body, said).data?.text
  return (
    <div className={css.bubble} role="status" aria-label="Pesan ke sekolah">
      {!said || text === undefined ? <p className={face.fine}>{empty}</p> : <RichText text={text} />}
    </div>
  )
}

/** Beside the question whether to reject: who has proposed it and why, and what the school will read. */
export function RejectionBeside({ shown, note }: { shown: Case; note: string }) {
  const proposed = shown.history.findLast((entry) => entry.action === 'propose_reject')
  return (
    <>
      {shown.attention === 'reject-proposed' && proposed && (
        <p>
          <b>Alasan {proposed.by.name ?? 'pengusul'}:</b> {proposed.note ?? 'tidak ditulis'}
        </p>
      )}
      <h3>Yang dibaca sekolah</h3>
      <NoticePreview
        shown={shown}
        event="rejected"
        reasons={[]}
        note={note}
        empty="Tulis alasan. Pesannya tampil di sini."
      />
    </>
  )
}
