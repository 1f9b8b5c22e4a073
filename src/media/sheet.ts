import type PDFDocument from 'pdfkit'
import { buffer } from 'node:stream/consumers'
import { Refusal } from '../models/store/errors.ts'
import type { PortraitEdit } from '../models/file/look.ts'
import type { Blobs } from './blobs.ts'
import { proposalBlob } from './derived.ts'
import { sentPicture } from './sharp.ts'

/**
 * One portrait on a sheet. `document`: the file with the portrait; a frame without picture where there is none. `edit`:
 * how the photo station has cut and lit it.
 */
export type SheetPupil = { name: string; note: string; document?: string | undefined; edit?: PortraitEdit | undefined }
/** `firstPage`: the number of its first page, where it goes on from another sheet. */
export type SheetOptions = { title: string; dpi: 300 | 600; firstPage: number }

const MM = 72 / 25.4
/** Of the child's identity card, in millimetres. */
const PORTRAIT = { width: 20, height: 30 }
const CELL = { width: 26, height: 43 }
const MARGIN = { left: 14, top: 20 }
const COLUMNS = 7
const ROWS = 6
export const PORTRAITS_ON_A_PAGE = COLUMNS * ROWS
/** Cut marks stand off the picture, so that none is left on it. */
const MARK = { off: 0.6, length: 2 }
/** Measured with a ruler, it shows whether the printer has scaled. */
const RULER_MM = 50

/**
 * Portraits for printing on paper: A4, each exactly 20 by 30 mm with cut marks, name and note below, and a request to
 * the printer not to scale. Pictures are `dpi` dense.
 */
export function createSheets(needs: {
  blobs: Pick<Blobs, 'get'>
  /** The readable picture of a file; other than JPEG where it has none. */
  rendition: (document: string) => Promise<{ mediaType: string; bytes: Buffer }>
  /** The portrait as an operator has saved it. Throws Refusal where that cannot be drawn. */
  draw: (document: string, edit: PortraitEdit) => Promise<Buffer>
}) {
  /** As the photo station saved it, else the cut portrait where one is proposed, else the photo as it is. */
  async function picture({ document, edit }: SheetPupil): Promise<Buffer | undefined> {
    if (document === undefined) return undefined
    const saved = edit && (await needs.draw(document, edit).catch(unlessRefused))
    if (saved) return saved
    const proposed = await needs.blobs.get(proposalBlob(document))
    if (proposed) return proposed
    const { mediaType, bytes } = await needs.rendition(document)
    return mediaType === 'image/jpeg' ? bytes : undefined
  }

  return async (pupils: readonly SheetPupil[], options: SheetOptions): Promise<Buffer> => {
    // loaded when it is asked for: few processes ever draw one
    const { default: Drawing } = await import('pdfkit')
    const pdf = new Drawing({ size: 'A4', margin: 0, autoFirstPage: false, info: { Title: options.title } })
    const drawn = buffer(pdf)
    doNotScale(pdf)
    for (const [n, pupil] of pupils.entries()) {
      if (n % PORTRAITS_ON_A_PAGE === 0) addPage(pdf, options, options.firstPage + n / PORTRAITS_ON_A_PAGE)
      const cell = n % PORTRAITS_ON_A_PAGE
      const x = (MARGIN.left + (cell % COLUMNS) * CELL.width) * MM
      const y = (MARGIN.top + Math.floor(cell / COLUMNS) * CELL.height) * MM
      const found = await picture(pupil)
      drawPortrait(pdf, { x, y }, pupil, found && (await dense(found, options.dpi)))
    }
    pdf.end()
    return drawn
  }
}

/** A place on the sheet is not worth the whole sheet: what cannot be drawn is printed as it was proposed. */
function unlessRefused(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error
}

type Pdf = InstanceType<typeof PDFDocument>

/** ISO 32000-1, 12.2: viewers then offer to print without scaling. The library has no name for it. */
function doNotScale(pdf: Pdf): void {
  const { data } = (pdf as unknown as { _root: { data: Record<string, unknown> } })._root
  // the document ends this object itself
  data['ViewerPreferences'] = pdf.ref({ PrintScaling: 'None' })
}

function addPage(pdf: Pdf, { title, dpi }: Pick<SheetOptions, 'title' | 'dpi'>, page: number): void {
  pdf.addPage({ size: 'A4', margin: 0 })
  pdf.font('Helvetica').fontSize(8).fillColor('#000')
  pdf.text(printable(`${title} · halaman ${page} · ${dpi} dpi`), MARGIN.left * MM, 8 * MM, { lineBreak: false })
  const right = 210 - MARGIN.left
  pdf.text('Cetak ukuran asli (100 %), tanpa penskalaan. Garis ini 50 mm:', MARGIN.left * MM, 13 * MM, {
    lineBreak: false,
  })
  pdf
    .lineWidth(0.5)
    .strokeColor('#000')
    .moveTo((right - RULER_MM) * MM, 14.5 * MM)
    .lineTo(right * MM, 14.5 * MM)
    .stroke()
}

function drawPortrait(pdf: Pdf, at: { x: number; y: number }, { name, note }: SheetPupil, jpeg: Buffer | undefined) {
  const [width, height] = [PORTRAIT.width * MM, PORTRAIT.height * MM]
  if (jpeg) pdf.image(jpeg, at.x, at.y, { width, height })
  else pdf.fontSize(6).text('Tanpa foto', at.x, at.y + height / 2, { width, align: 'center', lineBreak: false })
  const [off, length] = [MARK.off * MM, MARK.length * MM]
  pdf.lineWidth(0.25).strokeColor('#000')
  for (const [x, outX] of [
    [at.x, -1],
    [at.x + width, 1],
  ] as const) {
    for (const [y, outY] of [
      [at.y, -1],
      [at.y + height, 1],
    ] as const) {
      pdf
        .moveTo(x + outX * off, y)
        .lineTo(x + outX * (off + length), y)
        .stroke()
        .moveTo(x, y + outY * off)
        .lineTo(x, y + outY * (off + length))
        .stroke()
    }
  }
  const below = { width: width + 4 * MM, align: 'center', height: 8, ellipsis: true } as const
  const top = at.y + height + (MARK.off + MARK.length) * MM
  pdf.font('Helvetica').fontSize(6).fillColor('#000')
  pdf.text(printable(name), at.x - 2 * MM, top, below)
  pdf.text(printable(note), at.x - 2 * MM, top + 8, below)
}

function dense(jpeg: Buffer, dpi: number): Promise<Buffer> {
  const pixels = (mm: number) => Math.round((mm / 25.4) * dpi)
  return sentPicture(jpeg)
    .resize(pixels(PORTRAIT.width), pixels(PORTRAIT.height), { fit: 'cover', position: 'top' })
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    .toBuffer()
}

/** The fonts that every PDF reader has know western letters only. */
function printable(text: string): string {
  return text.normalize('NFC').replaceAll(/[^\u0020-\u007E\u00A0-\u00FF]/g, '?')
}
