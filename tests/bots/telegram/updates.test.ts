import type { Update } from 'telegraf/types'
import { describe, expect, test } from 'vitest'
import { readUpdate } from '../../../src/bots/telegram/updates.ts'

const now = new Date('2026-07-01T02:00:00Z')
const chat = { id: 42, type: 'private', first_name: 'Orang Rekaan' }
const from = { id: 42, is_bot: false, first_name: 'Orang Rekaan' }
const read = (update: Record<string, unknown>) =>
  readUpdate({ update_id: 7, ...update } as unknown as Update, '666', now)
const message = (content: Record<string, unknown>) =>
  read({ message: { message_id: 5, date: 1_782_871_200, chat, from, ...content } })
const bodyOf = (content: Record<string, unknown>) => {
  const reading = message(content)
  return reading.kind === 'message' ? reading.inbound.body : reading.kind
}

test('a text with everything that the inbox needs', () => {
  expect(message({ text: 'Selamat pagi' })).toEqual({
    kind: 'message',
    inbound: {
      platformId: 'm5',
      from: { channel: 'telegram', id: '42' },
      account: '666',
      order: 7,
      at: new Date(1_782_871_200_000),
      body: { kind: 'text', text: 'Selamat pagi' },
    },
  })
})

describe('bodies', () => {
  test.each([
    ['an invitation link', { text: '/start KODE-7' }, { kind: 'text', text: '/start KODE-7' }],
    [
      'a photo is its largest rendition',
      {
        photo: [
          { file_id: 'small', width: 90, height: 90, file_size: 9 },
          { file_id: 'large', width: 1280, height: 960, file_size: 900 },
        ],
        caption: 'akta',
      },
      {
        kind: 'files',
        files: [{ kind: 'photo', ref: 'large', mime: 'image/jpeg', bytes: 900 }],
        caption: 'akta',
      },
    ],
    [
      'a document of an album',
      {
        document: { file_id: 'd', file_name: 'kk.pdf', mime_type: 'application/pdf', file_size: 8 },
        media_group_id: 'g',
      },
      {
        kind: 'files',
        files: [{ kind: 'document', ref: 'd', name: 'kk.pdf', mime: 'application/pdf', bytes: 8 }],
        album: 'g',
      },
    ],
    [
      'a document without a name',
      { document: { file_id: 'd' } },
      { kind: 'files', files: [{ kind: 'document', ref: 'd' }] },
    ],
    [
      'the own contact',
      { contact: { phone_number: '+62 812-0000', user_id: 42 } },
      { kind: 'phone', phone: '628120000' },
    ],
    [
      'the contact of somebody else',
      { contact: { phone_number: '1', user_id: 43 } },
      { kind: 'unsupported', what: 'contact' },
    ],
    ['a contact without an account', { contact: { phone_number: '1' } }, { kind: 'unsupported', what: 'contact' }],
    ['a sticker', { sticker: {} }, { kind: 'unsupported', what: 'sticker' }],
    ['a voice note', { voice: {} }, { kind: 'unsupported', what: 'voice' }],
    ['a sound file', { audio: {} }, { kind: 'unsupported', what: 'voice' }],
    ['a video', { video: {} }, { kind: 'unsupported', what: 'video' }],
    [
      'an animation, which also claims to be a document',
      { animation: {}, document: { file_id: 'd' } },
      { kind: 'unsupported', what: 'video' },
    ],
    ['a place, which also is a location', { venue: {}, location: {} }, { kind: 'unsupported', what: 'location' }],
    ['a poll', { poll: {} }, { kind: 'unsupported', what: 'poll' }],
    ['a kind that did not exist yet', { checklist: {} }, { kind: 'unsupported', what: 'other' }],
    ['what the platform reports about the chat', { pinned_message: {} }, 'ignored'],
  ])('%s', (_name, content, body) => {
    expect(bodyOf(content)).toEqual(body)
  })
})

describe('other updates', () => {
  test('a tap is a choice under an id of its own, and is to be answered', () => {
    const tap = { id: '99', from, message: { message_id: 5, date: 1, chat }, data: 'yes' }
    expect(read({ callback_query: tap })).toEqual({
      kind: 'message',
      callback: '99',
      inbound: {
        platformId: 'c99',
        from: { channel: 'telegram', id: '42' },
        account: '666',
        order: 7,
        at: now,
        body: { kind: 'choice', value: 'yes' },
      },
    })
  })

  test('an edit is a change of the message that it edits', () => {
    expect(read({ edited_message: { message_id: 5, date: 1, chat, from, text: 'lain' } })).toEqual({
      kind: 'change',
      change: { kind: 'edited', from: { channel: 'telegram', id: '42' }, account: '666', platformId: 'm5' },
    })
  })

  test('the same message in two updates keeps its id', () => {
    const content = { message_id: 5, date: 1, chat, from, text: 'a' }
    const ids = [1, 2].map((update_id) => {
      const reading = readUpdate({ update_id, message: content } as unknown as Update, '666', now)
      return reading.kind === 'message' ? reading.inbound.platformId : undefined
    })
    expect(ids).toEqual(['m5', 'm5'])
  })

  test.each([
    ['a group', { message: { message_id: 1, date: 1, chat: { id: -5, type: 'supergroup' }, from, text: 'a' } }],
    ['an edit in a group', { edited_message: { message_id: 1, date: 1, chat: { id: -5, type: 'group' }, text: 'a' } }],
    [
      'a tap in a group',
      { callback_query: { id: '1', from, message: { message_id: 1, chat: { id: -5, type: 'group' } }, data: 'a' } },
    ],
    ['a tap on an inline message', { callback_query: { id: '1', from, data: 'a' } }],
    ['a game button', { callback_query: { id: '1', from, message: { message_id: 1, chat }, game_short_name: 'a' } }],
    ['a channel', { channel_post: { message_id: 1, date: 1, chat: { id: -6, type: 'channel' }, text: 'a' } }],
    ['what we did not ask for', { my_chat_member: {} }],
  ])('%s is ignored', (_name, update) => {
    expect(read(update)).toEqual({ kind: 'ignored' })
  })
})
