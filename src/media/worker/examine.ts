import type { PortraitRules } from '../../config/portrait-schema.ts'
import type { PageLook, PortraitEdit, PortraitLook } from '../../models/file/look.ts'
import type { DecodedPage, OpenedFile } from '../decode/opened-file.ts'
import { withEvenLight } from '../contrast.ts'
import { PAGES_LOOKED_AT, PAGES_SHOWN } from '../derived.ts'
import { renderPicture } from '../image.ts'
import { pictureHash } from '../picture-hash.ts'
import type { Picture } from '../picture.ts'
import { within } from '../portrait/pixels.ts'
import { straightened } from '../straighten.ts'
import { isSurePortrait, mayBePortrait, portraitPage } from './portrait-or-page.ts'
import type { Job, News, PageNews, Rendition } from './protocol.ts'

export type Size = { width: number; height: number }

/** What looking takes; absent where a part is missing. Each may throw: then the page is told without that look. */
export type Eyes = {
  lookAtPortrait?: (image: Picture, rules: PortraitRules, original: Size) => Promise<PortraitLook>
  renderPortrait?: (original: Picture, edit: PortraitEdit, rules: PortraitRules) => Promise<Buffer>
  readPage?: (image: Picture, digitalText?: string) => Promise<PageLook>
}

/**
 * Looks at the pages of an opened file and draws them, telling each as it is done: whatever ends this process later,
 * what was told stays. Throws `DecodeError` where the only page cannot be decoded.
 */
export async function examine(needs: {
  file: OpenedFile
  job: Pick<Extract<Job, { kind: 'examine' }>, 'from' | 'look' | 'portrait'>
  eyes: Eyes
  tell: (news: News) => void
  onFault: (part: string, error: unknown) => void
}): Promise<void> {
  const { file, job, eyes, tell, onFault } = needs
  tell({ news: 'opened', total: file.total })
  for (let index = job.from; index < Math.min(file.total, PAGES_SHOWN); index++) {
    const page = await decoded(index)
    if (page) tell(await examined(page, index))
  }

  /** Undefined where one page of several is broken. */
  async function decoded(index: number): Promise<DecodedPage | undefined> {
    try {
      return await file.page(index)
    } catch (error) {
      if (file.total === 1) throw error
      onFault('page', error)
      return undefined
    }
  }

  async function examined(page: DecodedPage, index: number): Promise<PageNews> {
    const { picture } = page
    const first = index === 0
    const looking = job.look && index < PAGES_LOOKED_AT
    const seen = looking && first && file.total === 1 ? await portraitOf(page) : undefined
    const read = looking ? await readUnless(seen, page) : undefined
    const portrait = seen && (!read || mayBePortrait(read)) ? seen : undefined
    const upright = await straightened(picture, read ?? { turn: portrait?.turn ?? 0, skew: 0 })
    const proposal = portrait && (await proposalOf(picture, portrait))
    return {
      news: 'page',
      index,
      width: upright.width,
      height: upright.height,
      ...(read ? { look: read } : {}),
      ...(portrait ? { portrait } : {}),
      ...(proposal ? { proposal } : {}),
      ...(first ? { pictureHash: await pictureHash(picture) } : {}),
      renditions: await renditionsOf(read?.text === 'read' ? await forReading(upright) : upright, index + 1),
    }
  }

  async function portraitOf({ picture, original }: DecodedPage): Promise<PortraitLook | undefined> {
    const { lookAtPortrait } = eyes
    return lookAtPortrait && attempt('portrait', () => lookAtPortrait(picture, job.portrait, original))
  }

  async function proposalOf(picture: Picture, { proposal }: PortraitLook): Promise<Buffer | undefined> {
    const { renderPortrait } = eyes
    if (!proposal || !renderPortrait) return undefined
    return attempt('proposal', () => renderPortrait(picture, proposal, job.portrait))
  }

  /** The page as it was read, or as a portrait where there is nothing to read. */
  async function readUnless(seen: PortraitLook | undefined, page: DecodedPage): Promise<PageLook | undefined> {
    if (seen && isSurePortrait(seen)) return portraitPage(seen, page.picture)
    const read = await pageOf(page)
    return read?.lines.length === 0 && seen?.face ? portraitPage(seen, page.picture) : read
  }

  async function pageOf({ picture, original, text }: DecodedPage): Promise<PageLook | undefined> {
    const { readPage } = eyes
    const look = readPage && (await attempt('reading', () => readPage(picture, text)))
    if (!look) return undefined
    const lineHeight = (look.legibility.lineHeight * original.width) / picture.width
    return { ...look, legibility: { ...look.legibility, lineHeight } }
  }

  async function attempt<T>(part: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      onFault(part, error)
      return undefined
    }
  }
}

/** Larger than it is shown it would be lifted for nothing. Pixels. */
const SHOWN = 2000

async function forReading(page: Picture): Promise<Picture> {
  return withEvenLight(await within(page, SHOWN))
}

async function renditionsOf(upright: Picture, page: number): Promise<Rendition[]> {
  return [
    { page, size: 'page', jpeg: await renderPicture(upright, 'page') },
    { page, size: 'thumbnail', jpeg: await renderPicture(upright, 'thumbnail') },
  ]
}
