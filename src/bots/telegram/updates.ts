import type { CallbackQuery, Message, Update } from 'telegraf/types'
import type { Address, Inbound, InboundBody, MediaRef, UnsupportedKind } from '../../models/chat/message.ts'
import type { Change } from '../channel.ts'

/** The kinds of updates that we ask the platform for. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query'] as const

/** What one update means to us. A tapped button is answered, so that it stops to spin. */
export type Reading =
  | { kind: 'message'; inbound: Inbound; callback?: string }
  | { kind: 'change'; change: Change }
  | { kind: 'ignored' }

/** Fields of messages that nobody wrote: the platform reports that something happened in the chat. */
const SERVICE = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'users_shared',
  'chat_shared',
  'connected_website',
  'chat_background_set',
  'passport_data',
  'successful_payment',
] as const

/** Checked in this order; a message has one of them. */
const UNSUPPORTED: readonly (readonly [field: string, what: UnsupportedKind])[] = [
  ['sticker', 'sticker'],
  ['voice', 'voice'],
  ['audio', 'voice'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['animation', 'video'],
  ['location', 'location'],
  ['venue', 'location'],
  ['poll', 'poll'],
]

/**
 * Reads one update. Only private chats count. The id is the message's own, so that the same message in two updates is
 * one; `order` is the update's. `account` is the bot's id; `now` is the time of a tap, which carries none.
 */
export function readUpdate(update: Update, account: string, now: Date): Reading {
  if ('message' in update) return readMessage(update.message, { account, order: update.update_id })
  if ('callback_query' in update) return readTap(update.callback_query, { account, order: update.update_id, at: now })
  if ('edited_message' in update && update.edited_message.chat.type === 'private') {
    const { chat, message_id: id } = update.edited_message
    return { kind: 'change', change: { kind: 'edited', from: addressOf(chat.id), account, platformId: messageId(id) } }
  }
  return { kind: 'ignored' }
}

function readMessage(message: Message, about: { account: string; order: number }): Reading {
  if (message.chat.type !== 'private') return { kind: 'ignored' }
  const body = bodyOf(message)
  if (!body) return { kind: 'ignored' }
  const inbound = {
    platformId: messageId(message.message_id),
    from: addressOf(message.chat.id),
    ...about,
    at: new Date(message.date * 1000),
    body,
  }
  return { kind: 'message', inbound }
}

function readTap(tap: CallbackQuery, about: { account: string; order: number; at: Date }): Reading {
  const { message } = tap
  if (!message || message.chat.type !== 'private' || !('data' in tap)) return { kind: 'ignored' }
  const inbound: Inbound = {
    platformId: `c${tap.id}`,
    from: addressOf(message.chat.id),
    ...about,
    body: { kind: 'choice', value: tap.data },
  }
  return { kind: 'message', inbound, callback: tap.id }
}

function bodyOf(message: Message): InboundBody | undefined {
  if ('text' in message) return { kind: 'text', text: message.text }
  if ('contact' in message) {
    const { user_id: owner, phone_number: phone } = message.contact
    const own = owner !== undefined && owner === message.from?.id
    return own ? { kind: 'phone', phone: phone.replaceAll(/\D/g, '') } : { kind: 'unsupported', what: 'contact' }
  }
  for (const [field, what] of UNSUPPORTED) if (field in message) return { kind: 'unsupported', what }
  const file = fileOf(message)
  if (file) {
    const { caption, media_group_id: album } = message as { caption?: string; media_group_id?: string }
    return {
      kind: 'files',
      files: [file],
      ...(caption === undefined ? {} : { caption }),
      ...(album === undefined ? {} : { album }),
    }
  }
  if (SERVICE.some((field) => field in message)) return undefined
  return { kind: 'unsupported', what: 'other' }
}

function fileOf(message: Message): MediaRef | undefined {
  if ('photo' in message) {
    // smallest first: the last is the largest that the platform kept
    const photo = message.photo.at(-1)
    return photo && { kind: 'photo', ref: photo.file_id, mime: 'image/jpeg', ...sizeOf(photo.file_size) }
  }
  if (!('document' in message)) return undefined
  const { file_id: ref, file_name: name, mime_type: mime, file_size: bytes } = message.document
  return {
    kind: 'document',
    ref,
    ...(mime === undefined ? {} : { mime }),
    ...(name === undefined ? {} : { name }),
    ...sizeOf(bytes),
  }
}

function sizeOf(bytes: number | undefined): { bytes?: number } {
  return bytes === undefined ? {} : { bytes }
}
function messageId(id: number): string {
  return `m${id}`
}
function addressOf(chat: number): Address {
  return { channel: 'telegram', id: String(chat) }
}
