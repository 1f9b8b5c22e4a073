import type { InlineKeyboardMarkup, Message, Update } from 'telegraf/types'
import type { FakeBotApi, SentMessage } from './fake-bot-api.ts'

export type FakeFile = { bytes: Buffer; name: string; mime: string }
export type FakePerson = ReturnType<typeof fakePerson>

/** Telegram caps an album; more files are further albums. */
const ALBUM = 10

/** A person with a phone who chats with the bot. Everything is taken by the platform at once, whoever listens. */
export function fakePerson(api: FakeBotApi, id: number, name = 'Orang Rekaan') {
  const from = { id, is_bot: false, first_name: name, language_code: 'id' }
  const chat = { id, type: 'private' as const, first_name: name }
  let latest: Update | undefined

  const push = (update: Record<string, unknown>): Update => {
    latest = { update_id: api.updates.nextId(), ...update } as unknown as Update
    api.updates.push(latest)
    return latest
  }
  const say = (content: Record<string, unknown>): Message => {
    const message = { message_id: api.nextMessageId(), date: Math.floor(Date.now() / 1000), from, chat, ...content }
    push({ message })
    return message as unknown as Message
  }
  const documentOf = ({ bytes, name: file, mime }: FakeFile) => {
    const fileId = api.addFile(bytes, file)
    return { file_id: fileId, file_unique_id: `u${fileId}`, file_name: file, mime_type: mime, file_size: bytes.length }
  }
  /** Smaller renditions first, as the platform makes them. */
  const photoOf = (bytes: Buffer) =>
    [90, 320, 1280].map((side) => {
      const data = side === 1280 ? bytes : bytes.subarray(0, side)
      const fileId = api.addFile(data, `photo_${side}.jpg`)
      return { file_id: fileId, file_unique_id: `u${fileId}`, width: side, height: side, file_size: data.length }
    })
  const captioned = (caption: string | undefined) => (caption === undefined ? {} : { caption })
  const heard = (): SentMessage[] => api.sent.filter((message) => message.chat === id)

  return {
    id,
    say,
    push,
    heard,
    text: (text: string) => say({ text }),
    photo: (bytes: Buffer, caption?: string) => say({ photo: photoOf(bytes), ...captioned(caption) }),
    document: (file: FakeFile, caption?: string) => say({ document: documentOf(file), ...captioned(caption) }),
    /** Sent together as documents: albums of at most ten, the caption on the first file. */
    album: (files: readonly FakeFile[], caption?: string) => {
      let group = ''
      return files.map((file, i) => {
        if (i % ALBUM === 0) group = `g${api.nextMessageId()}`
        return say({
          document: documentOf(file),
          media_group_id: group,
          ...(i === 0 ? captioned(caption) : {}),
        })
      })
    },
    contact: (phone: string, owner: number | undefined = id) =>
      say({ contact: { phone_number: phone, first_name: name, ...(owner === undefined ? {} : { user_id: owner }) } }),
    edit: (message: Message, text: string) =>
      push({ edited_message: { ...message, text, edit_date: message.date + 5 } }),
    /** Presses a button of the latest message that has it. */
    tap: (label: string) => {
      const message = heard().findLast((sent) => buttonsOf(sent.markup).some((button) => button.text === label))
      if (!message) throw new Error(`no button says ${label}`)
      const data = buttonsOf(message.markup).find((button) => button.text === label)?.data
      const id_ = `q${api.nextMessageId()}`
      push({ callback_query: { id: id_, from, chat_instance: '1', message: message.message, data } })
      return id_
    },
    /** The platform hands the latest update over once more. */
    repeat: () => {
      if (latest) api.updates.push(latest)
    },
  }
}

/** The inline buttons under a message, row by row. */
export function buttonsOf(markup: InlineKeyboardMarkup | undefined): { text: string; data: string | undefined }[] {
  return (markup?.inline_keyboard ?? [])
    .flat()
    .map((button) => ({ text: button.text, data: 'callback_data' in button ? button.callback_data : undefined }))
}
