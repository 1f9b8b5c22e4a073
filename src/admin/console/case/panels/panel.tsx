import { ActionIcon, Button } from '@mantine/core'
import { useFocusReturn, useFocusTrap } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { useLive } from '../../client/live.tsx'
import { hinted } from '../../keys/key-hint.tsx'
import { OFFLINE } from '../../keys/table.ts'
import type { PanelSurface } from '../../keys/table.ts'
import { useKeys } from '../../keys/use-keys.ts'
import { OfflineNotice, ProblemNotice } from '../../parts/notices.tsx'
import css from './panels.module.css'

/**
 * A panel over data and context; the documents stay in view. It holds the focus and gives it back. Enter does, where it
 * begins a new line Ctrl Enter; Escape closes.
 */
export function Panel(props: {
  surface: PanelSurface
  title: string
  hint?: string
  submit: string
  close?: string | undefined
  /** At the end of its foot. */
  aside?: ReactNode
  ready: boolean
  busy: boolean
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}) {
  const { surface, title, hint, submit, close = 'Tutup', aside, ready, busy, onSubmit, onClose } = props
  const heading = useId()
  const trap = useFocusTrap()
  useFocusReturn({ opened: true, shouldReturnFocus: true })
  const { offlineSince } = useLive()
  const [inLines, setInLines] = useState(false)
  const able = ready && !offlineSince
  const send = () => {
    if (offlineSince) return OFFLINE
    if (busy) return 'Sedang dikirim.'
    return ready ? onSubmit() : 'Belum lengkap: pilih atau isi yang diminta.'
  }
  useKeys(surface, { send, sendLines: send, close: onClose })
  return (
    <section
      ref={trap}
      className={css.panel}
      role="dialog"
      aria-modal="true"
      data-surface={surface}
      aria-labelledby={heading}
      onFocus={({ target }) => setInLines(target instanceof HTMLTextAreaElement)}
      onBlur={() => setInLines(false)}
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
          {...hinted(surface, inLines ? 'sendLines' : 'send')}
          data-autofocus
          onClick={send}
        >
          {submit}
        </Button>
        <Button variant="subtle" size="md" {...hinted(surface, 'close')} onClick={onClose}>
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
