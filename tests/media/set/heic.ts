import sharp from 'sharp'
import { PROFILE, encodeHevc } from './hevc.ts'
import type { HevcPicture, Planes } from './hevc.ts'

/** A picture as a HEIC (ISO/IEC 23008-12), pixel for pixel but for the halved colour; an odd edge loses a pixel. */
export async function heicOf(picture: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const [width, height] = [info.width & ~1, info.height & ~1]
  return boxed(encodeHevc(planesOf(data, info.width, width, height)), width, height)
}

/** BT.601, full range; one colour for four pixels. */
function planesOf(rgb: Buffer, stride: number, width: number, height: number): Planes {
  const y = new Uint8Array(width * height)
  const cb = new Uint8Array((width * height) / 4)
  const cr = new Uint8Array((width * height) / 4)
  for (let row = 0; row < height; row += 2) {
    for (let column = 0; column < width; column += 2) {
      let [red, green, blue] = [0, 0, 0]
      for (const [dy, dx] of [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ] as const) {
        const at = 3 * ((row + dy) * stride + column + dx)
        const [r, g, b] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!]
        y[(row + dy) * width + column + dx] = Math.round(0.299 * r + 0.587 * g + 0.114 * b)
        red += r / 4
        green += g / 4
        blue += b / 4
      }
      const light = 0.299 * red + 0.587 * green + 0.114 * blue
      const at = (row * width) / 4 + column / 2
      cb[at] = Math.min(255, Math.round(128 + (blue - light) / 1.772))
      cr[at] = Math.min(255, Math.round(128 + (red - light) / 1.402))
    }
  }
  return { width, height, y, cb, cr }
}

function boxed({ parameterSets, slice }: HevcPicture, width: number, height: number): Buffer {
  const brands = box('ftyp', 'heic', u32(0), 'mif1', 'heic')
  // the place of the samples depends on the length of what says it
  const meta = metaBox(parameterSets, width, height, { at: 0, length: slice.length + 4 })
  const at = brands.length + meta.length + 8
  return Buffer.concat([
    brands,
    metaBox(parameterSets, width, height, { at, length: slice.length + 4 }),
    box('mdat', u32(slice.length), slice),
  ])
}

function metaBox(
  parameterSets: HevcPicture['parameterSets'],
  width: number,
  height: number,
  samples: { at: number; length: number },
): Buffer {
  const { idc, compatibility, constraints, level } = PROFILE
  const configuration = box(
    'hvcC',
    u8(1, idc),
    u32(compatibility),
    u8(constraints, 0, 0, 0, 0, 0, level, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, parameterSets.length),
    ...parameterSets.flatMap(({ type, nal }) => [u8(0x80 | type), u16(1), u16(nal.length), nal]),
  )
  const properties = [
    configuration,
    full('ispe', u32(width), u32(height)),
    // BT.709 primaries, sRGB, BT.601, full range
    box('colr', 'nclx', u16(1), u16(13), u16(6), u8(0x80)),
  ]
  return full(
    'meta',
    full('hdlr', u32(0), 'pict', u32(0), u32(0), u32(0), u8(0)),
    full('pitm', u16(1)),
    full('iloc', u8(0x44, 0x40), u16(1), u16(1), u16(0), u32(0), u16(1), u32(samples.at), u32(samples.length)),
    full('iinf', u16(1), box('infe', u32(0x02000000), u16(1), u16(0), 'hvc1', u8(0))),
    box('iprp', box('ipco', ...properties), full('ipma', u32(1), u16(1), u8(3, 0x81, 2, 3))),
  )
}

function box(type: string, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body])
}
/** A box with version and flags, both 0. */
const full = (type: string, ...parts: readonly (Buffer | string)[]): Buffer => box(type, u32(0), ...parts)
const u8 = (...values: readonly number[]): Buffer => Buffer.from(values)
const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255])
function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
