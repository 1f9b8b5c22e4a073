import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** A JPEG with EXIF: a camera, an orientation and a place, as phones write them. */
export async function phonePicture(size: { width: number; height: number }, orientation = 1): Promise<Buffer> {
  // red above, blue below, so that "upright" can be seen
  const half = { width: size.width, height: Math.floor(size.height / 2) }
  const top = await sharp({ create: { ...half, channels: 3, background: '#d02020' } })
    .png()
    .toBuffer()
  return sharp({ create: { ...size, channels: 3, background: '#2040d0' } })
    .composite([{ input: top, top: 0, left: 0 }])
    .withExif({
      IFD0: { Make: 'RekaanPhone' },
      IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '2/1 20/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '115/1 28/1 0/1' },
    })
    .withMetadata({ orientation })
    .jpeg({ quality: 90 })
    .toBuffer()
}

export function plainPicture(format: 'jpeg' | 'png' | 'webp', size = { width: 64, height: 48 }): Promise<Buffer> {
  return sharp({ create: { ...size, channels: 3, background: '#408040' } })
    .toFormat(format)
    .toBuffer()
}

/** An ISO media file's first box; brands as given. */
export function isoFile(major: string, compatible: readonly string[]): Buffer {
  const box = Buffer.alloc(16 + compatible.length * 4)
  box.writeUInt32BE(box.length, 0)
  box.write(`ftyp${major}`, 4, 'latin1')
  box.write(compatible.join(''), 16, 'latin1')
  return Buffer.concat([box, Buffer.from('\0\0\0\x08mdat', 'latin1'), Buffer.alloc(64)])
}

export const pdfFile = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
export const gifFile = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
export const svgFile = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
)
export const zipFile = Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64')
export const tiffFile = Buffer.from('49492a0008000000', 'hex')

/** A black PNG of one bit a pixel: 16,000 × 16,000 of them are 32 KB. */
export function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(1, 8)
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height))
  const start = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([start, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}
