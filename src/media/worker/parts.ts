import { MEDIA_PARTS } from '../../models/file/media-part.ts'
import type { MediaPart } from '../../models/file/media-part.ts'

/** Loaded at first use, and only in the child: together they take more memory than all of the service. */
const LOADERS = {
  heic: () => import('../decode/heic.ts'),
  pdf: () => import('../decode/pdf.ts'),
  portrait: () => import('../portrait/portrait.ts'),
  reading: () => import('../reading/read-page.ts'),
} satisfies Record<MediaPart, () => Promise<unknown>>

/** The part is not installed on this platform, or does not load there. */
export class MissingPart extends Error {
  override readonly name = 'MissingPart'
  readonly part: MediaPart
  constructor(part: MediaPart, cause?: unknown) {
    super(`the part ${part} does not load`, { cause })
    this.part = part
  }
}

/** The functions of a part. Throws `MissingPart`. */
export async function loadPart<P extends MediaPart>(part: P): Promise<Awaited<ReturnType<(typeof LOADERS)[P]>>> {
  try {
    return (await LOADERS[part]()) as Awaited<ReturnType<(typeof LOADERS)[P]>>
  } catch (error) {
    throw new MissingPart(part, error)
  }
}

/** Those of the parts that do not load here. */
export async function missingParts(): Promise<MediaPart[]> {
  const missing: MediaPart[] = []
  for (const part of MEDIA_PARTS) {
    await loadPart(part).catch(() => missing.push(part))
  }
  return missing
}
