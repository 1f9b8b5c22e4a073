import type { DocumentKind } from '../application/application.ts'

/** Shares (0 to 1) of a picture's width and height, from its upper left: holds at every size of the rendition. */
export type Box = { x: number; y: number; width: number; height: number }
export type QuarterTurn = 0 | 90 | 180 | 270

/** One line of text as it was read. Personal: sealed wherever it is stored. `confidence` from 0 to 1. */
export type ReadLine = { text: string; confidence: number; box: Box }

export const READ_FIELDS = ['nik', 'kk', 'akta', 'name', 'birthDate'] as const
export type ReadField = (typeof READ_FIELDS)[number]
/** A value that stands on a page, in our own notation, with the line that shows it. Values of one `row` belong together. */
export type ReadValue = { field: ReadField; value: string; confidence: number; box: Box; row?: number }

/** What looking at one page came to. */
export type PageLook = {
  /** Pixels of the page as it was looked at, upright. */
  width: number
  height: number
  /** Degrees clockwise by which the decoded picture was turned to stand upright. */
  turn: QuarterTurn
  /** What was then left of a slant, in degrees clockwise, and is taken out of the rendition. */
  skew: number
  /** The paper in the upright picture, where its edges were found. */
  paper?: Box
  /** Whether the text came with the file (a digital PDF) or was read from the picture. */
  text: 'digital' | 'read' | 'none'
  lines: readonly ReadLine[]
  values: readonly ReadValue[]
  /** What kind of paper it is, by its words and shape, and how sure that is (0 to 1). */
  kind?: { kind: DocumentKind; confidence: number }
  /** Height of the smallest line in pixels of the original and how sharp the lines are; whether they can be read. */
  legibility: { lineHeight: number; sharpness: number; legible: boolean }
}

export const BACKGROUNDS = ['red', 'blue', 'orange'] as const
export type Background = (typeof BACKGROUNDS)[number]

/** How a portrait is cut and lit: data, so that the photo station edits and renders it again. */
export type PortraitEdit = {
  /**
   * Degrees clockwise that the original, upright by its EXIF, is turned about its middle before it is cut: the quarter
   * turn of the look and what was then left of a slant.
   */
  rotation: number
  /** The cut, 2:3 in pixels, in shares of the smallest upright rectangle that holds the turned original. */
  crop: Box
  /** Factor on the light; 1 leaves it. */
  brightness: number
  /** Absent: as it is. */
  background?: Background
}

/** What looking at a portrait came to: measured values; what they mean is the office's rule. */
export type PortraitLook = {
  /** Pixels of the upright original. */
  width: number
  height: number
  turn: QuarterTurn
  faces: number
  /** What may be faces, but the model doubts it: a profile, something before the face, a picture on the wall. */
  doubtful: number
  /** Width of the next largest face as a share of the largest; 0 where there is none. */
  secondFace: number
  /** The largest face. Angles in degrees (`yaw` from -1 to 1), `headHeight` in pixels of the original, crown to chin. */
  face?: {
    box: Box
    confidence: number
    roll: number
    yaw: number
    eyesOpen: number
    headHeight: number
    mean: number
    nvol: number
    reblur: number
  }
  /**
   * `share`: how much of what is seen behind the person has the colour (of `other`: the strongest of the three).
   * `soft`: half-transparent pixels at the edge of the person, as a share of the picture.
   */
  background: { colour: Background | 'other' | 'unknown'; share: number; soft: number }
  /** Share of the proposed cut that the photo does not show; the edge is repeated there. */
  missing: number
  /** Absent where no face was found. */
  proposal?: PortraitEdit
  /** Whether the edge of the person is clean enough to replace what is behind. */
  replaceable: boolean
}

/** Whether a portrait lacks the background that it is to have: painted, or as it was seen; what is not seen is not judged. */
export const lacksBackground = (
  expected: Background,
  { painted, seen }: { painted: Background | undefined; seen: PortraitLook['background']['colour'] | undefined },
): boolean => {
  const colour = painted ?? seen
  return colour !== undefined && colour !== 'unknown' && colour !== expected
}

export const LOOK_REFUSALS = ['encrypted', 'broken', 'too-large', 'animated', 'empty'] as const
/** Why a file could not be opened at all. */
export type LookRefusal = (typeof LOOK_REFUSALS)[number]

/** What looking at one file came to, whatever it is for: what it means is decided with what the school typed. */
export type Look =
  | { opened: false; refusal: LookRefusal }
  | {
      opened: true
      /** Pages in the file; `pages` holds at most as many as are looked at. */
      total: number
      pages: readonly PageLook[]
      /** Of the first page, where it may be one: a picture with a face and little text. */
      portrait?: PortraitLook
      /** 64 bits as 16 hex digits, of the first page: close ones look alike. */
      pictureHash: string
      /** What could not be done for want of time, memory or a part: operators look. */
      missing: readonly ('reading' | 'portrait')[]
    }
