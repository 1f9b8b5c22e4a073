import { useMe } from '../client/session.ts'
import { clock } from '../words/time.ts'
import type { TurnoverAt } from './transcript-lines.ts'
import css from './transcript-log.module.css'

/** Somebody took the chat, or the bot came back. */
export function TurnoverLine({ line }: { line: TurnoverAt }) {
  const me = useMe()
  const who = line.by.id === me.id ? 'Anda' : line.by.name
  const words = {
    taken: `${who} mengambil percakapan ini, ${clock(line.at)}. Bot menepi.`,
    'handed-back': `${who} menyerahkan kembali ke bot, ${clock(line.at)}.`,
    'taken-over': `Penyelia mengambil alih dari ${who}, ${clock(line.at)}.`,
    expired: `Tanpa jawaban, bot kembali ${clock(line.at)}.`,
  }[line.what]
  return (
    <li className={css.turnover}>
      <span>{words}</span>
    </li>
  )
}
