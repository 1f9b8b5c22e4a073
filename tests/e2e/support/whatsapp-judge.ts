import { render } from '../../../src/bots/render.ts'
import type { Choice } from '../../../src/models/chat/message.ts'
import { toBuffer } from '../../../src/models/store/binary.ts'
import { findChat } from '../../../src/models/chat/chats.ts'
import type { Database } from '../../../src/models/store/connect.ts'
import { deliveries } from '../../../src/models/notice/kept.ts'
import type { DeliveryDocument } from '../../../src/models/notice/kept.ts'
import { createInbox, inboxModel } from '../../../src/models/chat/inbox.ts'
import type { Sealer } from '../../../src/models/store/sealing.ts'
import type { MockPerson } from '../../servers/mock-whatsapp-person.ts'
import type { MockWhatsApp } from '../../servers/mock-whatsapp.ts'
import { createLog } from '../../../src/config/log.ts'

export type WhatsappVerdict = {
  /** Messages that people said, each with the platform's word that it has it. */
  said: number
  /** Acknowledged to the platform and not in the inbox: what the library's receipt window loses. */
  lostInWindow: number
  replies: number
  /** Replies that went out in several attempts, and were one message on the phone. */
  attemptedAgain: number
  /** Replies that a phone could not read at first, and asked for again. */
  unreadableAtFirst: number
  /** Outcomes that phones have shown, by event: one notice may tell of several. */
  told: Record<string, number>
  /** A sentence each, as in the judge's verdict. */
  lost: string[]
  doubled: string[]
}

type Stores = { database: Database; sealer: Sealer; now: () => Date }

/**
 * Compares phones with the stores: every message that the platform was told we have is in the inbox, every reply stands
 * on the phone that it is for, once, as it was written, and nothing else stands there.
 */
export async function judgeWhatsapp(
  server: MockWhatsApp,
  phones: readonly MockPerson[],
  stores: Stores,
  say: (line: string) => void,
): Promise<WhatsappVerdict> {
  const lost: string[] = []
  const doubled: string[] = []
  const inbound = await judgeInbound(server, phones, stores, say)

  const sent = await deliveries(stores.database).find().lean<DeliveryDocument[]>()
  const told: Record<string, number> = {}
  for (const delivery of sent) {
    const chat = await findChat(stores, delivery.chat)
    const person = chat && server.personOf(chat.to.id)
    const message = person?.heard.find(({ id }) => id === delivery.chosenId)
    const unread = person?.unreadable.get(delivery.chosenId ?? '') ?? 0
    const tries = `${delivery.attempts} attempts, ${unread} times not to be read`
    if (!message) lost.push(`a reply that is ${delivery.state} was not heard: ${tries}`)
    else if (message.text !== shown(delivery, stores.sealer)) lost.push('a reply was heard with another text')
    else
      for (const { event } of [delivery.subject, ...(delivery.subject.also ?? [])])
        if (event !== undefined) told[event] = (told[event] ?? 0) + 1
  }
  const heard = phones.flatMap((person) => person.heard.map(({ id }) => id))
  if (new Set(heard).size < heard.length) doubled.push('a message stands twice on a phone')
  const known = new Set(sent.map((delivery) => delivery.chosenId))
  const strangers = heard.filter((id) => !known.has(id)).length
  if (strangers > 0) doubled.push(`${strangers} messages on phones are of no delivery`)

  const attemptedAgain = phones.reduce((sum, one) => sum + [...one.copies.values()].filter((n) => n > 1).length, 0)
  const unreadableAtFirst = phones.reduce((sum, one) => sum + one.unreadable.size, 0)
  return { ...inbound, replies: sent.length, attemptedAgain, unreadableAtFirst, told, lost, doubled }
}

async function judgeInbound(
  server: MockWhatsApp,
  phones: readonly MockPerson[],
  stores: Stores,
  say: (line: string) => void,
): Promise<{ said: number; lostInWindow: number }> {
  const inbox = createInbox({ ...stores, log: createLog('silent') })
  let said = 0
  let lostInWindow = 0
  for (const person of phones) {
    const ids = person.saidIds()
    said += ids.length
    // somebody who began by the number keeps that name, somebody with a LID keeps the LID
    for (const platformId of ids) {
      const rows = [person.lid, person.pn].map((id) =>
        inbox.idOf({ from: { channel: 'whatsapp', id }, account: server.office.pn, platformId }),
      )
      if (await inboxModel(stores.database).exists({ _id: { $in: rows }, state: { $ne: 'placeholder' } })) continue
      lostInWindow += 1
      const words = server.receipts.filter((node) => node.attrs['id'] === platformId)
      say(
        `a message is in no inbox, its acknowledgements: ${JSON.stringify(words.map(({ tag, attrs }) => [tag, attrs['type'], attrs['error']]))}`,
      )
    }
  }
  return { said, lostInWindow }
}

/** A reply as a phone with WhatsApp shows it: choices are numbered lines. */
function shown({ text, choices }: DeliveryDocument, sealer: Sealer): string {
  const message = {
    text: sealer.openText(toBuffer(text)),
    ...(choices ? { choices: sealer.openJson<Choice[]>(toBuffer(choices)) } : {}),
  }
  return render(message, { buttons: 0, textLimit: 4096 }).parts.join('\n')
}
