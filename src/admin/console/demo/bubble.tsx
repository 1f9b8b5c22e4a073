import { IconFile } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { RichText } from '../parts/rich-text.tsx'
import css from './phone.module.css'
import type { ChatMessage, Pending } from './use-chat.ts'

type Attachment = { name: string; mediaType: string; picture?: string }

/** One message; a pending one says whether it is on its way or failed. */
export function Bubble(
  props:
    | { message: ChatMessage; pictures: readonly string[]; pending?: undefined }
    | { pending: Pending; onRetry: () => void },
) {
  if (props.pending === undefined) {
    const { message, pictures } = props
    const bot = message.from === 'bot'
    const files = (message.files ?? []).map((file, i) => ({
      ...file,
      ...(pictures[i] ? { picture: pictures[i] } : {}),
    }))
    return (
      <li className={bot ? css.bot : css.mine}>
        <Body text={message.text} files={files} />
        <span className={css.meta}>{bot ? `Bot · ${clock(message.at)}` : `${clock(message.at)} · terkirim`}</span>
      </li>
    )
  }
  return <PendingBubble pending={props.pending} onRetry={props.onRetry} />
}

function PendingBubble({ pending, onRetry }: { pending: Pending; onRetry: () => void }) {
  const [pictures, setPictures] = useState<readonly string[]>([])
  useEffect(() => {
    const addresses = pending.files.map((file) => (file.type.startsWith('image/') ? URL.createObjectURL(file) : ''))
    setPictures(addresses)
    return () => addresses.filter(Boolean).forEach((address) => URL.revokeObjectURL(address))
  }, [pending.files])
  const files = pending.files.map((file, i) => ({
    name: file.name,
    mediaType: file.type,
    ...(pictures[i] ? { picture: pictures[i] } : {}),
  }))
  return (
    <li className={css.mine}>
      <Body text={pending.text} files={files} />
      {pending.failed === undefined ? (
        <span className={css.meta}>{clock(pending.at)} · mengirim</span>
      ) : (
        <span className={css.failed} role="alert">
          {pending.failed}.{' '}
          <button type="button" onClick={onRetry}>
            Kirim ulang
          </button>
        </span>
      )}
    </li>
  )
}

function Body({ text, files }: { text: string; files: readonly Attachment[] }) {
  return (
    <div className={css.body}>
      {files.length > 0 && (
        <ul className={css.album} aria-label={files.length > 1 ? `Album ${files.length} berkas` : 'Berkas'}>
          {files.map((file, i) => (
            <li key={i} data-picture={file.picture !== undefined}>
              {file.picture ? (
                <img src={file.picture} alt={file.name} />
              ) : (
                <>
                  <IconFile size={20} aria-hidden />
                  <span>{file.name}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {text !== '' && (
        <p>
          <RichText text={text} />
        </p>
      )}
    </div>
  )
}

const clock = (at: string) =>
  new Date(at).toLocaleTimeString('id-ID', { hour: '2-digit', minute: '2-digit' }).replace(':', '.')
