import { toBuffer } from 'qrcode'
import { buffer } from 'node:stream/consumers'

export type InvitationSheet = {
  office: { name: string; service: string }
  school: { name: string; npsn: string }
  code: string
  /** As the office's calendar writes it. */
  expires: string
  uses: number
  /** The office's number, digits with the country code. */
  phone: string
}

const MARGIN = 56
const QR_POINTS = 200

/** Opens the chat with the office's number, the code already typed: the school writes first, as the platform wants. */
export function invitationLink({ phone, code }: Pick<InvitationSheet, 'phone' | 'code'>): string {
  return `https://wa.me/${phone}?text=${encodeURIComponent(`UNDANGAN ${code}`)}`
}

/** One A4 page for the letter to a school: what to do, the link and its QR code. */
export async function drawInvitationSheet(sheet: InvitationSheet): Promise<Buffer> {
  const link = invitationLink(sheet)
  const picture = await toBuffer(link, { errorCorrectionLevel: 'M', margin: 2, width: 800 })
  const title = `Undangan ${sheet.office.service}`
  // loaded when it is asked for: few processes ever draw one
  const { default: PDFDocument } = await import('pdfkit')
  const page = new PDFDocument({ size: 'A4', margin: MARGIN, info: { Title: title, Author: sheet.office.name } })
  const drawn = buffer(page)
  page.font('Helvetica').fontSize(11).text(sheet.office.name)
  page.moveDown(1.5).font('Helvetica-Bold').fontSize(20).text(title)
  page.moveDown(0.5).font('Helvetica').fontSize(12)
  page.text(`Kepada Bapak/Ibu koordinator ${sheet.school.name} (NPSN ${sheet.school.npsn})`)
  page.moveDown()
  page.text('Pengajuan Kartu Identitas Anak kini dapat dikirim lewat WhatsApp. Mohon ikuti langkah berikut.')
  page.moveDown()
  page.text('1. Pindai kode QR di bawah dengan kamera ponsel, atau buka tautannya.')
  page.text('2. WhatsApp terbuka dengan pesan yang sudah terisi. Tekan kirim tanpa mengubahnya.')
  page.text('3. Jawab pertanyaan yang muncul. Bapak/Ibu langsung tercatat sebagai koordinator sekolah.')
  page.moveDown()
  const top = page.y
  page.image(picture, MARGIN, top, { width: QR_POINTS, height: QR_POINTS })
  const beside = MARGIN + QR_POINTS + 24
  page.fontSize(11).text('Kode undangan', beside, top + 24)
  page.font('Helvetica-Bold').fontSize(22).text(sheet.code)
  page.font('Helvetica').fontSize(11).moveDown(0.5)
  page.text(`Berlaku sampai ${sheet.expires}, untuk ${sheet.uses} orang.`)
  page.moveDown(0.5).text(`Nomor WhatsApp kantor: +${sheet.phone}`)
  page.text(link, MARGIN, top + QR_POINTS + 16, { link, underline: true })
  page
    .moveDown()
    .text('Simpan lembar ini. Kode hanya untuk sekolah Bapak/Ibu dan tidak untuk diteruskan ke orang lain.')
  page.end()
  return drawn
}
