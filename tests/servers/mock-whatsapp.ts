import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Curve, jidDecode, jidNormalizedUser } from '@whiskeysockets/baileys'
import type { BinaryNode, KeyPair } from '@whiskeysockets/baileys'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { MediaHost } from './mock-whatsapp-media.ts'
import { answerQuery } from './mock-whatsapp-queries.ts'
import { NoiseLink } from './mock-whatsapp-noise.ts'
import type { ClientPayload } from './mock-whatsapp-noise.ts'
import { OfficeKeys } from './mock-whatsapp-office-keys.ts'
import { CodePairing } from './mock-whatsapp-code.ts'
import { OwnPhone } from './mock-whatsapp-own-phone.ts'
import { deviceOfQr, pairingOffer, pairingSuccess } from './mock-whatsapp-pairing.ts'
import type { NewDevice } from './mock-whatsapp-pairing.ts'
import { MockPerson } from './mock-whatsapp-person.ts'
import { DEVICE, DOMAIN, child, children, nowSeconds } from './mock-whatsapp-nodes.ts'
import { WaitingStanzas } from './mock-whatsapp-waiting.ts'

/** One connection of a linked device. */
export type MockConnection = {
  /** The path that the client came by: processes of one test are told apart by it. */
  path: string
  socket: WebSocket
  link: NoiseLink
  /** The device's address, once it has logged in. */
  jid?: string
  /** It has asked for what is waiting. */
  active: boolean
  pairing: boolean
}

/**
 * A WhatsApp Web server with one account of the office and any number of people. It keeps what people say until the
 * linked device has acknowledged it, and hands it over again at the next login, as the platform does.
 */
export class MockWhatsApp {
  readonly office = { pn: '6281100000001', lid: '90000000000001' }
  readonly media = new MediaHost()
  readonly keys = new OfficeKeys()
  /** The account's own phone. */
  readonly ownPhone = new OwnPhone(this)
  readonly account: KeyPair = Curve.generateKeyPair()
  readonly people = new Map<string, MockPerson>()
  /** `paired`, `login`, `closed`; `qr` when a device waits to be scanned; `heard` with a person and what they heard;
   * `acknowledged` with the linked device's word on what it was handed. */
  readonly events = new EventEmitter()
  /** Errors of the server itself: a test that ends with some has proved nothing. */
  readonly faults: unknown[] = []
  /** Every acknowledgement and receipt of the linked device, in order. */
  readonly receipts: BinaryNode[] = []
  /** Logins are refused with this reason (401, 403, 405) while it is set. */
  refusal: string | undefined
  /** The server's word on a message comes after the receipt of whoever got it. */
  acknowledgesLate = false
  /** As the client that came last says. */
  clientVersion = ''
  connection: MockConnection | undefined
  private readonly http = createServer()
  private readonly sockets = new WebSocketServer({ server: this.http })
  private readonly waiting = new WaitingStanzas()
  private readonly dead = new Set<string>()
  private linked = false
  private byCode: CodePairing | undefined

  async open(): Promise<void> {
    // the phones' libsignal tells of each session that it closes, with its keys
    for (const name of ['info', 'warn'] as const) Object.assign(console, { [name]: () => undefined })
    await this.media.open()
    this.sockets.on('connection', (socket, request) => this.accept(socket, request.url ?? '/'))
    this.http.listen(0, '127.0.0.1')
    await once(this.http, 'listening')
  }
  async close(): Promise<void> {
    for (const person of new Set(this.people.values())) person.close()
    this.ownPhone.close()
    for (const socket of this.sockets.clients) socket.terminate()
    this.http.closeAllConnections()
    await new Promise((resolve) => this.http.close(resolve))
    await this.media.close()
  }

  /** Where a client connects; each process of a test takes a name of its own. */
  url(process = 'one'): string {
    return `ws://127.0.0.1:${(this.http.address() as AddressInfo).port}/ws/chat/${process}`
  }
  /** Ends what a killed process had open, and lets nothing of it in again. */
  cut(process: string): void {
    const path = `/ws/chat/${process}`
    this.dead.add(path)
    for (const socket of this.sockets.clients) if (this.pathOf(socket) === path) socket.terminate()
  }
  /** The number of connections that are logged in: more than one would be two processes on one session. */
  get loggedIn(): number {
    return [...this.logged].filter((one) => one.socket.readyState === one.socket.OPEN).length
  }

  person(name: string, { lid = true } = {}): MockPerson {
    const n = this.people.size + 101
    const person = new MockPerson(this, { name, pn: `62812000${n}@${DOMAIN}`, lid: `80000000${n}@lid`, byLid: lid })
    this.people.set(person.pn, person)
    this.people.set(person.lid, person)
    return person
  }
  personOf(jid: string | undefined): MockPerson | undefined {
    return jid === undefined ? undefined : this.people.get(jidNormalizedUser(jid))
  }
  /** Whether this is one of the account's own devices. */
  isOwn(jid: string): boolean {
    return [this.office.pn, this.office.lid].includes(jidDecode(jid)?.user ?? '')
  }
  /** The keys of a phone, for whoever writes to it first; undefined where there is none. */
  bundleOf(jid: string): Promise<BinaryNode> | undefined {
    return this.isOwn(jid) ? this.ownPhone.bundle(jid) : this.personOf(jid)?.bundle(jid)
  }
  /** The linked device's address in the form that a message is addressed in. */
  deviceJid(lid: boolean): string {
    return lid ? `${this.office.lid}:${DEVICE}@lid` : `${this.office.pn}:${DEVICE}@${DOMAIN}`
  }

  /** The account's phone scans the QR string that a client shows. */
  scan(qr: string): void {
    this.link(deviceOfQr(qr))
  }
  /** Somebody types the code that a client shows on the account's phone. */
  async typeCode(code: string): Promise<void> {
    if (!this.byCode || !this.connection) throw new Error('no device has asked for a code')
    this.connection.link.send(await this.byCode.typed(code))
  }
  private link(device: NewDevice): void {
    const { connection } = this
    if (!connection?.pairing) throw new Error('no device waits to be paired')
    this.linked = true
    connection.link.send(pairingSuccess(device, this.account, { office: this.office, device: DEVICE }))
  }
  /** The account's phone removes the linked device. */
  unlink(): void {
    this.linked = false
    this.streamError('conflict', 'device_removed')
  }
  get isLinked(): boolean {
    return this.linked
  }

  /** Ends the stream as the platform does: with a code, or as a conflict of that type. */
  streamError(code: string, type?: string): void {
    const { connection } = this
    if (!connection) throw new Error('nobody is connected')
    const conflict = type === undefined ? {} : { content: [{ tag: code, attrs: { type } }] }
    connection.link.send({ tag: 'stream:error', attrs: type === undefined ? { code } : {}, ...conflict })
    connection.socket.close()
  }
  /** Drops the line without a word. */
  drop(): void {
    this.connection?.socket.terminate()
  }

  /** Keeps a stanza until it is acknowledged, and hands it over at once where a device is there. */
  enqueue(node: BinaryNode): void {
    this.waiting.keep(node, this.connection?.active ? this.connection : undefined)
  }
  /** Ids of what the linked device has not acknowledged. */
  get unacknowledged(): string[] {
    return this.waiting.ids
  }
  send(node: BinaryNode): void {
    this.connection?.link.send(node)
  }

  private readonly logged = new Set<MockConnection>()
  private readonly paths = new WeakMap<WebSocket, string>()
  private pathOf(socket: WebSocket): string | undefined {
    return this.paths.get(socket)
  }

  private accept(socket: WebSocket, path: string): void {
    this.paths.set(socket, path)
    if (this.dead.has(path)) {
      socket.terminate()
      return
    }
    const link = new NoiseLink((bytes) => {
      if (socket.readyState === socket.OPEN) socket.send(bytes)
    })
    const connection: MockConnection = { path, socket, link, active: false, pairing: false }
    let order = Promise.resolve()
    socket.on('message', (data: Buffer) => {
      order = order.then(() => this.onBytes(connection, data)).catch((error: unknown) => void this.faults.push(error))
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.logged.delete(connection)
      if (this.connection === connection) this.connection = undefined
      this.events.emit('closed', path)
    })
  }

  private async onBytes(connection: MockConnection, data: Buffer): Promise<void> {
    for (const event of await connection.link.take(data)) {
      if ('login' in event) this.onLogin(connection, event.login)
      else await this.onNode(connection, event.node)
    }
  }

  private onLogin(connection: MockConnection, login: ClientPayload): void {
    const { primary, secondary, tertiary } = login.userAgent?.appVersion ?? {}
    this.clientVersion = [primary, secondary, tertiary].join('.')
    if (login.devicePairingData) {
      connection.pairing = true
      this.connection = connection
      this.keys.register(login.devicePairingData)
      connection.link.send(pairingOffer())
      this.events.emit('qr')
      return
    }
    const reason = this.refusal ?? (this.linked ? undefined : '401')
    if (reason !== undefined) {
      connection.link.send({ tag: 'failure', attrs: { reason } })
      connection.socket.close()
      return
    }
    for (const other of this.logged) {
      const content = [{ tag: 'conflict', attrs: { type: 'replaced' } }]
      other.link.send({ tag: 'stream:error', attrs: {}, content })
      other.socket.close()
    }
    this.logged.add(connection)
    this.connection = connection
    connection.jid = this.deviceJid(false)
    const attrs = { t: nowSeconds(), props: '1', lid: this.deviceJid(true), creation: '1' }
    connection.link.send({ tag: 'success', attrs })
    this.events.emit('login', connection.path)
  }

  private async onNode(connection: MockConnection, node: BinaryNode): Promise<void> {
    if (node.tag === 'iq') return this.onQuery(connection, node)
    if (node.tag === 'message') return this.onMessage(connection, node)
    if (node.tag === 'chatstate') this.personOf(node.attrs['to'])?.seesTyping()
    if (node.tag !== 'receipt' && node.tag !== 'ack') return
    this.receipts.push(node)
    this.events.emit('acknowledged', node)
    if (node.tag === 'receipt') {
      connection.link.send({ tag: 'ack', attrs: { class: 'receipt', id: node.attrs['id'] ?? '', from: DOMAIN } })
      if (node.attrs['type'] === 'server-error') {
        this.personOf(child(node, 'rmr')?.attrs['jid'])?.onMediaRetry(node)
        return
      }
      if (node.attrs['type'] === 'retry') return this.personOf(node.attrs['to'])?.onRetry(node)
    }
    this.waiting.acknowledged(node)
  }

  private async onQuery(connection: MockConnection, node: BinaryNode): Promise<void> {
    if (node.attrs['type'] === 'result') {
      if (!child(node, 'pair-device-sign')) return
      connection.link.send({ tag: 'stream:error', attrs: { code: '515' } })
      connection.socket.close()
      this.events.emit('paired')
      return
    }
    const content = await answerQuery(this, node)
    const answer = { tag: 'iq', attrs: { from: DOMAIN, type: 'result', id: node.attrs['id'] ?? '' } }
    connection.link.send(content ? { ...answer, content } : answer)
    if (child(node, 'remove-companion-device')) this.linked = false
    if (node.attrs['xmlns'] === 'passive') this.activate(connection)
    const code = child(node, 'link_code_companion_reg')
    if (code?.attrs['stage'] === 'companion_hello') this.byCode = new CodePairing(this.account, code)
    else if (code && this.byCode) this.link(await this.byCode.finish(code))
  }

  private activate(connection: MockConnection): void {
    connection.active = true
    const offline = { tag: 'offline', attrs: { count: String(this.waiting.handOver(connection)) } }
    connection.link.send({ tag: 'ib', attrs: { from: DOMAIN }, content: [offline] })
  }

  private async onMessage(connection: MockConnection, node: BinaryNode): Promise<void> {
    const id = node.attrs['id'] ?? ''
    const to = node.attrs['to'] ?? ''
    const refused = this.personOf(to)?.refusal
    const ack = { class: 'message', id, from: to, t: nowSeconds() }
    const word = { tag: 'ack', attrs: refused === undefined ? ack : { ...ack, error: refused } }
    if (!this.acknowledgesLate) connection.link.send(word)
    if (refused !== undefined) return
    // a message that was asked for again goes to one device, without the list
    const direct = child(node, 'enc')
    const parts = direct ? [{ jid: to, enc: direct }] : children(child(node, 'participants'), 'to').map(partOf)
    for (const { jid, enc } of parts) {
      if (enc) await this.personOf(jid)?.hear({ id, to: jid, enc })
    }
    if (this.acknowledgesLate) connection.link.send(word)
  }
}

function partOf(node: BinaryNode): { jid: string; enc: BinaryNode | undefined } {
  return { jid: node.attrs['jid'] ?? '', enc: child(node, 'enc') }
}
