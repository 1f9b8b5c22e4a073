/** What is kept; everything else is refused with a sentence. */
const MEDIA_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif', 'application/pdf'] as const
export type MediaType = (typeof MEDIA_TYPES)[number]

/** Brands of pictures in HEVC; `mif1` and `msf1` say only "some picture in this container". */
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'])
const HEIF_BRANDS = new Set(['mif1', 'msf1'])
const AVIF_BRANDS = new Set(['avif', 'avis'])
/** Some scanners put a byte order mark or a line break before `%PDF-`; more than that is not a PDF to us. */
const PDF_START = /^(?:\xEF\xBB\xBF)?[\s\0]{0,8}%PDF-\d/

/**
 * The type of a file by its first bytes, whatever its name or its sender say. Undefined for everything that is not on
 * the list; it says nothing about whether the rest can be read.
 */
export function mediaTypeOf(bytes: Uint8Array): MediaType | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 512)).toString('latin1')
  if (head.startsWith('\xFF\xD8\xFF')) return 'image/jpeg'
  if (head.startsWith('\x89PNG\r\n\x1A\n')) return 'image/png'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp'
  if (head.slice(4, 8) === 'ftyp') return heifTypeOf(head)
  if (PDF_START.test(head)) return 'application/pdf'
  return undefined
}

/** What becomes of what was fetched: kept under its type, or refused before it is on disk. */
export function admitted(bytes: Uint8Array): { mediaType: MediaType } | { failure: 'empty' | 'unsupported-type' } {
  if (bytes.length === 0) return { failure: 'empty' }
  const mediaType = mediaTypeOf(bytes)
  return mediaType ? { mediaType } : { failure: 'unsupported-type' }
}

/** ISO/IEC 23008-12: the major brand, then from byte 16 to the end of the box the compatible ones. */
function heifTypeOf(head: string): MediaType | undefined {
  const boxEnd = Buffer.from(head, 'latin1').readUInt32BE(0)
  const major = head.slice(8, 12)
  const compatible = (head.slice(16, boxEnd).match(/.{4}/gs) ?? []).map(String)
  if (AVIF_BRANDS.has(major)) return undefined
  if (HEIC_BRANDS.has(major)) return 'image/heic'
  if (!HEIF_BRANDS.has(major) || compatible.some((brand) => AVIF_BRANDS.has(brand))) return undefined
  return compatible.some((brand) => HEIC_BRANDS.has(brand)) ? 'image/heic' : 'image/heif'
}
