import type { Examine } from '../../src/media/looking.ts'
import type { DocumentKind } from '../../src/models/application/application.ts'
import type { Look, PageLook, PortraitLook, ReadValue } from '../../src/models/file/look.ts'

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')

/** A page as if it were read, with what a test wants to stand on it. */
export function pageLook(kind?: DocumentKind, values: readonly ReadValue[] = []): PageLook {
  return {
    width: 1000,
    height: 700,
    turn: 0,
    skew: 0,
    text: 'read',
    lines: [],
    values,
    ...(kind && { kind: { kind, confidence: 0.95 } }),
    legibility: { lineHeight: 30, sharpness: 1, legible: true },
  }
}

export function openedLook(kind?: DocumentKind, values: readonly ReadValue[] = [], portrait?: PortraitLook): Look {
  return {
    opened: true,
    total: 1,
    pages: [pageLook(kind, values)],
    ...(portrait && { portrait }),
    pictureHash: '00000000000000ff',
    missing: [],
  }
}

/** Looks at nothing: bytes that begin as a picture come to what `lookOf` says, others are broken. */
export function fakeExaminer(lookOf: (bytes: Buffer) => Look = () => openedLook()): Examine {
  return async ({ bytes }) => {
    if (bytes.subarray(0, 2).toString('hex') !== 'ffd8') {
      return { look: { opened: false, refusal: 'broken' }, renditions: [] }
    }
    return {
      look: lookOf(bytes),
      renditions: [
        { page: 1, size: 'page', jpeg: JPEG },
        { page: 1, size: 'thumbnail', jpeg: JPEG },
      ],
    }
  }
}
