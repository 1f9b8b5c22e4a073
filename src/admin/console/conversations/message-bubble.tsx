import { IconFile, IconRobot } from '@tabler/icons-react'
import { RichText } from '../parts/rich-text.tsx'
import { bytesText, deliveryWord, kindWord } from '../words/conversation.ts'
import { clock } from '../words/time.ts'
import { fileOf } from './conversations.ts'
import type { Said } from './conversations.ts'
import css from './transcript-log.module.css'

/** One message: the person's on the left, ours on the right, the bot's only outlined. */
export function MessageBubble(props: { chat: string; said: Said; name: string; reason: string | undefined }) {
  const { chat, said, name, reason } = props
  const by = { person: name, bot: 'Bot', operator: said.by?.name ?? 'Petugas' }[said.from]
  // a platform without buttons has them as lines of the text
  const unnamed = said.choices?.filter((choice) => !said.text?.includes(choice)) ?? []
  const facts = [
    by,
    clock(said.at),
    said.from === 'operator' && said.state
      ? deliveryWord[said.state]
      : said.state === 'failed'
        ? deliveryWord.failed
        : '',
    said.edited ? 'disunting pengirim' : '',
    said.deleted ? 'dihapus pengirim' : '',
  ]
  return (
    <li className={css.message} data-from={said.from}>
      {(said.text || said.kind || said.purged) && (
        <div className={css.bubble}>
          {said.text && (said.from === 'person' ? said.text : <RichText text={said.text} />)}
          {said.kind && <i>{kindWord[said.kind]}</i>}
          {said.purged && <i>Isi sudah dihapus sesuai masa simpan.</i>}
          {unnamed.length > 0 && <span className={css.choices}>{unnamed.join(' · ')}</span>}
        </div>
      )}
      {said.files.map((file) => (
        <div key={file.id} className={`${css.bubble} ${css.file}`}>
          <IconFile size={20} aria-hidden />
          <span className={css.name}>
            {file.name ?? 'Berkas'}
            <small>
              {file.state === 'waiting' && 'Masih diunduh'}
              {file.state === 'failed' && 'Tidak dapat diambil'}
              {file.state === 'stored' && (
                <>
                  {file.mediaType === 'application/pdf' ? 'PDF' : 'Foto'}
                  {file.bytes !== undefined && `, ${bytesText(file.bytes)}`}
                </>
              )}
            </small>
          </span>
          {file.state === 'stored' && (
            <a className={css.open} href={fileOf(chat, file.id, reason)} target="_blank" rel="noreferrer">
              Buka
            </a>
          )}
        </div>
      ))}
      <p className={css.meta}>
        {said.from === 'bot' && <IconRobot size={14} aria-hidden />}
        {facts.filter(Boolean).join(' · ')}
      </p>
    </li>
  )
}
