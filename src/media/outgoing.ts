import { Refusal } from '../models/store/errors.ts'
import { newId } from '../models/store/ids.ts'
import type { ChannelName } from '../models/chat/message.ts'
import type { Files } from '../models/file/files.ts'
import type { Blobs } from './blobs.ts'
import { PictureError, renderImage } from './image.ts'

/**
 * Keeps a picture that an operator is about to send: as a JPEG without EXIF or place, with a row that the purge finds.
 * Refusal `invalid` where it is no picture that can be opened.
 */
export function createOutgoing(needs: {
  files: Pick<Files, 'registerOutgoing'>
  blobs: Pick<Blobs, 'put'>
  now: () => Date
}) {
  return async (to: { chat: string; channel: ChannelName }, bytes: Buffer): Promise<{ id: string }> => {
    const picture = await readable(bytes)
    const id = newId(needs.now().getTime())
    await needs.files.registerOutgoing({ id, ...to, mediaType: 'image/jpeg', bytes: picture.length })
    await needs.blobs.put(id, picture)
    return { id }
  }
}

async function readable(bytes: Buffer): Promise<Buffer> {
  try {
    return await renderImage(bytes, 'page')
  } catch (error) {
    if (!(error instanceof PictureError)) throw error
    throw new Refusal('invalid', error.message, { problem: error.problem })
  }
}
