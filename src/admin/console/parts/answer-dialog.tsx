import { Button, NativeSelect, TextInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { Dialog } from './dialog.tsx'
import { ProblemNotice } from './problem-notice.tsx'
import css from './rows/table.module.css'

export type Field =
  | { kind: 'text'; name: string; label: string; required?: boolean; hint?: string; pattern?: string }
  | { kind: 'note'; name: string; label: string; required?: boolean }
  | {
      kind: 'choice'
      name: string
      label: string
      required?: boolean
      options: readonly { value: string; label: string }[]
    }

/** A short form over a list: a few fields or none, one button, what went wrong. */
export function AnswerDialog(props: {
  title: string
  explained?: string
  fields: readonly Field[]
  submit: string
  busy: boolean
  error: unknown
  onSubmit: (answers: Record<string, string>) => void
  onClose: () => void
}) {
  const { title, explained, fields, submit, busy, error, onSubmit, onClose } = props
  const [answers, setAnswers] = useState<Record<string, string>>({})
  const set = (name: string, value: string) => setAnswers((all) => ({ ...all, [name]: value }))
  const ready = fields.every((field) => field.required !== true || (answers[field.name] ?? '').trim() !== '')
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    if (ready && !busy)
      onSubmit(Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, value.trim()])))
  }
  return (
    <Dialog onClose={onClose} title={title}>
      <form className={css.form} onSubmit={send}>
        {error !== null && error !== undefined && <ProblemNotice error={error} title="Belum tersimpan." />}
        {explained && <p className={css.dim}>{explained}</p>}
        {fields.map((field, i) => {
          const shared = {
            label: field.label,
            value: answers[field.name] ?? '',
            onChange: (event: { currentTarget: { value: string } }) => set(field.name, event.currentTarget.value),
            ...(i === 0 ? { 'data-autofocus': true } : {}),
          }
          if (field.kind === 'note') return <Textarea key={field.name} rows={3} maxLength={2000} {...shared} />
          if (field.kind === 'choice') {
            return (
              <NativeSelect key={field.name} data={[{ value: '', label: 'Pilih' }, ...field.options]} {...shared} />
            )
          }
          return (
            <TextInput
              key={field.name}
              {...shared}
              {...(field.hint === undefined ? {} : { description: field.hint })}
              {...(field.pattern === undefined ? {} : { pattern: field.pattern })}
            />
          )
        })}
        <Button
          type="submit"
          variant="filled"
          disabled={!ready}
          loading={busy}
          {...(fields.length === 0 && { 'data-autofocus': true })}
        >
          {submit}
        </Button>
      </form>
    </Dialog>
  )
}
