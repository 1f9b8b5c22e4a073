import { ActionIcon, Button } from '@mantine/core'
import { useFocusReturn, useFocusTrap } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { useKeys } from '../keys/use-keys.ts'
import type { KeyMap } from '../keys/use-keys.ts'
import { KeyHint } from '../parts/key-hint.tsx'
import css from './panel.module.css'

/**
 * A panel over data and context; the documents stay in view. It holds the focus and gives it back. Enter does, Escape
 * closes; in a field Ctrl Enter does.
 */
export function Panel(props: {
  title: string
  hint?: string
  submit: string
  close?: string
  /** At the end of its foot. */
  aside?: ReactNode
  ready: boolean
  busy: boolean
  keys?: KeyMap
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}) {
  const { title, hint, submit, close = 'Tutup', aside, ready, busy, keys = {}, onSubmit, onClose } = props
  const heading = useId()
  const trap = useFocusTrap()
  useFocusReturn({ opened: true, shouldReturnFocus: true })
  const send = () => {
    if (ready && !busy) onSubmit()
  }
  useKeys({ ...keys, Enter: send, Escape: onClose }, true, 'panel')
  return (
    <section
      ref={trap}
      className={css.panel}
      role="dialog"
      aria-modal="true"
      data-panel
      aria-labelledby={heading}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) send()
      }}
    >
      <header className={css.head}>
        <h2 id={heading}>{title}</h2>
        {hint && <span className={css.hint}>{hint}</span>}
        <ActionIcon aria-label="Tutup panel" onClick={onClose}>
          <IconX size={20} aria-hidden />
        </ActionIcon>
      </header>
      <div className={css.content}>{props.children}</div>
      <footer className={css.foot}>
        <Button
          variant="filled"
          size="md"
          disabled={!ready}
          loading={busy}
          rightSection={<KeyHint keys="Enter" />}
          aria-keyshortcuts="Enter"
          data-autofocus
          onClick={send}
        >
          {submit}
        </Button>
        <Button variant="subtle" size="md" rightSection={<KeyHint keys="Esc" />} onClick={onClose}>
          {close}
        </Button>
        {aside}
      </footer>
    </section>
  )
}
