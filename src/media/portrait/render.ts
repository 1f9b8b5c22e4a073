import type { PortraitRules } from '../../config/portrait-schema.ts'
import type { PortraitEdit } from '../../models/file/look.ts'
import type { Picture } from '../picture.ts'
import { decodedPicture } from '../sharp.ts'
import { withBackground } from './background.ts'
import { matteOf } from './matte.ts'
import { cutOut } from './pixels.ts'
import { frameOf } from '../../models/file/frame.ts'

/** Tried in turn until the portrait is small enough for the office. */
const QUALITIES = [95, 92, 88, 84, 78, 72, 64, 55, 45, 35]

/**
 * The finished portrait: a JPEG of the office's width, 1.5 times as high, at most as many kilobytes as the office
 * takes, without EXIF. `original` is upright by its EXIF. Throws where not even the coarsest JPEG is small enough.
 */
export async function renderPortrait(original: Picture, edit: PortraitEdit, rules: PortraitRules): Promise<Buffer> {
  const size = { width: rules.width, height: Math.round(rules.width * 1.5) }
  let portrait = await cutOut(original, frameOf(edit, original), size)
  if (edit.background !== undefined) {
    const matte = await matteOf(portrait)
    // lit before: the new background is to have the colour that the office set
    portrait = withBackground(lit(portrait, edit.brightness), matte, rgbOf(rules.colours[edit.background]))
  } else {
    portrait = lit(portrait, edit.brightness)
  }
  return compressed(portrait, rules)
}

function lit(picture: Picture, factor: number): Picture {
  if (factor === 1) return picture
  const table = Uint8Array.from({ length: 256 }, (_, value) => Math.min(255, Math.round(value * factor)))
  const data = Buffer.allocUnsafe(picture.data.length)
  for (let i = 0; i < data.length; i++) data[i] = table[picture.data[i]!]!
  return { ...picture, data }
}

async function compressed(portrait: Picture, rules: PortraitRules): Promise<Buffer> {
  for (const quality of QUALITIES) {
    const jpeg = await decodedPicture(portrait)
      .jpeg({ quality, chromaSubsampling: quality > 84 ? '4:4:4' : '4:2:0' })
      .toBuffer()
    if (jpeg.length <= rules.kilobytes * 1000) return jpeg
  }
  throw new Error(`a portrait of ${rules.width} px does not fit into ${rules.kilobytes} kB`)
}

function rgbOf(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}
