import type { Look, LookRefusal, PageLook } from '../models/file/look.ts'
import { PAGES_LOOKED_AT } from './derived.ts'
import type { PageNews, Rendition } from './worker/protocol.ts'

/** What looking at one file came to, with the pictures that were made of it. */
export type Examined = {
  look: Look
  /** Pages from 1. Some may be missing where drawing them failed. */
  renditions: readonly Rendition[]
  /** The first page as a finished portrait: a JPEG as the office wants it. */
  proposal?: Uint8Array
}

/** Puts together what the worker tells of one file, over as many tries as it takes. */
export function createAssembly() {
  let total: number | undefined
  const pages = new Map<number, PageNews>()

  return {
    opened(pagesInFile: number): void {
      total = pagesInFile
    },
    add(page: PageNews): void {
      pages.set(page.index, page)
    },
    isOpened: () => total !== undefined,
    /** The first page that is not told yet. */
    next(): number {
      let index = 0
      while (pages.has(index)) index += 1
      return index
    },
    /** `refusal` where the file was never opened, or nothing of it could be drawn. */
    examined(refusal: LookRefusal): Examined {
      const first = pages.get(0)
      if (total === undefined || pages.size === 0) return { look: { opened: false, refusal }, renditions: [] }
      const looked = Array.from({ length: Math.min(total, PAGES_LOOKED_AT) }, (_, index) => pages.get(index))
      const missing: ('reading' | 'portrait')[] = []
      if (looked.some((page) => page?.look === undefined)) missing.push('reading')
      if (total === 1 && first?.look === undefined && first?.portrait === undefined) missing.push('portrait')
      return {
        look: {
          opened: true,
          total,
          pages: looked.map((page) => page?.look ?? unread(page)),
          ...(first?.portrait ? { portrait: first.portrait } : {}),
          pictureHash: first?.pictureHash ?? '',
          missing,
        },
        renditions: [...pages.values()].flatMap((page) => page.renditions),
        ...(first?.proposal ? { proposal: first.proposal } : {}),
      }
    },
  }
}

/** A page that nobody could look at: nothing is said against it. */
function unread(page: PageNews | undefined): PageLook {
  return {
    width: page?.width ?? 0,
    height: page?.height ?? 0,
    turn: 0,
    skew: 0,
    text: 'none',
    lines: [],
    values: [],
    legibility: { lineHeight: 0, sharpness: 0, legible: true },
  }
}
