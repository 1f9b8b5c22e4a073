import { jidNormalizedUser, normalizeMessageContent, proto } from '@whiskeysockets/baileys'
import type { WAMessage, WAMessageUpdate } from '@whiskeysockets/baileys'
import type { InboundBody, UnsupportedKind } from '../../models/chat/message.ts'
import type { Receipt } from '../channel.ts'
import { mediaRef } from './media-ref.ts'

/** Who sent a message: where answers go, and what else the platform says is theirs. */
export type Sender = { from: string; others: string[]; phone?: string }
/** What one message means to us, apart from who sent it. */
export type Reading =
  | { kind: 'message'; body: InboundBody }
  | { kind: 'change'; change: 'edited' | 'deleted'; platformId: string }
  | { kind: 'ignored' }

const IGNORED: Reading = { kind: 'ignored' }
const LID = '@lid'
const NUMBER = '@s.whatsapp.net'
const { DELIVERY_ACK, READ } = proto.WebMessageInfo.Status

/** Messages that nobody wrote, or that say something about another message. */
const SILENT = [
  'albumMessage',
  'encReactionMessage',
  'keepInChatMessage',
  'pinInChatMessage',
  'pollUpdateMessage',
  'reactionMessage',
  'senderKeyDistributionMessage',
] as const
/** Checked in this order; a message has one of them. */
const UNSUPPORTED: readonly (readonly [field: keyof proto.IMessage, what: UnsupportedKind])[] = [
  ['stickerMessage', 'sticker'],
  ['audioMessage', 'voice'],
  ['videoMessage', 'video'],
  ['ptvMessage', 'video'],
  ['locationMessage', 'location'],
  ['liveLocationMessage', 'location'],
  ['contactMessage', 'contact'],
  ['contactsArrayMessage', 'contact'],
  ['pollCreationMessage', 'poll'],
  ['pollCreationMessageV3', 'poll'],
]

/** The person of a direct message to us; undefined for groups, broadcasts, status and what we said ourselves. */
export function senderOf({ key, category }: Pick<WAMessage, 'key'> & { category?: string }): Sender | undefined {
  if (key.fromMe || category === 'peer' || !key.remoteJid) return undefined
  const from = jidNormalizedUser(key.remoteJid)
  if (!isPerson(from)) return undefined
  const alternate = key.remoteJidAlt ? jidNormalizedUser(key.remoteJidAlt) : ''
  const others = isPerson(alternate) && alternate !== from ? [alternate] : []
  const number = [from, ...others].find((jid) => jid.endsWith(NUMBER))
  return { from, others, ...(number === undefined ? {} : { phone: number.slice(0, -NUMBER.length) }) }
}

/** Reads a message's content. One that could not be decrypted yet is a placeholder: it comes again under its id. */
export function readContent(message: Pick<WAMessage, 'key' | 'message' | 'messageStubType'>): Reading {
  const outer = message.message
  if (!outer) {
    const unreadable = message.messageStubType === proto.WebMessageInfo.StubType.CIPHERTEXT
    return unreadable ? { kind: 'message', body: { kind: 'placeholder' } } : IGNORED
  }
  const content = normalizeMessageContent(outer)
  if (!content) return IGNORED
  if (content.protocolMessage) return readProtocol(content.protocolMessage)
  const text = textOf(content)
  if (text !== undefined) return { kind: 'message', body: { kind: 'text', text } }
  const album = (outer.messageContextInfo ?? content.messageContextInfo)?.messageAssociation?.parentMessageKey?.id
  const file = content.imageMessage ?? content.documentMessage
  if (file) {
    const body = {
      kind: 'files' as const,
      files: [mediaRef(message.key, content)],
      ...(file.caption ? { caption: file.caption } : {}),
      ...(album ? { album } : {}),
    }
    return { kind: 'message', body }
  }
  for (const [field, what] of UNSUPPORTED) {
    if (content[field]) return { kind: 'message', body: { kind: 'unsupported', what } }
  }
  if (SILENT.some((field) => content[field])) return IGNORED
  const named = Object.keys(content).filter((field) => field !== 'messageContextInfo')
  return named.length === 0 ? IGNORED : { kind: 'message', body: { kind: 'unsupported', what: 'other' } }
}

/** What the platform says of a message of ours, as an update of it or merged into its echo; undefined for nothing new. */
export function readReceipt({ key, update }: WAMessageUpdate): Receipt | undefined {
  const { status } = update
  if (!key.fromMe || !key.id || status === undefined || status === null) return undefined
  if (status === proto.WebMessageInfo.Status.ERROR) {
    // 463 and its like are final: another attempt would count as another stranger addressed
    return { platformId: key.id, state: 'failed', failure: 'rejected' }
  }
  if (status >= READ) return { platformId: key.id, state: 'read' }
  return status === DELIVERY_ACK ? { platformId: key.id, state: 'delivered' } : undefined
}

/** The platform's error code of a message of ours that it refused. */
export function refusalOf({ update }: WAMessageUpdate): string | undefined {
  return update.messageStubParameters?.[0] ?? undefined
}

function isPerson(jid: string): boolean {
  return jid.endsWith(LID) || (jid.endsWith(NUMBER) && jid !== `0${NUMBER}`)
}
function readProtocol({ type, key }: proto.Message.IProtocolMessage): Reading {
  if (!key?.id) return IGNORED
  if (type === proto.Message.ProtocolMessage.Type.REVOKE) {
    return { kind: 'change', change: 'deleted', platformId: key.id }
  }
  if (type === proto.Message.ProtocolMessage.Type.MESSAGE_EDIT) {
    return { kind: 'change', change: 'edited', platformId: key.id }
  }
  return IGNORED
}
function textOf(content: proto.IMessage): string | undefined {
  return (
    content.conversation ??
    content.extendedTextMessage?.text ??
    content.buttonsResponseMessage?.selectedDisplayText ??
    content.templateButtonReplyMessage?.selectedDisplayText ??
    content.listResponseMessage?.title ??
    undefined
  )
}
