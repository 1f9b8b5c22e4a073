import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { ProblemNotice } from '../../parts/notices.tsx'
import { draftOf, keepDraft } from '../page/draft.ts'
import css from './note-panel.module.css'
import { Panel } from './panel.tsx'

/** What a panel with one note asks and does. */
export type NoteQuestion = {
  title: string
  label: string
  submit: string
  explained: string
  required: boolean
  send: (note: string) => void
}

/** One question with a written answer: rejecting, moving to the front and the like. */
export function NotePanel(props: {
  application: string
  question: NoteQuestion
  busy: boolean
  error: unknown
  /** What else is asked, above the note; `answered` where it is. */
  children?: ReactNode
  answered?: boolean
  onClose: () => void
}) {
  const { application, question, busy, error, children, answered = true, onClose } = props
  const [note, setNote] = useState(() => draftOf(application).note)
  const change = (text: string) => {
    setNote(text)
    keepDraft(application, { ...draftOf(application), note: text })
  }
  return (
    <Panel
      title={question.title}
      submit={question.submit}
      ready={answered && (!question.required || note.trim() !== '')}
      busy={busy}
      onSubmit={() => question.send(note.trim())}
      onClose={onClose}
    >
      <div className={css.body}>
        {error !== null && error !== undefined && <ProblemNotice error={error} title="Belum tersimpan." />}
        {children}
        <Textarea
          label={question.label}
          data-autofocus
          rows={3}
          maxLength={2000}
          value={note}
          onChange={(event) => change(event.currentTarget.value)}
        />
        <p className={css.dim}>{question.explained}</p>
      </div>
    </Panel>
  )
}
