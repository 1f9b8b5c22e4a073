import { proto } from '@whiskeysockets/baileys'
import { describe, expect, test } from 'vitest'
import { pointerOf } from '../../../src/bots/whatsapp/media-ref.ts'
import { readContent, readReceipt, senderOf } from '../../../src/bots/whatsapp/updates.ts'

const LID = '80000000101@lid'
const NUMBER = '62812000101@s.whatsapp.net'
const key = { remoteJid: LID, id: 'A1', fromMe: false }
const read = (message: proto.IMessage) => readContent({ key, message })

describe('who sent it', () => {
  test('a person by the LID, with the number that the platform tells', () => {
    const sender = senderOf({ key: { ...key, remoteJid: '80000000101:5@lid', remoteJidAlt: NUMBER } })
    expect(sender).toEqual({ from: LID, others: [NUMBER], phone: '62812000101' })
  })
  test('a person by the number, whose LID may be missing', () => {
    expect(senderOf({ key: { ...key, remoteJid: NUMBER } })).toEqual({
      from: NUMBER,
      others: [],
      phone: '62812000101',
    })
    expect(senderOf({ key })).toEqual({ from: LID, others: [] })
  })
  test('groups, broadcasts, status, channels and ourselves are nobody', () => {
    for (const remoteJid of ['1203@g.us', 'status@broadcast', '99@broadcast', '1@newsletter', '0@s.whatsapp.net']) {
      expect(senderOf({ key: { ...key, remoteJid } })).toBeUndefined()
    }
    expect(senderOf({ key: { ...key, fromMe: true } })).toBeUndefined()
    expect(senderOf({ key, category: 'peer' })).toBeUndefined()
  })
})

describe('what it says', () => {
  test('texts, also quoted, disappearing and tapped ones', () => {
    const text = (body: string) => ({ kind: 'message', body: { kind: 'text', text: body } })
    expect(read({ conversation: 'MENU' })).toEqual(text('MENU'))
    expect(read({ extendedTextMessage: { text: 'ya', contextInfo: { stanzaId: 'X' } } })).toEqual(text('ya'))
    expect(read({ ephemeralMessage: { message: { conversation: 'ya' } } })).toEqual(text('ya'))
    expect(read({ buttonsResponseMessage: { selectedDisplayText: 'YA' } })).toEqual(text('YA'))
  })
  test('a picture and a document carry what is needed to fetch them', () => {
    const media = { mediaKey: Buffer.from('kunci'), directPath: '/v/1', mimetype: 'image/jpeg', fileLength: 7 }
    const reading = read({ imageMessage: { ...media, caption: 'akta' } })
    expect(reading).toMatchObject({ body: { kind: 'files', caption: 'akta', files: [{ kind: 'photo', bytes: 7 }] } })
    const file = reading.kind === 'message' && reading.body.kind === 'files' ? reading.body.files[0] : undefined
    expect(file && pointerOf(file)).toMatchObject({ type: 'image', directPath: '/v/1', id: 'A1', jid: LID })
    expect(read({ documentMessage: { ...media, fileName: 'kk.pdf' } })).toMatchObject({
      body: { files: [{ kind: 'document', name: 'kk.pdf' }] },
    })
  })
  test('what the bot cannot read gets its helpful sentence', () => {
    const what = (message: proto.IMessage) => {
      const reading = read(message)
      return reading.kind === 'message' && reading.body.kind === 'unsupported' ? reading.body.what : reading.kind
    }
    expect(what({ stickerMessage: {} })).toBe('sticker')
    expect(what({ audioMessage: {} })).toBe('voice')
    expect(what({ videoMessage: {} })).toBe('video')
    expect(what({ locationMessage: {} })).toBe('location')
    expect(what({ contactMessage: {} })).toBe('contact')
    expect(what({ eventMessage: {} })).toBe('other')
  })
  test('reactions, albums to come and keys are passed over', () => {
    for (const message of [{ reactionMessage: { text: 'x' } }, { albumMessage: {} }, { pollUpdateMessage: {} }, {}]) {
      expect(read(message)).toEqual({ kind: 'ignored' })
    }
  })
  test('edits and deletions name the message that they change', () => {
    const { MESSAGE_EDIT, REVOKE, EPHEMERAL_SETTING } = proto.Message.ProtocolMessage.Type
    const change = (type: proto.Message.ProtocolMessage.Type) => read({ protocolMessage: { type, key: { id: 'B' } } })
    expect(change(REVOKE)).toEqual({ kind: 'change', change: 'deleted', platformId: 'B' })
    expect(change(MESSAGE_EDIT)).toEqual({ kind: 'change', change: 'edited', platformId: 'B' })
    expect(change(EPHEMERAL_SETTING)).toEqual({ kind: 'ignored' })
  })
  test('what cannot be decrypted yet is a placeholder, a call that was missed is nothing', () => {
    const { CIPHERTEXT, CALL_MISSED_VOICE } = proto.WebMessageInfo.StubType
    const stub = (messageStubType: proto.WebMessageInfo.StubType) => readContent({ key, messageStubType })
    expect(stub(CIPHERTEXT)).toEqual({ kind: 'message', body: { kind: 'placeholder' } })
    expect(stub(CALL_MISSED_VOICE)).toEqual({ kind: 'ignored' })
  })
})

test('a receipt is read from an update and from the echo alike; an error is final', () => {
  const { ERROR, SERVER_ACK, DELIVERY_ACK, READ } = proto.WebMessageInfo.Status
  const of = (status: proto.WebMessageInfo.Status, fromMe = true) =>
    readReceipt({ key: { id: 'A1', fromMe }, update: { status } })
  expect(of(DELIVERY_ACK)).toEqual({ platformId: 'A1', state: 'delivered' })
  expect(of(READ)).toEqual({ platformId: 'A1', state: 'read' })
  expect(of(ERROR)).toEqual({ platformId: 'A1', state: 'failed', failure: 'rejected' })
  expect(of(SERVER_ACK)).toBeUndefined()
  expect(of(READ, false)).toBeUndefined()
})
