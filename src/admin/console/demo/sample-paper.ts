import type { SamplePupil } from './sample-pupil.ts'

/** A line of a drawn paper in pixels: its baseline, and the width that is cleared for it. */
type Line = { text: string; x: number; y: number; width: number }
type Paper = { ground: string; font: string; lines: (pupil: SamplePupil) => readonly Line[] }

const ink = '#1a1a1a'
const isGirl = (pupil: SamplePupil) => Number(pupil.nik.slice(6, 8)) > 40
const dayIn = ({ nik }: SamplePupil) =>
  `${String(Number(nik.slice(6, 8)) % 40).padStart(2, '0')}-${nik.slice(8, 10)}-20${nik.slice(10, 12)}`

/** What stands on the drawn papers of the family for one of its children, by the picture's name. */
const PAPERS: Readonly<Record<string, Paper>> = {
  'kk.jpg': {
    ground: '#eff6ef',
    font: '22px "DejaVu Sans", Verdana, sans-serif',
    lines: (pupil) => [
      { text: pupil.name.toUpperCase(), x: 120, y: 624, width: 372 },
      { text: pupil.nik, x: 500, y: 624, width: 280 },
      { text: dayIn(pupil), x: 800, y: 624, width: 200 },
      { text: isGirl(pupil) ? 'P' : 'L', x: 1050, y: 624, width: 60 },
    ],
  },
  'akta.jpg': {
    ground: '#fdf6e5',
    font: 'bold 24px "DejaVu Sans", Verdana, sans-serif',
    lines: (pupil) => [
      { text: pupil.name.toUpperCase(), x: 359, y: 368, width: 500 },
      { text: pupil.nik, x: 359, y: 446, width: 500 },
      { text: pupil.birthDate.toUpperCase(), x: 359, y: 602, width: 500 },
      { text: isGirl(pupil) ? 'SATU, PEREMPUAN' : 'SATU, LAKI-LAKI', x: 359, y: 680, width: 500 },
    ],
  },
}
const LINE_HEIGHT = 40

/**
 * The sample picture `name` as a file. The family card and the birth certificate carry this pupil's name, NIK and birth
 * date, so that the service finds on them what is typed in the chat. Throws where the picture cannot be had.
 */
export async function samplePaper(name: string, pupil: SamplePupil): Promise<File> {
  const response = await fetch(`/samples/${name}`)
  if (!response.ok) throw new Error(`sample ${name}: ${response.status}`)
  const picture = await response.blob()
  const paper = PAPERS[name]
  return new File([paper ? await written(picture, paper, pupil) : picture], name, { type: 'image/jpeg' })
}

async function written(picture: Blob, { ground, font, lines }: Paper, pupil: SamplePupil): Promise<Blob> {
  const base = await createImageBitmap(picture)
  const canvas = document.createElement('canvas')
  canvas.width = base.width
  canvas.height = base.height
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser draws no pictures')
  pen.drawImage(base, 0, 0)
  pen.font = font
  for (const { text, x, y, width } of lines(pupil)) {
    pen.fillStyle = ground
    pen.fillRect(x - 4, y - 0.72 * LINE_HEIGHT, width, LINE_HEIGHT)
    pen.fillStyle = ink
    pen.fillText(text, x, y, width)
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture was not made'))), 'image/jpeg', 0.9)
  })
}
