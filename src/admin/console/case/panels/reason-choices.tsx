import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { Case, ReturnReason } from '../../client/case.ts'
import { isProposed } from '../side/findings.ts'
import { ChoiceRow } from './choice-row.tsx'
import css from './return-panel.module.css'

const GROUPS: readonly { who: ReturnReason['who']; title: string }[] = [
  { who: 'school', title: 'Diperbaiki sekolah' },
  { who: 'parent', title: 'Orang tua ke kantor' },
  { who: 'office', title: 'Diperiksa Disdukcapil' },
]

/** The reasons for a return by who mends it. Tab stops once among them, as letters choose; arrows go up and down. */
export function ReasonChoices(props: {
  shown: Case
  reasons: readonly ReturnReason[]
  chosen: readonly string[]
  onToggle: (code: string) => void
}) {
  const { shown, reasons, chosen, onToggle } = props
  const groups = GROUPS.map((group) => ({ ...group, of: reasons.filter((reason) => reason.who === group.who) }))
  const inOrder = groups.flatMap((group) => group.of)
  const [focused, setFocused] = useState<string>()
  const stop = inOrder.find((reason) => reason.code === focused) ?? inOrder[0]
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    const rows = [...event.currentTarget.querySelectorAll('button')]
    const at = rows.findIndex((row) => row === document.activeElement)
    rows.at((at + by) % rows.length)?.focus()
  }
  return (
    <div className={css.reasons} onKeyDown={move}>
      {groups.map(
        ({ who, title, of }) =>
          of.length > 0 && (
            <div key={who} role="group" aria-label={title}>
              <h3>{title}</h3>
              {of.map((reason) => (
                <ChoiceRow
                  key={reason.code}
                  kind="checkbox"
                  letter={reason.letter}
                  first={reason === inOrder[0]}
                  label={reason.label}
                  aside={isProposed(reason, shown) ? 'dari temuan' : undefined}
                  checked={chosen.includes(reason.code)}
                  tabIndex={reason === stop ? 0 : -1}
                  onFocus={() => setFocused(reason.code)}
                  onToggle={() => onToggle(reason.code)}
                />
              ))}
            </div>
          ),
      )}
    </div>
  )
}
