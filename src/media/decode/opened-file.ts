import type { LookRefusal } from '../../models/file/look.ts'
import type { Picture } from '../picture.ts'

/** Long edge of a decoded page in pixels: enough to read the smallest line of a paper, little enough to keep. */
export const DECODED_EDGE = 2400

/** A page as it is worked on, upright by its EXIF; what is measured in it counts `original` pixels for the school. */
export type DecodedPage = {
  picture: Picture
  original: { width: number; height: number }
  /** Text that came with the page, in its own order; pictures have none. */
  text?: string
}

/** A file whose pages are decoded one by one, from 0; `close` gives its memory back. */
export type OpenedFile = { total: number; page(index: number): Promise<DecodedPage>; close(): void }

/** Why a file, or a page of it, cannot be opened. Says nothing of its content. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError'
  readonly refusal: LookRefusal
  constructor(refusal: LookRefusal, cause?: unknown) {
    super(`the file cannot be opened: ${refusal}`, { cause })
    this.refusal = refusal
  }
}
