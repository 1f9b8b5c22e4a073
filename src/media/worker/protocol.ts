import type { PortraitRules } from '../../config/portrait-schema.ts'
import type { LookRefusal, PageLook, PortraitEdit, PortraitLook } from '../../models/file/look.ts'
import type { MediaPart } from '../../models/file/media-part.ts'
import type { ImageSize } from '../image.ts'

/** One thing for the child to do; it does one at a time. Sent as structured clones over the channel of the process. */
export type Job =
  | { kind: 'probe' }
  | {
      kind: 'examine'
      bytes: Uint8Array
      mediaType: string
      /** The first page to be looked at, from 0: those before it were told by an earlier try. */
      from: number
      /** False: pages are only drawn, since looking at them ended an earlier try. */
      look: boolean
      portrait: PortraitRules
    }
  | { kind: 'portrait'; bytes: Uint8Array; mediaType: string; edit: PortraitEdit; rules: PortraitRules }

export type Rendition = { page: number; size: ImageSize; jpeg: Uint8Array }

/** What the child tells of one page, counted from 0. Absent looks: could not be had. */
export type PageNews = {
  news: 'page'
  index: number
  /** Pixels as drawn. */
  width: number
  height: number
  look?: PageLook
  portrait?: PortraitLook
  proposal?: Uint8Array
  pictureHash?: string
  renditions: readonly Rendition[]
}

/** A failure without its message: that may quote what stands in a file. */
export type Fault = { part: string; name: string; frames: readonly string[] }

/** Each job ends with exactly one of `done`, `refused`, `missing` and `failed`. */
export type News =
  | { news: 'opened'; total: number }
  | PageNews
  | { news: 'fault'; fault: Fault }
  | { news: 'parts'; missing: readonly MediaPart[] }
  | { news: 'portrait'; jpeg: Uint8Array }
  | { news: 'done' }
  | { news: 'refused'; refusal: LookRefusal }
  /** What the file takes is not installed here: that says nothing about the file. */
  | { news: 'missing'; part: MediaPart }
  | { news: 'failed'; fault: Fault }
