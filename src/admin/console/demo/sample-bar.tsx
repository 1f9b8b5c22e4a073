import { IconPhoto } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import css from './demo-page.module.css'
import type { Person } from './person.ts'
import { samplePaper } from './sample-paper.ts'
import { samplePupil, samples } from './sample-pupil.ts'
import type { Sample } from './sample-pupil.ts'

/** A row of made-up answers and pictures that are said at one tap. `asked` is the bot's last text. */
export function SampleBar(props: {
  person: Person
  asked: string
  /** The bot has not answered yet: nothing is the next thing to say. */
  waiting: boolean
  onSend: (text: string, files?: readonly File[]) => void
}) {
  const { person, asked, waiting, onSend } = props
  const [failed, setFailed] = useState(false)
  const [fetching, setFetching] = useState(false)
  const { likely, others } = samples(person, asked)
  const bar = useRef<HTMLDivElement>(null)
  // a new question has another likeliest answer, and that one stands first
  useEffect(() => {
    if (bar.current) bar.current.scrollLeft = 0
  }, [asked])
  const send = async (sample: Sample) => {
    setFailed(false)
    setFetching(true)
    try {
      onSend(
        sample.text,
        await Promise.all((sample.files ?? []).map((name) => samplePaper(name, samplePupil(person.pupil)))),
      )
    } catch {
      setFailed(true)
    } finally {
      setFetching(false)
    }
  }
  return (
    <div className={css.sampleBar} ref={bar} role="group" aria-label="Isian contoh, dikirim sekali ketuk">
      {failed && (
        <span className={css.failed} role="alert">
          Gambar contoh tidak dapat dimuat
        </span>
      )}
      {[...likely, ...others].map((sample) => (
        <button
          key={sample.label}
          type="button"
          data-next={!waiting && !fetching && sample === likely[0]}
          disabled={fetching}
          onClick={() => void send(sample)}
        >
          {sample.files && <IconPhoto size={16} aria-hidden />}
          {sample.label}
        </button>
      ))}
    </div>
  )
}
