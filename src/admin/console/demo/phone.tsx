import { IconTrash, IconWifiOff } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { DragEvent, RefObject } from 'react'
import { Bubble } from './bubble.tsx'
import { Composer } from './composer.tsx'
import type { Person } from './person.ts'
import css from './phone.module.css'
import { SampleBar } from './sample-bar.tsx'
import { useChat } from './use-chat.ts'

/** One phone with one person's chat. Files may be dropped anywhere on it. */
export function Phone(props: {
  person: Person
  shown: boolean
  onChange: (person: Person) => void
  onRemove: () => void
}) {
  const { person, shown } = props
  const chat = useChat(person.id)
  const log = useRef<HTMLOListElement>(null)
  const [dropping, setDropping] = useState(false)
  const { messages, pending } = chat
  const last = messages.at(-1)
  const lastBot = messages.findLast((message) => message.from === 'bot')
  const options = pending.length === 0 && last?.from === 'bot' ? (last.options ?? []) : []

  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight
  }, [messages.length, pending.length, shown])
  useEndKept(log)

  // what was submitted is not offered again: another pupil is next
  const send = (text: string, files: readonly File[] = []) => {
    chat.send(text, files)
    if (/^kirim$/i.test(text)) props.onChange({ ...person, pupil: person.pupil + 1 })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setDropping(false)
    const files = [...event.dataTransfer.files]
    if (files.length > 0) send('', files)
  }

  return (
    <section
      className={css.phone}
      data-shown={shown}
      data-dropping={dropping}
      aria-label={`Ponsel ${person.name}`}
      onDragOver={(event) => {
        event.preventDefault()
        setDropping(true)
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={drop}
    >
      <header className={css.head}>
        <span className={css.who} aria-hidden="true">
          {person.name.at(-1)}
        </span>
        <div className={css.name}>
          <h2>{person.name}</h2>
          <p>Sekolah contoh, NPSN {person.npsn}</p>
        </div>
        <button type="button" className={css.icon} aria-label={`Tutup ponsel ${person.name}`} onClick={props.onRemove}>
          <IconTrash size={18} aria-hidden />
        </button>
      </header>
      <ol className={css.log} ref={log} tabIndex={0} aria-label={`Percakapan ${person.name}`} aria-live="polite">
        {messages.length === 0 && pending.length === 0 && (
          <li className={css.hint}>
            Mulai dengan salam, misalnya <b>Assalamualaikum</b>. Isian contoh ada di atas kolom ketik.
          </li>
        )}
        {messages.map((message) => (
          <Bubble key={message.id} message={message} pictures={chat.pictures.get(message.id) ?? []} />
        ))}
        {pending.map((one) => (
          <Bubble key={one.id} pending={one} onRetry={() => chat.retry(one.id)} />
        ))}
        {options.length > 0 && (
          <li className={css.options}>
            {options.map((option) => (
              <button key={option} type="button" onClick={() => send(option)}>
                {option}
              </button>
            ))}
          </li>
        )}
      </ol>
      {chat.offline && (
        <p className={css.offline} role="status">
          <IconWifiOff size={16} aria-hidden />
          Sambungan terputus, mencoba lagi
        </p>
      )}
      <SampleBar
        person={person}
        asked={lastBot?.text ?? ''}
        waiting={pending.length > 0 || last?.from === 'person'}
        onSend={send}
      />
      <Composer person={person} onSend={send} />
      {dropping && (
        <p className={css.drop} aria-hidden="true">
          Lepaskan berkas di sini
        </p>
      )}
    </section>
  )
}

/** A list that is at its end stays there when the window, or what stands below it, leaves it less room. */
function useEndKept(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const box = list.current
    if (!box) return undefined
    let atEnd = true
    const scrolled = () => {
      atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END
    }
    const observer = new ResizeObserver(() => {
      if (atEnd) box.scrollTop = box.scrollHeight
    })
    box.addEventListener('scroll', scrolled, { passive: true })
    observer.observe(box)
    return () => {
      box.removeEventListener('scroll', scrolled)
      observer.disconnect()
    }
  }, [list])
}

/** In pixels. */
const NEAR_END = 24
