import type { Choice } from '../../models/chat/message.ts'
import type { MetPerson, WhatsappPeople, WhatsappPerson } from '../../models/whatsapp/people.ts'

/** So many people are remembered. */
const MOST = 20_000
/** The purge may have forgotten somebody meanwhile. */
const REMEMBERED_MS = 3_600_000

export type People = ReturnType<typeof createPeople>

/**
 * The people of the store, remembered by the one process that holds the session: most messages come from somebody who
 * wrote a moment ago, from the same address. `forget` when another process may have written meanwhile.
 */
export function createPeople(store: WhatsappPeople, now: () => Date) {
  let since = now().getTime()
  const byAddress = new Map<string, WhatsappPerson>()
  const byJid = new Map<string, Pick<MetPerson, 'address' | 'aliases'>>()

  function remember(person: WhatsappPerson): WhatsappPerson {
    if (byAddress.size >= MOST) forget()
    byAddress.set(person.address, person)
    return person
  }
  function forget(): void {
    since = now().getTime()
    byAddress.clear()
    byJid.clear()
  }

  return {
    forget,
    async find(address: string): Promise<WhatsappPerson | undefined> {
      const known = byAddress.get(address)
      if (known) return known
      const found = await store.find(address)
      return found && (byAddress.get(found.address) ?? remember(found))
    },
    async met(from: string, others: readonly string[], account: string): Promise<MetPerson> {
      if (now().getTime() - since > REMEMBERED_MS) forget()
      const jids = [from, ...others]
      const linked = byJid.get(from)
      const known = byAddress.get(linked?.address ?? '')
      if (linked && known?.answerTo === from && jids.every((jid) => byJid.get(jid)?.address === known.address)) {
        return { ...known, aliases: linked.aliases }
      }
      const person = await store.met(from, others, account)
      const { aliases, apart, ...rest } = person
      const strayed = jids.some((jid) => jid !== person.address && byAddress.has(jid))
      // two became one: what is remembered of either is old
      if (strayed || jids.some((jid) => (byJid.get(jid)?.address ?? person.address) !== person.address)) forget()
      remember(rest)
      // asked for anew each time while a supervisor has not decided
      if (!apart) for (const jid of jids) byJid.set(jid, { address: person.address, aliases })
      return person
    },
    async offer(address: string, choices: readonly Choice[]): Promise<void> {
      const known = byAddress.get(address)
      if (known && known.offered.length === 0 && choices.length === 0) return
      await store.offer(address, choices)
      if (known) byAddress.set(address, { ...known, offered: choices })
    },
    async markPhoneTold(address: string): Promise<void> {
      await store.markPhoneTold(address)
      const known = byAddress.get(address)
      if (known) byAddress.set(address, { ...known, phoneTold: true })
    },
  }
}
