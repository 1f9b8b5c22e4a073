import { randomBytes } from 'node:crypto'
import { jidDecode, proto } from '@whiskeysockets/baileys'
import type { BinaryNode } from '@whiskeysockets/baileys'
import { SignalDevice } from './mock-whatsapp-device.ts'
import type { Bundle } from './mock-whatsapp-device.ts'
import type { MockWhatsApp } from './mock-whatsapp.ts'
import { child, nowSeconds, retryReceipt } from './mock-whatsapp-nodes.ts'

export type Heard = { id: string; to: string; text: string; message: proto.IMessage }
export type PersonFile = { bytes: Uint8Array; name: string; mime: string }
type Said = { message: proto.IMessage; lid: boolean; device: number }
const PHONE = 0
const MOST_PLEAS = 4
type SayOptions = {
  /** Of the platform's message; the same twice is the same message. */
  id?: string
  /** What the stanza goes through before it is sent: attributes of groups, broken ciphertext. */
  change?: (node: BinaryNode) => BinaryNode
  /** The number of another device of the same person, as a computer. */
  device?: number
}

/** Somebody with WhatsApp on a phone. What they hear is shown once for each message id, as a phone shows it. */
export class MockPerson {
  readonly name: string
  readonly pn: string
  readonly lid: string
  /** Today's way is the LID; an old client is addressed by its number. */
  byLid: boolean
  /** False where the platform does not tell the other address. */
  tellsOther = true
  /** False where the platform's directory does not tell it either. */
  listsOther = true
  /** The platform answers messages to this person with that error, as `463`. */
  refusal: string | undefined
  readonly heard: Heard[] = []
  /** What their other devices show. */
  readonly heardElsewhere: Heard[] = []
  /** `typing` and the ids of what was heard on the phone, in order. */
  readonly seen: string[] = []
  /** How often each message id came in: attempts that a phone shows once. */
  readonly copies = new Map<string, number>()
  /** How often each message could not be read and was asked for again. */
  readonly unreadable = new Map<string, number>()
  /** What a receipt says after a message was heard; undefined: none. */
  receipt: 'delivered' | 'read' | undefined = 'delivered'
  private readonly server: MockWhatsApp
  private readonly devices = new Map([[PHONE, new SignalDevice()]])
  private readonly said = new Map<string, Said>()
  private readonly files = new Map<string, { mediaKey: Buffer; bytes: Buffer }>()
  private latest = ''
  private turn: Promise<unknown> = Promise.resolve()

  constructor(server: MockWhatsApp, who: { name: string; pn: string; lid: string; byLid: boolean }) {
    this.server = server
    this.name = who.name
    this.pn = who.pn
    this.lid = who.lid
    this.byLid = who.byLid
  }

  text(text: string, options: SayOptions = {}): Promise<string> {
    return this.say({ conversation: text }, options)
  }
  async file({ bytes, name, mime }: PersonFile, options: SayOptions & { caption?: string } = {}): Promise<string> {
    const caption = options.caption === undefined ? {} : { caption: options.caption }
    if (mime.startsWith('image/')) {
      return this.say(
        { imageMessage: { ...(await this.server.media.keep(bytes, 'image', mime)), ...caption } },
        options,
      )
    }
    const kept = await this.server.media.keep(bytes, 'document', mime)
    return this.say({ documentMessage: { ...kept, fileName: name, ...caption } }, options)
  }
  /** An album: a message that announces it, then its files, which name it; `order` is how they arrive. */
  async album(files: readonly PersonFile[], caption?: string, order = files.map((_, i) => i)): Promise<string[]> {
    const images = files.filter((file) => file.mime.startsWith('image/')).length
    const parent = await this.say({ albumMessage: { expectedImageCount: images } })
    const association = {
      associationType: proto.MessageAssociation.AssociationType.MEDIA_ALBUM,
      parentMessageKey: { remoteJid: this.byLid ? this.lid : this.pn, fromMe: true, id: parent },
    }
    const messages = await Promise.all(
      files.map(async ({ bytes, name, mime }, i): Promise<proto.IMessage> => {
        const words = i === 0 && caption !== undefined ? { caption } : {}
        const image = mime.startsWith('image/')
        const kept = await this.server.media.keep(bytes, image ? 'image' : 'document', mime)
        const content = image
          ? { imageMessage: { ...kept, ...words } }
          : { documentMessage: { ...kept, fileName: name, ...words } }
        return { ...content, messageContextInfo: { messageAssociation: association } }
      }),
    )
    const ids = []
    for (const i of order) ids.push(await this.say(messages[i] ?? {}))
    return ids
  }
  edit(id: string, text: string): Promise<string> {
    const type = proto.Message.ProtocolMessage.Type.MESSAGE_EDIT
    return this.say({ protocolMessage: { key: this.keyOf(id), type, editedMessage: { conversation: text } } })
  }
  remove(id: string): Promise<string> {
    return this.say({ protocolMessage: { key: this.keyOf(id), type: proto.Message.ProtocolMessage.Type.REVOKE } })
  }
  /** The platform hands the latest message over once more. */
  repeat(): Promise<string> {
    const said = this.said.get(this.latest)
    if (!said) throw new Error(`${this.name} has said nothing`)
    return this.say(said.message, { id: this.latest })
  }

  /** Says anything. Resolves with the message's id once the platform has it. */
  say(message: proto.IMessage, options: SayOptions = {}): Promise<string> {
    const id = options.id ?? `3A${randomBytes(9).toString('hex').toUpperCase()}`
    const spoken = this.inTurn(async () => {
      const said = { message, lid: this.byLid, device: options.device ?? PHONE }
      this.said.set(id, said)
      this.latest = id
      const node = this.stanza(id, await this.encrypt(said), said)
      this.server.enqueue(options.change ? options.change(node) : node)
      return id
    })
    return spoken
  }

  /** This person's phone could not read message `id` and asks for it again, with fresh keys. */
  askAgain(id: string): Promise<void> {
    this.forget()
    return this.plead(id, '1')
  }
  private async plead(id: string, count: string): Promise<void> {
    const phone = this.deviceOf(PHONE)
    const from = this.byLid ? this.lid : this.pn
    const { registrationId } = phone
    // kept until it is acknowledged, as a message: whoever was killed over it gets it again
    this.server.enqueue(retryReceipt({ id, from, count, registrationId, bundle: await phone.bundle(from) }))
  }
  /** Has read message `id`. */
  read(id: string): void {
    const from = this.byLid ? this.lid : this.pn
    this.server.send({ tag: 'receipt', attrs: { id, from, type: 'read', t: nowSeconds() } })
  }
  /** The sessions of this phone are gone: what it is sent cannot be read until it has asked again. */
  forget(): void {
    this.deviceOf(PHONE).forget()
  }
  bundle(jid: string): Promise<BinaryNode> {
    return this.deviceOf(deviceIn(jid)).bundle(jid)
  }
  /** Links another device, as a computer. */
  addDevice(number: number): void {
    this.devices.set(number, new SignalDevice())
  }
  get deviceNumbers(): number[] {
    return [...this.devices.keys()]
  }

  /** For the server: the office's client says that it writes. */
  seesTyping(): void {
    this.seen.push('typing')
  }
  /** For the server: a message of the office to one device of this person. */
  hear({ id, to, enc }: { id: string; to: string; enc: BinaryNode }): Promise<void> {
    return this.inTurn(async () => {
      const device = deviceIn(to)
      const message = await this.readable({ id, to, enc })
      if (!message) return
      if (device !== PHONE) {
        this.heardElsewhere.push({ id, to, text: textOf(message), message })
        return
      }
      const copies = (this.copies.get(id) ?? 0) + 1
      this.copies.set(id, copies)
      if (copies === 1) {
        const heard = { id, to, text: textOf(message), message }
        this.heard.push(heard)
        this.seen.push(id)
        this.server.events.emit('heard', this, heard)
      }
      if (this.receipt === undefined) return
      const type = this.receipt === 'read' ? { type: 'read' } : {}
      this.server.send({ tag: 'receipt', attrs: { id, from: to, t: nowSeconds(), ...type } })
    })
  }
  /** As a phone does, one that cannot read a message asks for it again, with fresh keys. Throws where that does not help. */
  private async readable({
    id,
    to,
    enc,
  }: {
    id: string
    to: string
    enc: BinaryNode
  }): Promise<proto.IMessage | undefined> {
    const device = deviceIn(to)
    try {
      return await this.deviceOf(device).decrypt(this.server.deviceJid(to.endsWith('@lid')), enc)
    } catch (error) {
      const pleas = (this.unreadable.get(id) ?? 0) + 1
      if (device !== PHONE || pleas > MOST_PLEAS) throw error
      this.unreadable.set(id, pleas)
      await this.plead(id, String(pleas))
      return undefined
    }
  }
  /** For the server: the office's device could not read what this phone said. */
  onRetry(node: BinaryNode): Promise<void> {
    return this.inTurn(async () => {
      const id = node.attrs['id'] ?? ''
      const said = this.said.get(id)
      if (!said) return
      const keys = child(node, 'keys')
      const registration = child(node, 'registration')?.content
      this.deviceOf(said.device).forget()
      const fresh = keys
        ? () => this.server.keys.bundleOf(keys, Buffer.from(registration as Uint8Array).readUInt32BE())
        : undefined
      this.server.enqueue(this.stanza(id, await this.encrypt(said, fresh), said))
    })
  }
  /** For the server: the office found a file gone and asks this phone to lay it down again. */
  onMediaRetry(node: BinaryNode): void {
    const id = node.attrs['id'] ?? ''
    const from = child(node, 'rmr')?.attrs['jid'] ?? this.lid
    this.server.send(this.server.media.retryAnswer({ id, from, lost: this.files.get(id) }))
  }
  /** The platform drops the file of message `id`; the phone still has it unless `lost`. */
  expire(id: string, { lost = false } = {}): void {
    const message = this.said.get(id)?.message
    const media = message?.imageMessage ?? message?.documentMessage
    const bytes = this.server.media.expire(media?.directPath ?? '')
    if (!bytes || !media?.mediaKey) throw new Error('this message has no file')
    if (!lost) this.files.set(id, { bytes, mediaKey: Buffer.from(media.mediaKey) })
  }
  /** Ids of what was said and wants to be kept: all but the announcements of albums. */
  saidIds(): string[] {
    return [...this.said].flatMap(([id, { message }]) => (message.albumMessage ? [] : [id]))
  }
  /** What this phone has said cannot be asked for any more: long runs would grow by it. */
  forgetSaid(): void {
    this.said.clear()
  }
  /** Resolves once what has come to this phone is on its screen. */
  async settled(): Promise<void> {
    await this.turn
  }
  close(): void {
    for (const device of this.devices.values()) device.close()
  }

  private deviceOf(number: number): SignalDevice {
    const device = this.devices.get(number)
    if (!device) throw new Error(`${this.name} has no device ${number}`)
    return device
  }

  private keyOf(id: string): proto.IMessageKey {
    return { remoteJid: this.byLid ? this.lid : this.pn, fromMe: true, id }
  }
  private encrypt({ message, lid, device }: Said, bundle?: () => Bundle): Promise<BinaryNode> {
    const keys = bundle ?? (() => this.server.keys.bundle())
    return this.deviceOf(device).encrypt(this.server.deviceJid(lid), keys, message)
  }
  private stanza(id: string, enc: BinaryNode, { lid, device }: Said): BinaryNode {
    const own = lid ? this.lid : this.pn
    const other = lid ? { sender_pn: this.pn, addressing_mode: 'lid' } : { sender_lid: this.lid }
    return {
      tag: 'message',
      attrs: {
        from: device === PHONE ? own : own.replace('@', `:${device}@`),
        ...(this.tellsOther ? other : {}),
        id,
        type: 'text',
        t: nowSeconds(),
        notify: this.name,
      },
      content: [enc],
    }
  }
  /** One thing after the other: sessions are not made for two at once. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work)
    this.turn = mine.catch(() => undefined)
    return mine
  }
}

function deviceIn(jid: string): number {
  return jidDecode(jid)?.device ?? PHONE
}
function textOf(message: proto.IMessage): string {
  const { conversation, extendedTextMessage: extended, documentMessage: document, imageMessage: image } = message
  return conversation ?? extended?.text ?? document?.caption ?? image?.caption ?? ''
}
