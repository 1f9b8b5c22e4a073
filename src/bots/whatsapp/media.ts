import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { downloadContentFromMessage } from '@whiskeysockets/baileys'
import { guarded } from '../../models/store/failpoint.ts'
import type { MediaRef } from '../../models/chat/message.ts'
import { ChannelError } from '../channel.ts'
import { statusOf, toChannelError } from './errors.ts'
import { pointerOf } from './media-ref.ts'
import type { MediaPointer } from './media-ref.ts'
import type { Connection } from './socket.ts'

/** The sender's phone has to be awake for it; afterwards we ask again. */
const REUPLOAD_MS = 30_000
const GONE = new Set([404, 410])

/** Opens files of the platform in any process; asks the sender's phone again where the platform has dropped one. */
export function createMediaFetching({ fileBytes, open }: { fileBytes: number; open: () => Connection | undefined }) {
  async function fetchMedia(media: MediaRef): Promise<Readable> {
    const pointer = pointerOf(media)
    if (!pointer) throw new ChannelError('rejected')
    if ((media.bytes ?? 0) > fileBytes) throw new ChannelError('rejected', { reason: 'too-big' })
    try {
      return await download(pointer)
    } catch (error) {
      if (!GONE.has(statusOf(error) ?? 0)) throw toChannelError(error)
    }
    try {
      return await download({ ...pointer, directPath: await uploadedAgain(pointer) })
    } catch (error) {
      throw toChannelError(error)
    }
  }

  function download({ type, mediaKey, directPath, url }: MediaPointer): Promise<Readable> {
    const where = { ...(directPath === undefined ? {} : { directPath }), ...(url === undefined ? {} : { url }) }
    return guarded('whatsapp.download', () =>
      downloadContentFromMessage({ mediaKey: Buffer.from(mediaKey, 'base64'), ...where }, type),
    )
  }

  /** The library's own request for it never fires (rc14). Gives back where the file lies now. */
  async function uploadedAgain({ type, mediaKey, directPath, id, jid }: MediaPointer): Promise<string> {
    const connection = open()
    if (!connection) throw new ChannelError('unreachable')
    const file = { mediaKey: Buffer.from(mediaKey, 'base64'), directPath: directPath ?? null }
    const message = {
      key: { id, remoteJid: jid, fromMe: false },
      message: type === 'image' ? { imageMessage: file } : { documentMessage: file },
    }
    const asking = guarded('whatsapp.reupload', () => connection.socket.updateMediaMessage(message))
    const updated = await Promise.race([asking, wait(REUPLOAD_MS, undefined, { ref: false })])
    const path = (updated?.message?.imageMessage ?? updated?.message?.documentMessage)?.directPath
    if (!path) throw new ChannelError('unreachable')
    return path
  }

  return fetchMedia
}
