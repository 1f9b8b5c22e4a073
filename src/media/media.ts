import { Refusal } from '../models/store/errors.ts'
import type { PortraitEdit } from '../models/file/look.ts'
import type { Database } from '../models/store/connect.ts'
import { createFiles } from '../models/file/files.ts'
import type { Sealer } from '../models/store/sealing.ts'
import type { Blobs } from './blobs.ts'
import { pageBlob, proposalBlob } from './derived.ts'
import { DECODED_TYPES, PictureError, renderImage } from './image.ts'
import type { ImageSize } from './image.ts'
import { createSheets } from './sheet.ts'

/** Two at a time: more only take memory from each other on the machines of an office. */
const AT_ONCE = 2

/** `asCame`: the very bytes that were sent, EXIF and place included; a console offers them as a download. */
export type ShownDocument = { mediaType: string; bytes: Buffer; asCame: boolean }

export type Media = ReturnType<typeof createMedia>

/** What the console may see of stored files. `documentId` is the id of the file. */
export function createMedia(needs: {
  database: Database
  sealer: Sealer
  blobs: Pick<Blobs, 'get'>
  now: () => Date
  /** Draws a portrait by an edit, for sheets; throws Refusal where it cannot. */
  drawPortrait: (document: string, edit: PortraitEdit) => Promise<Buffer>
}) {
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
   * A bounded JPEG without EXIF or place, as it was made when the file was looked at: upright and cut to the paper. Of
   * a file that was not looked at yet: JPEG, PNG and WEBP are drawn as they lie, HEIC and HEIF come as they came.
   * A PDF comes as it came where no `page` (from 1) is asked for; its thumbnail is that of its first page.
   * Throws Refusal `not-found`, also for a page that the file has not or nobody has drawn, or `invalid` with `problem`
   * where the picture is broken or too large to be opened.
   */
  async function rendition(documentId: string, size: ImageSize, page?: number): Promise<ShownDocument> {
    return slot(async () => {
      const document = await original(documentId)
      const isPdf = document.mediaType === 'application/pdf'
      if (!isPdf || page !== undefined || size === 'thumbnail') {
        const drawn = await needs.blobs.get(pageBlob(documentId, page ?? 1, size))
        if (drawn) return jpeg(drawn)
      }
      if (page !== undefined && (isPdf || page > 1)) {
        throw new Refusal('not-found', 'no such page', { document: documentId, page })
      }
      if (!DECODED_TYPES.has(document.mediaType)) return document
      try {
        return jpeg(await renderImage(document.bytes, size))
      } catch (error) {
        if (!(error instanceof PictureError)) throw error
        throw new Refusal('invalid', error.message, { document: documentId, problem: error.problem })
      }
    })
  }

  /** The portrait that is proposed in place of a file. Throws Refusal `not-found` where there is none. */
  async function proposal(documentId: string): Promise<ShownDocument> {
    const bytes = await needs.blobs.get(proposalBlob(documentId))
    if (!bytes) throw new Refusal('not-found', 'no portrait is proposed', { document: documentId })
    return jpeg(bytes)
  }

  /** Portraits for printing on paper, a PDF. */
  const portraitSheet = createSheets({
    blobs: needs.blobs,
    rendition: (document) => rendition(document, 'page'),
    draw: needs.drawPortrait,
  })

  return { original, rendition, proposal, portraitSheet }
}

function jpeg(bytes: Buffer): ShownDocument {
  return { mediaType: 'image/jpeg', bytes, asCame: false }
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
