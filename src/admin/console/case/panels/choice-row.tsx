import { IconCheck } from '@tabler/icons-react'
import css from './choice-row.module.css'

/** One reason with its key: a box where several may be ticked, a dot where one may. */
export function ChoiceRow(props: {
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
      className={css.row}
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
