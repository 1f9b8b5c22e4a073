import { IconCheck } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { Case, ReturnReason } from '../../client/case.ts'
import { useKeys } from '../../keys/use-keys.ts'
import { isProposed } from '../side/findings.ts'
import css from './panels.module.css'

/** One reason with its key: a box where several may be ticked, a dot where one may. */
function ChoiceRow(props: {
  kind: 'checkbox' | 'radio'
  letter: string
  label: string
  checked: boolean
  /** Said at its end. */
  aside?: string | undefined
  /** The panel starts here. */
  first?: boolean
  /** Tab stops here; -1 where its group has one stop. */
  tabIndex?: 0 | -1
  onFocus?: () => void
  onToggle: () => void
}) {
  const { kind, letter, label, checked, aside, first = false, tabIndex, onFocus, onToggle } = props
  return (
    <button
      type="button"
      className={css.choice}
      role={kind}
      aria-checked={checked}
      aria-keyshortcuts={letter}
      data-autofocus={first || undefined}
      tabIndex={tabIndex}
      onFocus={onFocus}
      onClick={onToggle}
    >
      <span className={css.box} data-kind={kind}>
        {checked && <IconCheck size={14} aria-hidden />}
      </span>
      <kbd aria-hidden="true">{letter}</kbd>
      <span>{label}</span>
      {aside && <span className={css.aside}>{aside}</span>}
    </button>
  )
}

/** One of a list is chosen, by its letter or by a click; the panel starts at `first`. */
export function Choices<T extends string>(props: {
  label: string
  list: readonly { code: T; letter: string; label: string }[]
  first: T | undefined
  chosen: T | undefined
  onChoose: (code: T) => void
}) {
  const { label, list, first, chosen, onChoose } = props
  return (
    <div role="radiogroup" aria-label={label}>
      {list.map((one) => (
        <ChoiceRow
          key={one.code}
          kind="radio"
          letter={one.letter}
          first={one.code === first}
          label={one.label}
          checked={chosen === one.code}
          onToggle={() => onChoose(one.code)}
        />
      ))}
    </div>
  )
}

/** Each reason gets the first letter of its label that is still free. */
export function lettered<T extends { label: string }>(list: readonly T[]): readonly (T & { letter: string })[] {
  const taken = new Set<string>()
  return list.map((one) => {
    const letters = one.label.toUpperCase().match(/[A-Z]/g) ?? []
    const letter = letters.find((candidate) => !taken.has(candidate)) ?? '?'
    taken.add(letter)
    return { ...one, letter }
  })
}

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
  const box = useRef<HTMLDivElement>(null)
  const move = (by: 1 | -1) => () => {
    const rows = [...(box.current?.querySelectorAll('button') ?? [])]
    const at = rows.findIndex((row) => row === document.activeElement)
    rows.at((at + by) % rows.length)?.focus()
  }
  useKeys('return', { down: move(1), up: move(-1) })
  return (
    <div ref={box} className={css.reasons}>
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
