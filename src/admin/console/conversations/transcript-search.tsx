import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranscriptSearch } from './conversations.ts'
import { useKeys } from '../keys/use-keys.ts'
import { RowsState } from '../parts/rows/rows-state.tsx'
import { fullMoment } from '../words/time.ts'
import { MessageBubble } from './message-bubble.tsx'
import css from './transcript-log.module.css'

/** Finds words inside this one conversation, newest first; the server opens it for that and notes who looked. */
export function TranscriptSearch(props: { id: string; name: string; reason: string | undefined; onClose: () => void }) {
  const { id, name, reason, onClose } = props
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const query = useTranscriptSearch(id, asked, reason)
  useKeys({ Escape: onClose })
  return (
    <div className={css.found} role="region" tabIndex={0} aria-label="Cari dalam percakapan">
      <form
        className={css.search}
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(text.trim())
        }}
      >
        <TextInput
          aria-label="Kata yang dicari"
          placeholder="Kata dalam percakapan ini"
          autoFocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit">Cari</Button>
        <Button variant="subtle" onClick={onClose}>
          Tutup
        </Button>
      </form>
      {asked.length >= 2 && (
        <RowsState query={query} label="Hasil" empty={`Tidak ada pesan dengan ${asked}`}>
          {(items) => (
            <ol className={css.lines}>
              {items.map((one) => (
                <li key={one.id}>
                  <span className={css.day}>{fullMoment(one.at)}</span>
                  <ol className={css.lines}>
                    <MessageBubble chat={id} said={one} name={name} reason={reason} />
                  </ol>
                </li>
              ))}
            </ol>
          )}
        </RowsState>
      )}
    </div>
  )
}
