import { useState } from 'react'
import { SeverityIcon } from '../../parts/marks.tsx'
import { usePhone } from '../../parts/surroundings.ts'
import { doubtWords } from '../../words/doubt.ts'
import css from './decision-bar.module.css'

export type Confirm = {
  /** What is asked about now; undefined while nothing is. */
  question: readonly string[] | undefined
  /** Does `act` where nothing is in doubt, and says what it says; else asks first, and does it when it is asked again. */
  ask: (act: (despite: readonly string[]) => string | void) => string | void
  drop: () => void
}

/** A second press within this time is still the first one's. */
const SLIP_MS = 400

/** An approval of `subject` that passes something heavy asks once, in one line; the same key again goes on. */
export function useConfirm(subject: string | undefined, doubts: readonly string[]): Confirm {
  const [asked, setAsked] = useState<{ about: string; at: number }>()
  const about = [subject, ...doubts].join()
  const open = doubts.length > 0 && asked?.about === about
  return {
    question: open ? doubts : undefined,
    ask(act) {
      if (doubts.length > 0 && !open) return setAsked({ about, at: performance.now() })
      if (open && performance.now() - asked.at < SLIP_MS) return 'Baca dahulu pertanyaannya.'
      setAsked(undefined)
      return act(doubts)
    },
    drop: () => setAsked(undefined),
  }
}

/** The question, over the bar that is pressed again: `button`, or its `press` key, and what that comes `to`. */
export function ConfirmLine(props: {
  question: readonly string[] | undefined
  button: string
  press?: string
  to?: string
}) {
  const { question, button, press = 'A', to = 'untuk tetap menyetujui' } = props
  const phone = usePhone()
  if (!question) return null
  return (
    <p className={css.confirm} role="alert">
      <span>
        <SeverityIcon severity="heavy" over="var(--heavy-soft)" size={16} />
      </span>
      <span>
        {doubtWords(question)} {phone ? `Ketuk “${button}”` : `Tekan ${press}`} sekali lagi {to}.
      </span>
    </p>
  )
}
