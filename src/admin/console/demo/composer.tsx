import { IconCamera, IconPaperclip, IconSend } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { ChangeEvent, ClipboardEvent, SubmitEvent } from 'react'
import type { Person } from './person.ts'
import css from './phone.module.css'

/** The line to type in, with the file picker and, on phones, the camera. Pasted pictures are sent as well. */
export function Composer(props: { person: Person; onSend: (text: string, files?: readonly File[]) => void }) {
  const { person, onSend } = props
  const [text, setText] = useState('')
  const picker = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    onSend(text.trim())
    setText('')
  }
  const picked = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])]
    event.target.value = ''
    if (files.length === 0) return
    onSend(text.trim(), files)
    setText('')
  }
  const pasted = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files]
    if (files.length === 0) return
    event.preventDefault()
    onSend(text.trim(), files)
    setText('')
  }

  return (
    <form className={css.composer} onSubmit={submit}>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Pilih berkas"
        accept="image/jpeg,image/png,image/webp,image/heic,.heic,application/pdf"
        onChange={picked}
      />
      <input
        ref={camera}
        type="file"
        hidden
        aria-label="Kamera"
        accept="image/*"
        capture="environment"
        onChange={picked}
      />
      <button
        type="button"
        className={css.ownIcon}
        aria-label="Lampirkan berkas"
        title="Lampirkan berkas"
        onClick={() => picker.current?.click()}
      >
        <IconPaperclip size={20} aria-hidden />
      </button>
      <button
        type="button"
        className={css.ownIcon}
        aria-label="Ambil foto"
        title="Ambil foto"
        onClick={() => camera.current?.click()}
      >
        <IconCamera size={20} aria-hidden />
      </button>
      <input
        className={css.field}
        aria-label={`Pesan ${person.name}`}
        placeholder="Ketik pesan"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPaste={pasted}
      />
      <button type="submit" className={css.send} aria-label="Kirim">
        <IconSend size={20} aria-hidden />
      </button>
    </form>
  )
}
