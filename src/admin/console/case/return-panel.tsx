import { Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useReasons, useReturnText } from '../client/case.ts'
import type { Case, ReturnReason } from '../client/case.ts'
import { useOffice } from '../client/office.ts'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { undoWords } from '../words/time.ts'
import { ChoiceRow } from './choice-row.tsx'
import { draftOf, keepDraft } from './draft.ts'
import { isProposed } from './proposed.ts'
import { Panel } from './panel.tsx'
import css from './return-panel.module.css'

const GROUPS: readonly { who: ReturnReason['who']; title: string }[] = [
  { who: 'school', title: 'Diperbaiki sekolah' },
  { who: 'parent', title: 'Orang tua ke kantor' },
  { who: 'office', title: 'Diperiksa Disdukcapil' },
]

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
  return (
    <Panel
      title={`Kembalikan ${shown.ticket ?? ''} ke sekolah`}
      hint="Pilih dengan huruf, boleh beberapa"
      submit={chosen.length > 0 ? `Kembalikan, ${chosen.length} alasan` : 'Kembalikan'}
      ready={chosen.length > 0}
      busy={busy}
      keys={Object.fromEntries(list.map((reason) => [reason.letter.toUpperCase(), () => toggle(reason.code)]))}
      onSubmit={() =>
        onReturn(
          chosen.map((reason) => reason.code),
          draft.note.trim(),
        )
      }
      onClose={onClose}
    >
      <div className={css.columns}>
        <div className={css.reasons}>
          {GROUPS.map(({ who, title }) => {
            const reasons = list.filter((reason) => reason.who === who)
            return (
              reasons.length > 0 && (
                <div key={who} role="group" aria-label={title}>
                  <h3>{title}</h3>
                  {reasons.map((reason) => (
                    <ChoiceRow
                      key={reason.code}
                      kind="checkbox"
                      letter={reason.letter}
                      first={reason === list[0]}
                      label={reason.label}
                      aside={isProposed(reason, shown) ? 'dari temuan' : undefined}
                      checked={draft.reasons.includes(reason.code)}
                      onToggle={() => toggle(reason.code)}
                    />
                  ))}
                </div>
              )
            )
          })}
        </div>
        <div className={css.side}>
          {error !== null && error !== undefined && <ProblemNotice error={error} title="Belum dikembalikan." />}
          <Textarea
            label="Catatan untuk sekolah (boleh kosong)"
            rows={3}
            maxLength={2000}
            value={draft.note}
            onChange={(event) => change({ ...draft, note: event.currentTarget.value })}
          />
          <h3>Yang dibaca sekolah</h3>
          <Preview shown={shown} chosen={chosen} note={draft.note.trim()} />
          <p className={css.dim}>{undoWords(office?.undoSeconds)}</p>
        </div>
      </div>
    </Panel>
  )
}

/** The very message, with what the channel makes bold in bold. */
function Preview({ shown, chosen, note }: { shown: Case; chosen: readonly ReturnReason[]; note: string }) {
  const [settled] = useDebouncedValue(note, 250)
  const text = useReturnText(shown.id, {
    reasons: chosen.map((reason) => reason.code),
    ...(settled === '' ? {} : { note: settled }),
  }).data?.text
  return (
    <div className={css.bubble} role="status" aria-label="Pesan ke sekolah">
      {chosen.length === 0 || text === undefined ? (
        <p className={css.dim}>Pilih alasan. Pesannya tampil di sini.</p>
      ) : (
        text.split(/\*([^*\n]+)\*/).map((part, i) => (i % 2 === 1 ? <b key={i}>{part}</b> : part))
      )}
    </div>
  )
}
