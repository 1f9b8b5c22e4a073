import { ActionIcon, Button } from '@mantine/core'
import { useFocusReturn, useFocusTrap } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { useLive } from '../../client/live.tsx'
import { useKeys } from '../../keys/use-keys.ts'
import type { KeyMap } from '../../keys/use-keys.ts'
import { KeyHint } from '../../parts/marks.tsx'
import { OfflineNotice, ProblemNotice } from '../../parts/notices.tsx'
import css from './panels.module.css'

/**
 * A panel over data and context; the documents stay in view. It holds the focus and gives it back. Enter does, where it
 * begins a new line Ctrl Enter; Escape closes.
 */
export function Panel(props: {
  title: string
  hint?: string
  submit: string
  close?: string | undefined
  /** At the end of its foot. */
  aside?: ReactNode
  ready: boolean
  busy: boolean
  keys?: KeyMap | undefined
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}) {
  const { title, hint, submit, close = 'Tutup', aside, ready, busy, keys = {}, onSubmit, onClose } = props
  const heading = useId()
  const trap = useFocusTrap()
  useFocusReturn({ opened: true, shouldReturnFocus: true })
  const { offlineSince } = useLive()
  const [inLines, setInLines] = useState(false)
  const able = ready && !offlineSince
  const send = () => {
    if (able && !busy) onSubmit()
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
      onFocus={({ target }) => setInLines(target instanceof HTMLTextAreaElement)}
      onBlur={() => setInLines(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.repeat) return
        // of one line: the keys of the panel rest in it
        if (!event.ctrlKey && !(event.target as Element).matches('input, select')) return
        event.preventDefault()
        send()
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
      {offlineSince && (
        <div className={css.offline}>
          <OfflineNotice since={offlineSince}>Keputusan ditahan, yang Anda tulis tetap ada.</OfflineNotice>
        </div>
      )}
      <footer className={css.foot}>
        <Button
          variant="filled"
          size="md"
          disabled={!able}
          loading={busy}
          rightSection={<KeyHint keys={inLines ? 'Ctrl Enter' : 'Enter'} />}
          aria-keyshortcuts={inLines ? 'Control+Enter' : 'Enter'}
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

/** Whether an act has failed: one that was not tried has no error. */
export const isError = (error: unknown): boolean => error !== null && error !== undefined

/** What most panels are: what went wrong, what is asked, and what comes of it. */
export function PanelBody(props: {
  error: unknown
  failed?: string | undefined
  explained?: ReactNode
  children: ReactNode
}) {
  const { error, failed = 'Belum tersimpan.', explained, children } = props
  return (
    <div className={css.body}>
      {isError(error) && <ProblemNotice error={error} title={failed} />}
      {children}
      {explained !== undefined && <p className={css.dim}>{explained}</p>}
    </div>
  )
}
