import type { Family, Person } from '../family.ts'
import type { Look, Paper } from '../paper.ts'
import { dashed, sheet, text } from '../paper.ts'
import type { Random } from '../random.ts'
import { widthOf } from '../text-width.ts'

// ID-1, as bank cards, four times as large as life so that the strokes stay smooth
const CARD = { width: 3424, height: 2160 }
const PHOTO = { x: 2680, y: 600, width: 600, height: 800 }
const VALUES_AT = 1040
const SHADES = ['#cfe3f2', '#d9e8ef', '#d3e6dc'] as const

type Row = readonly [label: string, value: string]

/** A KTP-el, or both parents' one above the other on a sheet, as copy shops lay them out. */
export async function eidCard(random: Random, look: Look, family: Family): Promise<Paper> {
  const both = random.chance(0.5)
  const blue = { ...look, paper: random.pick(SHADES) }
  const people = both ? [family.father, family.mother] : [random.pick([family.father, family.mother])]
  const cards = await Promise.all(
    people.map(async (person, i) => {
      return `<g transform="translate(0 ${i * (CARD.height + 160)})">${await eid(blue, person)}</g>`
    }),
  )
  const size = { width: CARD.width, height: people.length * CARD.height + (people.length - 1) * 160 }
  return {
    kind: 'eid_card',
    svg: sheet(blue, size, cards.join('')),
    ...size,
    capital: 80,
    values: people.flatMap((person, row) => personal(person, row)),
  }
}

async function eid(look: Look, person: Person): Promise<string> {
  const rows: Row[] = [
    ['Nama', person.name],
    ['Tempat/Tgl Lahir', `${person.birthPlace}, ${dashed(person.birthDate)}`],
    ['Jenis Kelamin', `${person.female ? 'PEREMPUAN' : 'LAKI-LAKI'}   Gol. Darah : O`],
    ['Alamat', 'JL. CONTOH REKAAN'],
    ['RT/RW', '002/001'],
    ['Kel/Desa', 'REKA MAJU'],
    ['Kecamatan', 'PARINGIN'],
    ['Agama', 'ISLAM'],
    ['Status Perkawinan', 'KAWIN'],
    ['Pekerjaan', person.female ? 'MENGURUS RUMAH TANGGA' : 'PETANI/PEKEBUN'],
    ['Kewarganegaraan', 'WNI'],
    ['Berlaku Hingga', 'SEUMUR HIDUP'],
  ]
  return [
    text(look, 'PROVINSI KALIMANTAN SELATAN', CARD.width / 2, 200, { size: 135, bold: true, middle: true }),
    text(look, 'KABUPATEN BALANGAN', CARD.width / 2, 350, { size: 135, bold: true, middle: true }),
    text(look, 'NIK', 120, 560, { size: 150, bold: true }),
    text(look, `: ${person.nik}`, 620, 560, { size: 165, bold: true }),
    await list(look, rows, 120, 710, 116, 108),
    photo(),
  ].join('')
}

/** A KIA, front side. */
export async function childCard(random: Random, look: Look, family: Family): Promise<Paper> {
  const [pupil] = family.children
  if (pupil === undefined) throw new RangeError('a family without children has no pupil')
  const rose = { ...look, paper: random.pick(['#f7dfe6', '#fbe9d8', '#e9e2f4'] as const) }
  const rows: Row[] = [
    ['Nama', pupil.name],
    ['Tempat/Tgl Lahir', `${pupil.birthPlace}, ${dashed(pupil.birthDate)}`],
    ['Jenis Kelamin', pupil.female ? 'PEREMPUAN' : 'LAKI-LAKI'],
    ['Nomor Kartu Keluarga', family.kk],
    ['Nama Kepala Keluarga', family.father.name],
    ['No. Akta Kelahiran', family.akta],
    ['Agama', 'ISLAM'],
    ['Kewarganegaraan', 'WNI'],
    ['Alamat', 'JL. CONTOH REKAAN'],
    ['Berlaku Hingga', '01-07-2032'],
  ]
  const body = [
    text(rose, 'KARTU IDENTITAS ANAK', CARD.width / 2, 190, { size: 150, bold: true, middle: true }),
    text(rose, 'KABUPATEN BALANGAN', CARD.width / 2, 340, { size: 120, bold: true, middle: true }),
    text(rose, `NIK : ${pupil.nik}`, 120, 540, { size: 150, bold: true }),
    await list(rose, rows, 120, 700, 130, 104),
    photo(),
  ]
  return {
    kind: 'child_card',
    svg: sheet(rose, CARD, body.join('')),
    ...CARD,
    capital: 74,
    values: [...personal(pupil, 0), { field: 'kk', value: family.kk }, { field: 'akta', value: family.akta }],
  }
}

function personal(person: Person, row: number): Paper['values'] {
  return [
    { field: 'nik', value: person.nik, row },
    { field: 'name', value: person.name, row },
    { field: 'birthDate', value: person.birthDate, row },
  ]
}

/** A value that would run under the photo is set narrower. */
async function list(look: Look, rows: readonly Row[], x: number, top: number, step: number, size: number) {
  const drawn = rows.map(async ([label, value], i) => {
    const y = top + i * step
    const style = { size, bold: look.bold }
    const beside = y < PHOTO.y + PHOTO.height + size
    const width = beside ? await widthOf(look, `: ${value}`, style) : 0
    const narrow = Math.min(1, (PHOTO.x - size / 4 - x - VALUES_AT) / width)
    return text(look, label, x, y, { size }) + text(look, `: ${value}`, x + VALUES_AT, y, { ...style, narrow })
  })
  return (await Promise.all(drawn)).join('')
}

/** No face: a grey head and shoulders. */
function photo(): string {
  const { x, y, width, height } = PHOTO
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#b03a3a"/><circle cx="${x + 300}" cy="${y + 320}" r="150" fill="#bbb"/><rect x="${x + 90}" y="${y + 480}" width="420" height="320" rx="150" fill="#ddd"/>`
}
