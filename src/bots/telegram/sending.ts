import { Input } from 'telegraf'
import type { InlineKeyboardButton } from 'telegraf/types'
import type { Choice, Outbound } from '../../models/chat/message.ts'
import { ChannelError } from '../channel.ts'
import type { Channel } from '../channel.ts'
import { render, toTelegramHtml } from '../render.ts'
import type { TelegramApi } from './api.ts'

/** `callback_data` holds at most so many bytes. */
const BUTTON_BYTES = 64
const UPLOAD_MS = 120_000
/** Unfinished messages whose sent parts are remembered. */
const REMEMBERED = 1_000

export type SendingDeps = {
  api: TelegramApi
  can: Channel['can']
  /** Opens a blob of ours to be sent as a file. */
  openBlob: (blob: string) => Promise<Buffer | undefined>
}

/** Sends one message in as many parts as it needs: its texts, buttons under the last, then its files. */
export function createSending({ api, can, openBlob }: SendingDeps) {
  /** What has gone out of a message whose later part failed: the next attempt of this process goes on from there. */
  const sentParts = new Map<string, number>()

  return async function send(message: Outbound): Promise<string> {
    const parts = partsOf(message)
    if (parts.length === 0) throw new ChannelError('rejected')
    let id = ''
    for (let i = Math.min(sentParts.get(message.key) ?? 0, parts.length - 1); i < parts.length; i++) {
      id = String((await parts[i]?.())?.message_id ?? '')
      sentParts.set(message.key, i + 1)
    }
    sentParts.delete(message.key)
    if (sentParts.size > REMEMBERED) sentParts.clear()
    return id
  }

  function partsOf(message: Outbound): (() => Promise<{ message_id: number }>)[] {
    const { parts, buttons } = render(message, { ...can, buttonBytes: BUTTON_BYTES })
    const chat = Number(message.to.id)
    const texts = parts.map((text, i) => () => {
      const keyboard = i === parts.length - 1 && buttons.length > 0
      return api.call('sendMessage', {
        chat_id: chat,
        text: toTelegramHtml(text),
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...(keyboard ? { reply_markup: { inline_keyboard: rowsOf(buttons) } } : {}),
      })
    })
    const files = (message.files ?? []).map((file) => async () => {
      const bytes = await openBlob(file.blob)
      if (!bytes) throw new ChannelError('rejected')
      const document = Input.fromBuffer(bytes, file.name)
      return api.call('sendDocument', { chat_id: chat, document }, { timeoutMs: UPLOAD_MS })
    })
    return [...texts, ...files]
  }
}

/** Short labels stand beside each other, longer ones below each other, so that none is cut on a phone. */
function rowsOf(buttons: readonly Choice[]): InlineKeyboardButton[][] {
  const perRow = buttons.every((button) => button.label.length <= 10) ? 3 : 1
  const rows: InlineKeyboardButton[][] = []
  for (let i = 0; i < buttons.length; i += perRow) {
    rows.push(buttons.slice(i, i + perRow).map(({ label, value }) => ({ text: label, callback_data: value })))
  }
  return rows
}
