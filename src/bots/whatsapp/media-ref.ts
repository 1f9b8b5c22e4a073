import type { WAMessageKey, proto } from '@whiskeysockets/baileys'
import { z } from 'zod'
import type { MediaRef } from '../../models/chat/message.ts'

/** What is needed to fetch a file later, in any process: where it lies, its key, and whom to ask for it again. */
const Pointer = z.object({
  type: z.enum(['image', 'document']),
  /** Base64. */
  mediaKey: z.string(),
  directPath: z.string().optional(),
  url: z.string().optional(),
  /** Of the message. */
  id: z.string(),
  jid: z.string(),
})
export type MediaPointer = z.infer<typeof Pointer>

/** A pointer to the file of a message that has one. */
export function mediaRef(key: WAMessageKey, content: proto.IMessage): MediaRef {
  const image = content.imageMessage
  const file = image ?? content.documentMessage ?? {}
  const pointer: MediaPointer = {
    type: image ? 'image' : 'document',
    mediaKey: Buffer.from(file.mediaKey ?? []).toString('base64'),
    ...(file.directPath ? { directPath: file.directPath } : {}),
    ...(file.url ? { url: file.url } : {}),
    id: key.id ?? '',
    jid: key.remoteJid ?? '',
  }
  const bytes = Number(file.fileLength ?? 0)
  const name = image ? undefined : content.documentMessage?.fileName
  return {
    kind: image ? 'photo' : 'document',
    ref: JSON.stringify(pointer),
    ...(file.mimetype ? { mime: file.mimetype } : {}),
    ...(name ? { name } : {}),
    ...(bytes > 0 ? { bytes } : {}),
  }
}

/** Undefined for what this channel never made. */
export function pointerOf(media: MediaRef): MediaPointer | undefined {
  try {
    return Pointer.safeParse(JSON.parse(media.ref)).data
  } catch {
    return undefined
  }
}
