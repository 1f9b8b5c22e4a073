import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useReasons } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { useOffice } from '../../client/office.ts'
import { KeyHint } from '../../keys/key-hint.tsx'
import { useKeys } from '../../keys/use-keys.ts'
import { ProblemNotice } from '../../parts/notices.tsx'
import face from '../../parts/text.module.css'
import { undoWords } from '../../words/time.ts'
import { draftOf, keepDraft } from '../page/draft.ts'
import { ReasonChoices } from './choices.tsx'
import { NoticePreview } from './notice-preview.tsx'
import { isError, Panel } from './panel.tsx'
import css from './panels.module.css'

/** Sends a case back with one or several reasons and a note; each reason has a letter of its own. */
export function ReturnPanel(props: {
  shown: Case
  busy: boolean
  error: unknown
  onReturn: (reasons: readonly string[], note: string) => void
  onClose: () => void
}) {
  const { shown, busy, error, onReturn, onClose } = props
  const list = useReasons().data?.return ?? []
  const office = useOffice().data
  const [draft, setDraft] = useState(() => draftOf(shown.id))
  const change = (next: typeof draft) => {
    keepDraft(shown.id, next)
    setDraft(next)
  }
  const toggle = (code: string) =>
    change({
      ...draft,
      reasons: draft.reasons.includes(code) ? draft.reasons.filter((one) => one !== code) : [...draft.reasons, code],
    })
  const chosen = list.filter((reason) => draft.reasons.includes(reason.code))
  useKeys('return', {
    reason: (key) => {
      const reason = list.find((one) => one.letter.toUpperCase() === key)
      return reason ? toggle(reason.code) : `Tidak ada alasan berhuruf ${key}.`
    },
  })
  return (
    <Panel
      surface="return"
      title={`Kembalikan ${shown.ticket ?? ''} ke sekolah`}
      hint="Pilih dengan huruf, boleh beberapa"
      submit={chosen.length > 0 ? `Kembalikan, ${chosen.length} alasan` : 'Kembalikan'}
      aside={
        <span className={css.next} aria-hidden="true">
          <KeyHint surface="return" act="toNote" /> ke catatan
        </span>
      }
      ready={chosen.length > 0}
      busy={busy}
      onSubmit={() =>
        onReturn(
          chosen.map((reason) => reason.code),
          draft.note.trim(),
        )
      }
      onClose={onClose}
    >
      <div className={css.columns}>
        <ReasonChoices shown={shown} reasons={list} chosen={draft.reasons} onToggle={toggle} />
        <div className={css.beside}>
          <div className={css.message}>
            {isError(error) && <ProblemNotice error={error} title="Belum dikembalikan." />}
            <Textarea
              label="Catatan untuk sekolah (boleh kosong)"
              rows={3}
              maxLength={2000}
              value={draft.note}
              onChange={(event) => change({ ...draft, note: event.currentTarget.value })}
            />
            <h3>Yang dibaca sekolah</h3>
            <NoticePreview
              shown={shown}
              event="returned"
              reasons={chosen.map((reason) => reason.code)}
              note={draft.note.trim()}
              empty="Pilih alasan. Pesannya tampil di sini."
            />
            <p className={face.fine}>{undoWords(office?.undoSeconds)}</p>
          </div>
        </div>
      </div>
    </Panel>
  )
}
