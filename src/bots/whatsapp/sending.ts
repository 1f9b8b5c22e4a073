import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { generateWAMessage, proto } from '@whiskeysockets/baileys'
import type { AnyMessageContent } from '@whiskeysockets/baileys'
import { guarded } from '../../models/store/failpoint.ts'
import type { Choice, Outbound } from '../../models/chat/message.ts'
import type { WhatsappSent } from '../../models/whatsapp/sent.ts'
import { ChannelError } from '../channel.ts'
import type { Channel } from '../channel.ts'
import { render } from '../render.ts'
import { toChannelError } from './errors.ts'
import type { People } from './people.ts'
import type { Connection } from './socket.ts'

/** The server says at once that it has a message; so long without a word the line is dead. */
const ACKNOWLEDGED_MS = 10_000

export type SendingDeps = {
  can: Channel['can']
  people: People
  sent: WhatsappSent
  open: () => Connection | undefined
  /** Opens a blob of ours to be sent as a file. */
  openBlob: (blob: string) => Promise<Buffer | undefined>
  /** How long the person sees that we write, in ms, before a text of that length. */
  typingMs: (length: number) => number
}

/** Sends one message in as many parts as it needs: its texts with numbered choices, then its files. */
export function createSending({ can, people, sent, open, openBlob, typingMs }: SendingDeps) {
  /** All attempts of one message carry the same ids: a phone shows it once. The last part has the message's own. */
  return async function send(message: Outbound): Promise<string> {
    const connection = open()
    if (!connection) throw new ChannelError('unreachable')
    try {
      const person = await people.find(message.to.id)
      // a stranger who did not write first costs the office its number
      if (!person) throw new ChannelError('rejected', { reason: 'never-wrote' })
      const contents = await contentsOf(message)
      if (contents.length === 0) throw new ChannelError('rejected')
      const own = message.id ?? derivedId(message.key)
      for (const [i, content] of contents.entries()) {
        const id = i === contents.length - 1 ? own : derivedId(`${own}#${i}`)
        await sendPart(connection, person.answerTo, content, id)
      }
      await people.offer(message.to.id, offeredBy(message))
      return own
    } catch (error) {
      throw toChannelError(error)
    }
  }

  async function contentsOf(message: Outbound): Promise<AnyMessageContent[]> {
    const { parts } = render(message, can)
    const files = (message.files ?? []).map(async ({ blob, name, mediaType }): Promise<AnyMessageContent> => {
      const document = await openBlob(blob)
      if (!document) throw new ChannelError('rejected')
      return { document, fileName: name, mimetype: mediaType }
    })
    return [...parts.map((text) => ({ text })), ...(await Promise.all(files))]
  }

  async function sendPart(connection: Connection, jid: string, content: AnyMessageContent, id: string) {
    const { socket } = connection
    const text = 'text' in content ? content.text : undefined
    if (text !== undefined) await showTyping(connection, jid, text.length)
    const full = await generateWAMessage(jid, content, {
      userJid: socket.user?.id ?? '',
      upload: socket.waUploadToServer,
      messageId: id,
    })
    if (!full.message) throw new ChannelError('rejected')
    // before it goes out: a phone that cannot read it may ask at once
    await sent.keep(id, proto.Message.encode(full.message).finish())
    const word = connection.acknowledged(id)
    const relayed = guarded('whatsapp.relay', () => socket.relayMessage(jid, full.message ?? {}, { messageId: id }))
    // a connection that has ended writes no keys any more: the library would wait for them for ever
    await Promise.race([relayed, word])
    const silence = wait(ACKNOWLEDGED_MS, undefined, { ref: false })
    const acknowledged = await Promise.race([word, silence])
    if (!acknowledged) throw new ChannelError('unreachable')
    // 463 and its like: a restriction that every further attempt would make worse
    if (acknowledged.error !== undefined) throw new ChannelError('rejected')
  }

  async function showTyping({ socket }: Connection, jid: string, length: number): Promise<void> {
    const ms = typingMs(length)
    if (ms <= 0) return
    await socket.sendPresenceUpdate('composing', jid)
    await wait(ms)
  }

  /** Where we numbered the choices ourselves, the digits mean them; a text that names its own is the engine's to read. */
  function offeredBy(message: Outbound): readonly Choice[] {
    const choices = message.choices ?? []
    const shown = render({ text: message.text }, can).parts.join('\n')
    const numbered = render(message, can).parts.join('\n') !== shown
    return numbered ? choices : []
  }
}

/** An id in the platform's form for what has none of its own: the same for the same key. */
function derivedId(key: string): string {
  return `3EB0${createHash('sha256').update(key).digest('hex').slice(0, 18).toUpperCase()}`
}
