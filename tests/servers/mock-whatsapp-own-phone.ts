import { randomBytes } from 'node:crypto'
import type { BinaryNode } from '@whiskeysockets/baileys'
import { SignalDevice } from './mock-whatsapp-device.ts'
import { DOMAIN, nowSeconds } from './mock-whatsapp-nodes.ts'
import type { MockPerson } from './mock-whatsapp-person.ts'
import type { MockWhatsApp } from './mock-whatsapp.ts'

/** The phone of the office's account, whose linked device the client is: what it sends is echoed to that device. */
export class OwnPhone {
  private readonly server: MockWhatsApp
  private readonly device = new SignalDevice()

  constructor(server: MockWhatsApp) {
    this.server = server
  }

  bundle(jid: string): Promise<BinaryNode> {
    return this.device.bundle(jid)
  }
  /**
   * A message from this account to somebody, as its other devices hear of it. `word`: what the receiver's receipt says,
   * which follows as soon as the linked device has acknowledged the echo. Gives the message's id.
   */
  async says(
    to: MockPerson,
    text: string,
    { id = `3A${randomBytes(9).toString('hex').toUpperCase()}`, word }: { id?: string; word: 'delivered' | 'read' },
  ): Promise<string> {
    const { server } = this
    const { office } = server
    const chat = to.byLid ? to.lid : to.pn
    const message = { deviceSentMessage: { destinationJid: chat, message: { conversation: text } } }
    const enc = await this.device.encrypt(server.deviceJid(to.byLid), () => server.keys.bundle(), message)
    const onWord = (node: BinaryNode): void => {
      if (node.attrs['id'] !== id) return
      server.events.off('acknowledged', onWord)
      const type = word === 'read' ? { type: 'read' } : {}
      server.send({ tag: 'receipt', attrs: { id, from: chat, t: nowSeconds(), ...type } })
    }
    server.events.on('acknowledged', onWord)
    const from = to.byLid ? `${office.lid}@lid` : `${office.pn}@${DOMAIN}`
    server.enqueue({
      tag: 'message',
      attrs: { from, recipient: chat, id, type: 'text', t: nowSeconds(), notify: 'Kantor' },
      content: [enc],
    })
    return id
  }
  close(): void {
    this.device.close()
  }
}
