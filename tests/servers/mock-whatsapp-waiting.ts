import type { BinaryNode } from '@whiskeysockets/baileys'
import { child, children } from './mock-whatsapp-nodes.ts'

/** A connection of the linked device, as far as stanzas go. */
type Line = { link: { send(node: BinaryNode): void } }
/** `owed`: acknowledgements that are missing, one for each time that it was handed over on this connection. */
type Stanza = { node: BinaryNode; sentOn?: Line; owed: number }

/**
 * What people said, and their pleas for what they could not read, that the linked device has not acknowledged, in order;
 * each is handed over once on a connection.
 */
export class WaitingStanzas {
  private readonly stanzas = new Map<string, Stanza>()

  get ids(): string[] {
    return [...this.stanzas.keys()]
  }
  /** The same again takes a new place. `line`: where somebody is there to take it at once. */
  keep(node: BinaryNode, line: Line | undefined): void {
    const id = nameOf(node)
    const before = this.stanzas.get(id)
    this.stanzas.delete(id)
    // what was said again is not acknowledged by the word on the first
    const owed = line && before?.sentOn === line ? before.owed + 1 : 1
    this.stanzas.set(id, line ? { node, sentOn: line, owed } : { node, owed })
    line?.link.send(node)
  }
  /** Everything that this line has not had, marked as said while nobody was there. Gives how many. */
  handOver(line: Line): number {
    const left = [...this.stanzas.values()].filter((stanza) => stanza.sentOn !== line)
    for (const stanza of left) {
      stanza.sentOn = line
      stanza.owed = 1
      line.link.send({ ...stanza.node, attrs: { ...stanza.node.attrs, offline: '1' } })
    }
    return left.length
  }
  /** The device's word on a stanza, or on several messages at once. */
  acknowledged(word: BinaryNode): void {
    const listed = children(child(word, 'list'), 'item').map((item) => item.attrs['id'] ?? '')
    for (const id of [nameOf(word), ...listed]) {
      const stanza = this.stanzas.get(id)
      if (!stanza) continue
      stanza.owed -= 1
      if (stanza.owed <= 0) this.stanzas.delete(id)
    }
  }
}

/** A message goes by its id; of a phone's receipts several may carry the same, which is that of a message to it. */
function nameOf({ tag, attrs }: BinaryNode): string {
  const id = attrs['id'] ?? ''
  // the device's own receipts, which are its word on messages, come from nobody else
  const ofReceipt = attrs['class'] === 'receipt' || (tag === 'receipt' && attrs['from'] !== undefined)
  return ofReceipt ? `${id}/${attrs['type'] ?? ''}` : id
}
