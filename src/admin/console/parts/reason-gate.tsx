import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import css from './reason-gate.module.css'

/** Cases and conversations that are not one's own open with a reason, which is logged. */
export function ReasonGate(props: { title: string; submit: string; onGiven: (reason: string) => void }) {
  const { title, submit: label, onGiven } = props
  const [reason, setReason] = useState('')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (reason.trim().length >= 3) onGiven(reason.trim())
  }
  return (
    <form className={css.gate} onSubmit={submit}>
      <h2>{title}</h2>
      <TextInput
        label="Alasan melihat"
        description="Alasan dan nama Anda dicatat."
        minLength={3}
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled">
        {label}
      </Button>
    </form>
  )
}
