import { Refusal } from '../models/errors.ts'
import type { Database } from '../models/mongo/connect.ts'
import { createFiles } from '../models/mongo/files.ts'
import type { Sealer } from '../models/sealing.ts'
import type { Blobs } from './blobs.ts'
import { DECODED_TYPES, PictureError, renderImage } from './image.ts'
import type { ImageSize } from './image.ts'
import { createSheets } from './sheet.ts'

/** Two at a time: more only take memory from each other on the machines of an office. */
const AT_ONCE = 2

/** `asCame`: the very bytes that were sent, EXIF and place included; a console offers them as a download. */
export type ShownDocument = { mediaType: string; bytes: Buffer; asCame: boolean }

export type Media = ReturnType<typeof createMedia>

/** What the console may see of stored files. `documentId` is the id of the file. */
export function createMedia(needs: { database: Database; sealer: Sealer; blobs: Pick<Blobs, 'get'>; now: () => Date }) {
  const files = createFiles(needs)
  const slot = createSlots(AT_ONCE)

  /** The bytes as they came. Throws Refusal `not-found`, also once they were purged. */
  async function original(documentId: string): Promise<ShownDocument> {
    const file = await files.byId(documentId)
    const bytes = file?.blob === undefined ? undefined : await needs.blobs.get(file.blob)
    if (!bytes || file?.mediaType === undefined) {
      throw new Refusal('not-found', 'no such document', { document: documentId })
    }
    return { mediaType: file.mediaType, bytes, asCame: true }
  }

  /**
   * JPEG, PNG and WEBP as a bounded JPEG without EXIF or place; HEIC, HEIF and PDF as they came. Throws Refusal
   * `not-found`, or `invalid` with `problem` where the picture is broken or too large to be opened.
   */
  async function rendition(documentId: string, size: ImageSize): Promise<ShownDocument> {
    return slot(async () => {
      const document = await original(documentId)
      if (!DECODED_TYPES.has(document.mediaType)) return document
      try {
        return { mediaType: 'image/jpeg', bytes: await renderImage(document.bytes, size), asCame: false }
      } catch (error) {
        if (!(error instanceof PictureError)) throw error
        throw new Refusal('invalid', error.message, { document: documentId, problem: error.problem })
      }
    })
  }

  /** Portraits for printing on paper, a PDF. */
  const portraitSheet = createSheets({ blobs: needs.blobs, rendition: (document) => rendition(document, 'page') })

  return { original, rendition, portraitSheet }
}

/** Lets `count` pieces of work run at once; the others wait in the order they came. */
function createSlots(count: number) {
  let free = count
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => void waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
