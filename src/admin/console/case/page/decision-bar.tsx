import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { hinted } from '../../keys/key-hint.tsx'
import { say } from '../../keys/keyboard.ts'
import type { ActOf } from '../../keys/table.ts'
import css from './decision-bar.module.css'

export type DecisionAct = Extract<ActOf<'case'>, 'approve' | 'approveUnedited' | 'return' | 'reject' | 'release'>

/** One thing that may be done: the first is the filled button, `main` ones stay buttons on a phone. */
export type Choice = {
  name: string
  /** The act of the table whose key does it. */
  key?: DecisionAct
  main?: boolean
  aside?: boolean
  /** What is not done every day is never the filled button. */
  rare?: boolean
  /** Answers with a sentence where nothing came of it. */
  act: () => string | void
}

/** What the operator may do here, or why nothing: held by others, offline, only to be read. */
export function DecisionBar(props: {
  choices: readonly Choice[]
  held: string | undefined
  told: ReactNode
  /** How many wait behind it, in words, where that is said. */
  waiting?: string | undefined
  /** Ticket of the case that is ready to be shown next. */
  ahead: string | undefined
  disabled: boolean
  busy: boolean
  inert: boolean
}) {
  const { choices, held, told, waiting, ahead, disabled, busy, inert } = props
  const first = choices[0]
  const rest = choices.slice(1)
  const extra = rest.filter((choice) => !choice.main)
  const button = (choice: Choice, variant: 'filled' | 'default' | 'subtle') => (
    <Button
      key={choice.name}
      className={choice.main ? css.main : css.extra}
      variant={variant}
      size="md"
      fz={variant === 'subtle' ? 14 : 16}
      disabled={disabled}
      loading={busy && variant === 'filled'}
      {...(choice.key && hinted('case', choice.key))}
      onClick={() => say(choice.act() ?? '')}
    >
      {choice.name}
    </Button>
  )
  return (
    <footer className={css.bar} inert={inert} aria-label="Keputusan">
      {first && button({ ...first, main: true }, first.rare ? 'default' : 'filled')}
      {rest.filter((choice) => choice.main).map((choice) => button(choice, 'default'))}
      {extra.filter((choice) => !choice.aside).map((choice) => button(choice, 'subtle'))}
      {extra.length > 0 && (
        <Menu>
          <Menu.Target>
            <ActionIcon className={css.more} aria-label="Pilihan lain" disabled={disabled}>
              <IconDots size={20} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {extra.map((choice) => (
              <Menu.Item key={choice.name} onClick={() => say(choice.act() ?? '')}>
                {choice.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {held && (
        <span className={css.held}>
          <IconLock size={16} aria-hidden /> {held}
        </span>
      )}
      <span className={css.told} role="status">
        {told}
      </span>
      {extra.filter((choice) => choice.aside).map((choice) => button(choice, 'subtle'))}
      {first && (
        <span className={css.ahead} data-waiting={waiting !== undefined}>
          {waiting}
          {waiting && ahead && ' · '}
          {ahead && (
            <>
              {waiting ? 'berikutnya' : 'Berikutnya'} siap: <b>{ahead}</b>
            </>
          )}
        </span>
      )}
    </footer>
  )
}
