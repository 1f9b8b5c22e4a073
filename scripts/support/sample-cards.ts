type Row = readonly [label: string, value: string]
type Card = { width: number; height: number; paper: string; ink: string; title: readonly string[]; body: string }

const FONT = 'font-family="DejaVu Sans, sans-serif"'
const KK_NUMBER = '6311062008150001'
const FATHER = { name: 'CONTOH BAPAK REKAAN', nik: '6311061204850001', born: 'PARINGIN, 12-04-1985', sex: 'LAKI-LAKI' }
const MOTHER = { name: 'CONTOH IBU REKAAN', nik: '6311066309880002', born: 'PARINGIN, 23-09-1988', sex: 'PEREMPUAN' }
const CHILDREN = [
  ['CITRA CONTOH REKAAN', '6311064107150003', '01-07-2015', 'P'],
  ['BUDI CONTOH REKAAN', '6311061203160004', '12-03-2016', 'L'],
] as const

/** The drawn papers of one made-up family, as SVG by name of the picture. */
export function sampleCards(): Record<string, string> {
  return {
    akta: birthCertificate(),
    kk: familyCard(),
    'ktp-ayah': idCard(FATHER, '#3f6f9f'),
    'ktp-ibu': idCard(MOTHER, '#8a5f86'),
  }
}

function birthCertificate(): string {
  const rows: Row[] = [
    ['Nomor', '6311-LT-00000000-0000 (CONTOH)'],
    ['Nama', CHILDREN[0][0]],
    ['NIK', CHILDREN[0][1]],
    ['Tempat lahir', 'PARINGIN'],
    ['Tanggal lahir', 'SATU JULI DUA RIBU LIMA BELAS'],
    ['Anak ke', 'SATU, PEREMPUAN'],
    ['Ayah', FATHER.name],
    ['Ibu', MOTHER.name],
  ]
  return card({
    width: 900,
    height: 1200,
    paper: '#fbf6e6',
    ink: '#6b5a2a',
    title: ['KUTIPAN AKTA KELAHIRAN', 'Gambar contoh untuk peragaan'],
    body: table(rows, 110, 290, 78, 230) + seal(690, 1010, '#6b5a2a'),
  })
}

function familyCard(): string {
  const head = ['No', 'Nama lengkap', 'NIK', 'Tanggal lahir', 'L/P']
  const people = [
    [FATHER.name, FATHER.nik, '12-04-1985', 'L'],
    [MOTHER.name, MOTHER.nik, '23-09-1988', 'P'],
    ...CHILDREN,
  ]
  const at = [60, 120, 500, 800, 1050]
  const line = (cells: readonly string[], y: number, bold: boolean) =>
    cells.map((cell, i) => text(cell, at[i] ?? 0, y, 22, bold ? 700 : 400)).join('')
  const lines = people.map((person, i) => line([String(i + 1), ...person], 500 + i * 62, false))
  const rules = Array.from(
    { length: 6 },
    (_, i) => `<path d="M50 ${398 + i * 62 + (i > 0 ? 6 : 0)}H1150" stroke="#4a7a5c"/>`,
  )
  return card({
    width: 1200,
    height: 850,
    paper: '#eef6ef',
    ink: '#2f6b47',
    title: ['KARTU KELUARGA', `No. ${KK_NUMBER}`],
    body: [
      text(`Kepala keluarga: ${FATHER.name}`, 60, 290, 24),
      text('Alamat: JALAN PERAGAAN NO. 0, DESA CONTOH, PARINGIN', 60, 335, 24),
      line(head, 438, true),
      ...lines,
      ...rules,
    ].join(''),
  })
}

function idCard(person: typeof FATHER, ink: string): string {
  const rows: Row[] = [
    ['NIK', person.nik],
    ['Nama', person.name],
    ['Lahir', person.born],
    ['Kelamin', person.sex],
    ['Alamat', 'JALAN PERAGAAN NO. 0'],
    ['Kecamatan', 'PARINGIN'],
  ]
  const photo = `<rect x="770" y="190" width="180" height="240" fill="${ink}" opacity="0.35"/>
    <circle cx="860" cy="280" r="48" fill="#e9c9a6"/><path d="M790 430c0-100 140-100 140 0z" fill="${ink}"/>`
  return card({
    width: 1000,
    height: 630,
    paper: '#eaf1f8',
    ink,
    title: ['KARTU TANDA PENDUDUK', 'Gambar contoh untuk peragaan'],
    body: table(rows, 60, 225, 58, 170) + photo,
  })
}

/** Paper with a frame, a title, the body, and CONTOH across all of it. */
function card({ width, height, paper, ink, title, body }: Card): string {
  const [first = '', second = ''] = title
  const center = `text-anchor="middle" ${FONT} fill="${ink}"`
  const angle = (-Math.atan2(height, width) * 180) / Math.PI
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="${paper}"/>
    <rect x="20" y="20" width="${width - 40}" height="${height - 40}" fill="none" stroke="${ink}" stroke-width="4"/>
    <text x="${width / 2}" y="95" font-size="40" font-weight="700" ${center}>${first}</text>
    <text x="${width / 2}" y="142" font-size="26" ${center}>${second}</text>
    ${body}
    <text x="${width / 2}" y="${height / 2}" font-size="${width / 5}" font-weight="700" fill="#c03030" opacity="0.22"
      text-anchor="middle" dominant-baseline="middle" ${FONT}
      transform="rotate(${angle} ${width / 2} ${height / 2})">CONTOH</text>
    <text x="${width / 2}" y="${height - 42}" font-size="24" font-weight="700" fill="#c03030" text-anchor="middle"
      ${FONT}>CONTOH · BUKAN DOKUMEN RESMI · SEMUA REKAAN</text>
  </svg>`
}

function table(rows: readonly Row[], x: number, y: number, step: number, indent: number): string {
  return rows
    .map(
      ([label, value], i) => text(label, x, y + i * step, 25) + text(`: ${value}`, x + indent, y + i * step, 25, 700),
    )
    .join('')
}

function seal(x: number, y: number, ink: string): string {
  return `<circle cx="${x}" cy="${y}" r="70" fill="none" stroke="${ink}" stroke-width="3" stroke-dasharray="10 6"/>
    <text x="${x}" y="${y + 8}" font-size="22" text-anchor="middle" fill="${ink}" ${FONT}>CONTOH</text>`
}

function text(content: string, x: number, y: number, size: number, weight = 400): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="#222" ${FONT}>${content}</text>`
}
