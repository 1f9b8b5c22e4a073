import { Button, TextInput } from '@mantine/core'
import { IconWifiOff } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReactNode, SubmitEvent } from 'react'
import { isProblem } from '../client/request.ts'
import { clock } from '../words/time.ts'
import css from './marks.module.css'
import { SeverityIcon } from './marks.tsx'
import { copyText } from './take-away.ts'

type Tone = 'heavy' | 'check' | 'note' | 'offline'

/** Something that the operator has to know, with what is safe and what to do. Heavy ones are announced at once. */
export function Notice(props: { tone: Tone; title: string; children?: ReactNode; urgent?: boolean }) {
  const { tone, title, children, urgent = tone === 'heavy' } = props
  return (
    <div className={css.notice} data-tone={tone} role={urgent ? 'alert' : 'status'}>
      <span className={css.icon}>
        {tone === 'offline' ? (
          <IconWifiOff size={18} aria-hidden />
        ) : (
          <SeverityIcon severity={tone} over={`var(--${tone}-soft)`} size={16} />
        )}
      </span>
      <div className={css.words}>
        <p className={css.title}>{title}</p>
        {children}
      </div>
    </div>
  )
}

/** The server cannot be reached; what is held back meanwhile, and what is safe. */
export function OfflineNotice({ since, children }: { since: Date; children: ReactNode }) {
  return (
    <Notice tone="offline" title={`Sambungan terputus sejak ${clock(since)}.`}>
      <p>{children} Konsol mencoba lagi sendiri.</p>
    </Notice>
  )
}

/** Why something could not be done, as a sentence, with the code that the office's technician asks for. */
export function ProblemNotice(props: { error: unknown; title: string; retry?: () => void }) {
  const { error, title, retry } = props
  const [copied, setCopied] = useState<string>()
  const problem = isProblem(error) ? error : undefined
  const code = problem?.problem.request ?? (problem ? `${problem.kind} ${problem.status}` : 'konsol')
  return (
    <Notice tone="heavy" title={title}>
      <p>
        {problem?.message ?? 'Terjadi kesalahan.'} Kode {code}, {clock(new Date())}.
      </p>
      {retry && <Button onClick={retry}>Coba lagi</Button>}
      {problem && (
        <Button variant="subtle" onClick={() => void copyText(code).then(() => setCopied(code))}>
          {copied === code ? 'Tersalin' : 'Salin kode'}
        </Button>
      )}
    </Notice>
  )
}

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
