import { mediaTypeOf } from '../../../src/media/kind.ts'
import type { Picture } from '../../../src/media/picture.ts'
import { readPage } from '../../../src/media/reading/read-page.ts'
import { openFile } from '../../../src/media/worker/open-file.ts'
import type { PageLook } from '../../../src/models/file/look.ts'
import { heicOf } from './heic.ts'
import type { Sample } from './sample.ts'

/** The sample as a school sends it: every fifth seed's phone writes HEIC. Its pixels are the same, whichever it is. */
export async function sentFile({ seed, jpeg }: Pick<Sample, 'seed' | 'jpeg'>): Promise<Buffer> {
  return seed % 5 === 1 ? heicOf(jpeg) : jpeg
}

/** What the service's reader makes of it, and the picture that it was given: opened and measured as in the worker. */
export async function readSent(sample: Pick<Sample, 'seed' | 'jpeg'>): Promise<{ picture: Picture; look: PageLook }> {
  const bytes = await sentFile(sample)
  const file = await openFile(bytes, mediaTypeOf(bytes) ?? 'unknown')
  try {
    const { picture, original } = await file.page(0)
    const look = await readPage(picture)
    const lineHeight = (look.legibility.lineHeight * original.width) / picture.width
    return { picture, look: { ...look, legibility: { ...look.legibility, lineHeight } } }
  } finally {
    file.close()
  }
}
