import { randomBytes } from 'node:crypto'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import type { TextName } from '../../src/conversation/texts/id.ts'
import { claiming, quarters } from './heic.ts'
import { bomb, gifFile, isoFile, phonePicture, pdfFile, plainPicture, svgFile, tiffFile, zipFile } from './pictures.ts'

/**
 * What is sent and what the school is told of it, by the name of the text: one of these. `shown`: it is opened, and
 * nothing is said against it. What a decoder may be strict about ends either way.
 */
export type HostileFile = { name: string; bytes: Buffer; says: readonly (TextName | 'shown')[] }

/** A hundred files that phones do not make, but people, scanners and attackers do. */
export async function hostileFiles(): Promise<HostileFile[]> {
  const files: HostileFile[] = []
  const add = (says: TextName | readonly ['shown', ...TextName[]], named: Readonly<Record<string, Buffer>>) => {
    const any = typeof says === 'string' ? [says] : says
    for (const [name, bytes] of Object.entries(named)) files.push({ name, bytes, says: any })
  }
  const jpeg = await phonePicture({ width: 400, height: 300 })
  const [png, webp] = [await plainPicture('png'), await plainPicture('webp')]
  const heic = await quarters()
  const pdf = await written((document) => document.text('Contoh'))

  add('fileEmpty', { 'nothing at all': Buffer.alloc(0) })
  add('fileType', {
    'one zero byte': Buffer.alloc(1),
    'a megabyte of zeros': Buffer.alloc(1024 * 1024),
    'noise named foto.jpg': randomBytes(4096),
    'a text named foto.jpg': Buffer.from('bukan foto\n'.repeat(50)),
    SVG: svgFile,
    'SVG that reads a file': Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    ),
    'SVG of entities within entities': Buffer.from(
      `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "${'&a;'.repeat(10)}"><!ENTITY c "${'&b;'.repeat(10)}">]><svg>&c;</svg>`,
    ),
    GIF: gifFile,
    TIFF: tiffFile,
    ZIP: zipFile,
    AVIF: isoFile('avif', ['avif', 'mif1']),
    video: isoFile('isom', ['isom', 'mp42']),
    'HTML before a JPEG': Buffer.concat([Buffer.from('<html><script>1</script>'), jpeg]),
    'a program': Buffer.concat([Buffer.from('7f454c460201010000', 'hex'), randomBytes(500)]),
    BMP: Buffer.concat([Buffer.from('BM'), Buffer.alloc(200)]),
    'PDF after a kilobyte of something': Buffer.concat([Buffer.alloc(1024, 'x'), pdf]),
    PostScript: Buffer.from('%!PS-Adobe-3.0\nshowpage\n'),
  })
  add('FILE_TOO_LARGE', {
    'PNG of 16,000 × 16,000': bomb(16_000, 16_000),
    'PNG of 50,000 × 1,001': bomb(50_000, 1_001),
    'JPEG that claims 65,535 × 65,535': jpegOfSize(jpeg, 65_535, 65_535),
    'HEIC that claims 60,000 × 60,000': claiming(heic, 60_000, 60_000),
    'HEIC that claims 8,000 × 7,000': claiming(heic, 8_000, 7_000),
  })
  add('FILE_ANIMATED', {
    'moving WEBP': await moving(),
    'moving PNG': apng(png),
  })
  add('FILE_LOCKED', {
    'a PDF with a password': await written((document) => document.text('x'), { userPassword: 'rekaan' }),
  })
  add('FILE_DAMAGED', {
    'PNG without any row': withSize(png, 0, 0),
    'PNG that claims four thousand million columns': withSize(png, 0xff_ff_ff_ff, 1),
    'a PDF without pages': pdfFile,
    'HEIC without a picture': isoFile('heic', ['mif1', 'heic']),
    'the first three bytes of a JPEG': jpeg.subarray(0, 3),
    'a PDF that only begins': Buffer.from('%PDF-1.7\n'),
    'a PDF of noise': Buffer.concat([Buffer.from('%PDF-1.5\n'), randomBytes(20_000)]),
    'a ZIP that calls itself PDF': Buffer.concat([Buffer.from('%PDF-1.4\n'), zipFile]),
    'RIFF that is no picture': Buffer.concat([Buffer.from('RIFF\x10\0\0\0WEBP', 'latin1'), randomBytes(64)]),
    'a JPEG of markers only': Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
  })
  add(['shown', 'FILE_DAMAGED', 'FILE_EMPTY'], {
    'JPEG with a ZIP behind it': Buffer.concat([jpeg, zipFile]),
    'JPEG with a page of HTML behind it': Buffer.concat([jpeg, Buffer.from('<html><script>1</script>')]),
    'JPEG with a PDF behind it': Buffer.concat([jpeg, pdf]),
    'PNG with a program behind it': Buffer.concat([png, Buffer.from('7f454c46', 'hex'), randomBytes(300)]),
    'PDF with a JPEG behind it': Buffer.concat([pdf, jpeg]),
    'a picture of one pixel': await plainPicture('png', { width: 1, height: 1 }),
    'a picture of 1 × 9,000': await plainPicture('png', { width: 1, height: 9_000 }),
    'a picture of 9,000 × 1': await plainPicture('jpeg', { width: 9_000, height: 1 }),
    'a JPEG of 14 colours of ink': await inked(),
    'PDF of one page of 14,400 points': pagesOf(1, [14_400, 14_400]),
    'PDF of one page of 14,400 × 1': pagesOf(1, [14_400, 1]),
    'PDF of a page without size': pagesOf(1, [0, 0]),
    'PDF of a page of minus ten points': pagesOf(1, [-10, -10]),
    'PDF whose page tree is a circle': pageCircle(),
    'PDF that opens an address': scripted('/OpenAction<</S/URI/URI(http://contoh.invalid/)>>'),
    'PDF with a script': scripted('/OpenAction<</S/JavaScript/JS(while\\(true\\){})>>'),
    'PDF that starts a program': scripted('/OpenAction<</S/Launch/F(sh)>>'),
  })
  add('FILE_LONG', { 'PDF of 10,000 pages': pagesOf(10_000, [144, 200]) })
  // what a bad line leaves of a file, and what it makes of one
  for (const [kind, whole] of Object.entries({ JPEG: jpeg, PNG: png, WEBP: webp, HEIC: heic, PDF: pdf })) {
    for (const share of [0.2, 0.5, 0.9, 0.99]) {
      add(['shown', 'FILE_DAMAGED', 'FILE_EMPTY'], {
        [`${kind} of which ${share * 100} % came`]: whole.subarray(0, Math.floor(whole.length * share)),
      })
    }
    for (const seed of [1, 2])
      add(['shown', 'FILE_DAMAGED', 'FILE_EMPTY'], { [`${kind} damaged ${seed}`]: damaged(whole, seed) })
  }
  // its own bytes twice, and zeros for its second half
  for (const [kind, whole] of Object.entries({ JPEG: jpeg, PNG: png, WEBP: webp, HEIC: heic, PDF: pdf })) {
    add(['shown', 'FILE_DAMAGED', 'FILE_EMPTY'], {
      [`${kind} twice`]: Buffer.concat([whole, whole]),
      [`${kind} half of zeros`]: Buffer.concat([whole.subarray(0, whole.length / 2), Buffer.alloc(whole.length / 2)]),
    })
  }
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  for (const [i, name] of names.entries()) {
    add('fileType', { [`noise ${name}`]: Buffer.concat([Buffer.from([i]), randomBytes(256)]) })
  }
  return files
}

async function written(draw: (document: PDFKit.PDFDocument) => void, options: PDFKit.PDFDocumentOptions = {}) {
  const document = new PDFDocument({ size: 'A4', ...options })
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  draw(document)
  document.end()
  await new Promise((resolve) => void document.on('end', resolve))
  return Buffer.concat(pieces)
}

/** Without a cross-reference table: readers rebuild it. */
function pagesOf(count: number, [width, height]: readonly [number, number]): Buffer {
  const kids = Array.from({ length: count }, (_, i) => `${i + 3} 0 R`).join(' ')
  const pages = Array.from(
    { length: count },
    (_, i) => `${i + 3} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]>>endobj`,
  )
  return Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count ${count}/Kids[${kids}]>>endobj\n${pages.join('\n')}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  )
}

function pageCircle(): Buffer {
  return Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1000/Kids[3 0 R]/Parent 3 0 R>>endobj\n3 0 obj<</Type/Pages/Count 1000/Kids[2 0 R]/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  )
}

function scripted(action: string): Buffer {
  return Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R${action}>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  )
}

/** IHDR's checksum is left wrong, as such files have it. */
function withSize(png: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(png)
  copy.writeUInt32BE(width, 16)
  copy.writeUInt32BE(height, 20)
  return copy
}

/** SOF0 or SOF2: marker, length, precision, then height and width. */
function jpegOfSize(jpeg: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(jpeg)
  const at = Math.max(copy.indexOf(Buffer.from('ffc0', 'hex')), copy.indexOf(Buffer.from('ffc2', 'hex')))
  copy.writeUInt16BE(height, at + 5)
  copy.writeUInt16BE(width, at + 7)
  return copy
}

function moving(): Promise<Buffer> {
  const frames = Buffer.concat([Buffer.alloc(32 * 32 * 3, 20), Buffer.alloc(32 * 32 * 3, 230)])
  return sharp(frames, { raw: { width: 32, height: 64, channels: 3, pageHeight: 32 } })
    .webp({ loop: 0, delay: [100, 100] })
    .toBuffer()
}

/** An animation's control chunk before the pixels (PNG, third edition). */
function apng(png: Buffer): Buffer {
  const afterHeader = 8 + 25
  const control = Buffer.from('000000086163544c0000000200000000f38d9370', 'hex')
  return Buffer.concat([png.subarray(0, afterHeader), control, png.subarray(afterHeader)])
}

function inked(): Promise<Buffer> {
  return sharp({ create: { width: 90, height: 60, channels: 3, background: '#804020' } })
    .toColourspace('cmyk')
    .jpeg()
    .toBuffer()
}

/** One byte in fifty is another one; the first 32 stay, so that its kind is still told. */
function damaged(whole: Buffer, seed: number): Buffer {
  const copy = Buffer.from(whole)
  for (let i = 32; i < copy.length; i++) {
    if ((i * 7919 + seed * 104_729) % 50 === 0) copy[i] = copy[i]! ^ (1 + ((i * seed) % 255))
  }
  return copy
}
