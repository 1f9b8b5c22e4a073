import sharp from 'sharp'
import { Refusal } from '../models/store/errors.ts'
import type { PortraitEdit, PortraitLook } from '../models/file/look.ts'
import type { Database } from '../models/store/connect.ts'
import { createFiles } from '../models/file/files.ts'
import { createLooks } from '../models/file/looks.ts'
import type { Sealer } from '../models/store/sealing.ts'
import type { Blobs } from './blobs.ts'
import { pageBlob } from './derived.ts'
import { DECODED_TYPES, PictureError, renderImage } from './image.ts'
import { sentPicture } from './sharp.ts'

/** Draws a portrait by an edit, at the office's size. Throws Refusal `invalid` where that cannot be done. */
export type DrawPortrait = (of: { bytes: Uint8Array; mediaType: string; edit: PortraitEdit }) => Promise<Uint8Array>

export type Portraits = ReturnType<typeof createPortraits>

/** Portraits for the photo station. `file` is the id of the file. `draw` is absent where nobody draws here. */
export function createPortraits(needs: {
  database: Database
  sealer: Sealer
  blobs: Pick<Blobs, 'get'>
  now: () => Date
  draw?: DrawPortrait | undefined
}) {
  const files = createFiles(needs)
  const looks = createLooks(needs)

  async function original(file: string): Promise<{ bytes: Buffer; mediaType: string }> {
    const row = await files.byId(file)
    const bytes = row?.blob === undefined ? undefined : await needs.blobs.get(row.blob)
    if (!bytes || row?.mediaType === undefined) throw new Refusal('not-found', 'no such portrait', { document: file })
    return { bytes, mediaType: row.mediaType }
  }
  async function lookOf(file: string): Promise<PortraitLook | null> {
    const [found] = await looks.of([file])
    return found?.look?.opened ? (found.look.portrait ?? null) : null
  }

  return {
    /** Whether edits can be drawn here. */
    draws: needs.draw !== undefined,
    look: lookOf,

    /** Pixels of the original, upright by its EXIF; null where nobody has looked at what is not decoded here. */
    async size(file: string): Promise<{ width: number; height: number } | null> {
      const look = await lookOf(file)
      if (look) {
        const { width, height } = look
        return look.turn % 180 === 0 ? { width, height } : { width: height, height: width }
      }
      const { bytes, mediaType } = await original(file)
      if (!DECODED_TYPES.has(mediaType)) return null
      // of what is broken the picture itself says so
      const read = await sentPicture(bytes)
        .metadata()
        .catch(() => undefined)
      return read?.autoOrient ?? null
    },

    /**
     * The picture that an edit is about: upright by its EXIF alone, as a bounded JPEG without EXIF or place. Throws
     * Refusal `not-found`, or `invalid` where it cannot be shown, as a HEIC that nobody has looked at yet.
     */
    async picture(file: string): Promise<Buffer> {
      const { bytes, mediaType } = await original(file)
      if (DECODED_TYPES.has(mediaType)) {
        try {
          return await renderImage(bytes, 'page')
        } catch (error) {
          if (!(error instanceof PictureError)) throw error
          throw new Refusal('invalid', error.message, { document: file, problem: error.problem })
        }
      }
      const [page, look] = await Promise.all([needs.blobs.get(pageBlob(file, 1, 'page')), lookOf(file)])
      if (!page) throw new Refusal('invalid', 'this portrait cannot be shown yet', { document: file })
      // what was drawn stands upright by the face; edits count from how the file itself lies
      return look && look.turn !== 0
        ? sharp(page)
            .rotate(360 - look.turn)
            .jpeg({ quality: 82 })
            .toBuffer()
        : page
    },

    /** The finished portrait. Throws Refusal `not-found`, `invalid`. */
    async draw(file: string, edit: PortraitEdit): Promise<Buffer> {
      if (!needs.draw) throw new Refusal('invalid', 'portraits are not drawn here', { problem: 'not-drawn' })
      return Buffer.from(await needs.draw({ ...(await original(file)), edit }))
    },
  }
}
