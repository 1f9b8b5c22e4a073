export type ChannelName = 'telegram' | 'whatsapp' | 'webchat'

/** Who is speaking, in the channel's own terms. Sealed wherever it is stored. */
export type Address = { channel: ChannelName; id: string }

/** A pointer that only the channel which made it can open. `ref` is sealed wherever it is stored. */
export type MediaRef = {
  kind: 'photo' | 'document'
  ref: string
  /** What the sender's side claims; never believed, content decides (media/ingest). */
  mime?: string
  name?: string
  bytes?: number
}

export type Choice = { value: string; label: string }

/** Things that the bot answers with a helpful sentence. */
export type UnsupportedKind = 'sticker' | 'voice' | 'video' | 'location' | 'contact' | 'poll' | 'other'

export type InboundBody =
  | { kind: 'text'; text: string }
  | { kind: 'choice'; value: string }
  /** One file (Telegram, WhatsApp), or an album that came as one message (webchat). The caption belongs to the first. */
  | { kind: 'files'; files: readonly MediaRef[]; caption?: string; album?: string }
  /** The sender shared their own phone number (the channel has checked that it is their own). */
  | { kind: 'phone'; phone: string }
  | { kind: 'unsupported'; what: UnsupportedKind }
  /** Undecryptable yet; the same platformId comes again with content. */
  | { kind: 'placeholder' }

/** One message as a channel received it. */
export type Inbound = {
  /** The platform's own id of the message, unique within account and chat. The inbox hashes it. */
  platformId: string
  from: Address
  /** Which of the office's accounts it was sent to (bot id, own number); part of the inbox's unique id. */
  account: string
  /**
   * Where the platform knows a person by several addresses that we learn one by one: keyed hashes of all that are known
   * now. A message is the same one whichever of them it comes under, and whatever has become of their chats since.
   */
  aliases?: readonly string[]
  /** The channel's own order within a chat, set before the first await. */
  order: number
  at: Date
  body: InboundBody
}

/** One message to a person. `key` is its natural key; a channel that can, passes it on as the platform's own id. */
export type Outbound = {
  key: string
  /** The platform's message id that all attempts carry, on channels where the sender chooses it (WhatsApp's form). */
  id?: string
  to: Address
  /** `*bold*` in WhatsApp style; the renderer of a channel translates. */
  text: string
  choices?: readonly Choice[]
  files?: readonly { name: string; mediaType: string; blob: string }[]
}
