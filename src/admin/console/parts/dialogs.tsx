import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { ReactNode, SubmitEvent } from 'react'
import type { Over } from '../keys/table.ts'
import { keysOf } from '../keys/use-keys.ts'
import { keepFocus } from './kept-focus.ts'
import { ProblemNotice } from './notices.tsx'
import css from './rows.module.css'
import { copyText } from './take-away.ts'

/** A dialog, open while it is there; who leaves it is back where they opened it. */
export function Dialog(props: { title: string; surface?: Over; onClose: () => void; children: ReactNode }) {
  // Mantine gives back only what it has seen opening, and this is open from its first drawing on
  const [giveBack] = useState(keepFocus)
  useEffect(() => giveBack, [giveBack])
  return (
    <Modal opened onClose={props.onClose} title={props.title} attributes={keysOf(props.surface ?? 'dialog')}>
      {props.children}
    </Modal>
  )
}

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

export type Secret = { title: string; value: string; explained: string }

/** A code or password that the server tells once only. */
export function SecretDialog({ secret, onClose }: { secret: Secret | undefined; onClose: () => void }) {
  const [copied, setCopied] = useState(false)
  return (
    <Modal opened={secret !== undefined} onClose={onClose} title={secret?.title} attributes={keysOf('dialog')}>
      <div className={css.form}>
        <p className={css.secret}>{secret?.value}</p>
        <p className={css.dim}>{secret?.explained}</p>
        <Button
          variant="filled"
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          onClick={() => void copyText(secret?.value ?? '').then(() => setCopied(true))}
        >
          {copied ? 'Tersalin' : 'Salin'}
        </Button>
      </div>
    </Modal>
  )
}
