import { PDFiumLibrary } from '@hyzyla/pdfium'
import type { PDFiumDocument } from '@hyzyla/pdfium'
import { DECODED_EDGE, DecodeError } from './opened-file.ts'
import type { DecodedPage, OpenedFile } from './opened-file.ts'

/** Papers are read from about 150 dpi on; more than this shows nothing of a scan that was sent through a chat. */
const DPI = 200
const POINTS_PER_INCH = 72
/** Less than this many pixels on either side shows nothing and cannot be drawn. */
const LEAST = 4

let library: Promise<PDFiumLibrary> | undefined

/** PDF: each page drawn on white, with the text that it came with. Throws `DecodeError`: encrypted, broken or empty. */
export async function openPdf(bytes: Uint8Array): Promise<OpenedFile> {
  library ??= PDFiumLibrary.init()
  const pdfium = await library
  const document = await pdfium.loadDocument(bytes).catch((error: unknown) => {
    throw new DecodeError(isLocked(error) ? 'encrypted' : 'broken', error)
  })
  const total = document.getPageCount()
  if (total === 0) {
    document.destroy()
    throw new DecodeError('empty')
  }
  return { total, page: (index) => drawn(document, index), close: () => document.destroy() }
}

async function drawn(document: PDFiumDocument, index: number): Promise<DecodedPage> {
  try {
    const page = document.getPage(index)
    const { originalWidth, originalHeight } = page.getOriginalSize()
    // a page of 14,400 points would take gigabytes at any fixed resolution
    const scale = Math.min(DPI / POINTS_PER_INCH, DECODED_EDGE / Math.max(originalWidth, originalHeight))
    const width = Math.max(LEAST, Math.floor(originalWidth * scale))
    const height = Math.max(LEAST, Math.floor(originalHeight * scale))
    // first, since drawing closes the page
    const text = page.getText()
    const { data } = await page.render({ width, height, scale: 1, render: 'bitmap' })
    return { picture: { data: withoutAlpha(data), width, height }, original: { width, height }, text }
  } catch (error) {
    // after a trap nothing in the library's memory is sure: the next file gets a new one
    library = undefined
    throw new DecodeError('broken', error)
  }
}

/** The page is opaque: it was drawn on white. */
function withoutAlpha(rgba: Uint8Array): Buffer {
  const pixels = rgba.length / 4
  const rgb = Buffer.allocUnsafe(pixels * 3)
  for (let i = 0; i < pixels; i++) {
    rgb[3 * i] = rgba[4 * i]!
    rgb[3 * i + 1] = rgba[4 * i + 1]!
    rgb[3 * i + 2] = rgba[4 * i + 2]!
  }
  return rgb
}

/** FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && /password|security/i.test(error.message)
}
