import type { Random } from './random.ts'

export type Person = {
  name: string
  nik: string
  /** `YYYY-MM-DD` */
  birthDate: string
  birthPlace: string
  female: boolean
  role: 'KEPALA KELUARGA' | 'ISTRI' | 'ANAK'
}
/** A made-up family; the first child is the pupil. */
export type Family = { kk: string; akta: string; father: Person; mother: Person; children: readonly Person[] }

const AREAS = ['631106', '631101', '631102', '630805', '631107', '630710', '620301'] as const
const PLACES = ['BALANGAN', 'PARINGIN', 'AMUNTAI', 'BARABAI', 'TANJUNG', 'BANJARMASIN'] as const
const BOYS = ['AHMAD', 'MUHAMMAD', 'BUDI', 'FIKRI', 'RIZKY', 'HENDRA', 'YUSUF', 'GILANG', 'M. ILHAM', 'ZAINAL'] as const
const GIRLS = ['SITI', "NUR'AINI", 'CITRA', 'RINA', 'FATIMAH', 'WULAN', 'KHADIJAH', 'DEWI', 'QONITA', 'PUTRI'] as const
const MIDDLES = [
  'AL-FATIH',
  'HIDAYAT',
  'SAPUTRA',
  'MAULANA',
  'RAHMAN',
  'JANNAH',
  'LESTARI',
  'WAHYUNI',
  'EFFENDI',
] as const
// every name says that nobody bears it
const LASTS = ['REKAAN', 'CONTOH', 'REKAAN CONTOH', 'CONTOHWATI', 'REKAYASA'] as const

export function makeFamily(random: Random): Family {
  const area = random.pick(AREAS)
  const father = makePerson(random, { area, female: false, role: 'KEPALA KELUARGA', from: 1968, to: 1990 })
  const mother = makePerson(random, { area: random.pick(AREAS), female: true, role: 'ISTRI', from: 1970, to: 1995 })
  const children = Array.from({ length: random.whole(1, 5) }, () =>
    makePerson(random, { area, female: random.chance(0.5), role: 'ANAK', from: 2009, to: 2022 }),
  )
  const issued = `${two(random.whole(1, 28))}${two(random.whole(1, 12))}${two(random.whole(5, 24))}`
  const [pupil] = children
  const registered = `${two(random.whole(1, 28))}${two(random.whole(1, 12))}${Number(pupil?.birthDate.slice(0, 4)) + 1}`
  const serial = String(random.whole(1, 120)).padStart(4, '0')
  return {
    kk: `${area}${issued}${serial}`,
    akta: `${area.slice(0, 4)}-${random.pick(['LU', 'LT'] as const)}-${registered}-${String(random.whole(1, 99)).padStart(4, '0')}`,
    father,
    mother,
    children,
  }
}

function makePerson(
  random: Random,
  who: { area: string; female: boolean; role: Person['role']; from: number; to: number },
): Person {
  const { area, female, role } = who
  const year = random.whole(who.from, who.to)
  const month = random.whole(1, 12)
  const day = random.whole(1, 28)
  const serial = String(random.whole(1, 40)).padStart(4, '0')
  // one in twelve carries a number that disagrees with the birth date: it never changes after a correction
  const shown = random.chance(1 / 12) ? (day % 28) + 1 : day
  const first = random.pick(female ? GIRLS : BOYS)
  const words = random.chance(0.15) ? [`${first}REKA`] : [first, random.pick(MIDDLES), random.pick(LASTS)]
  return {
    name: random.chance(0.5) && words.length === 3 ? `${words[0]} ${words[2]}` : words.join(' '),
    nik: `${area}${two(female ? shown + 40 : shown)}${two(month)}${two(year % 100)}${serial}`,
    birthDate: `${year}-${two(month)}-${two(day)}`,
    birthPlace: random.pick(PLACES),
    female,
    role,
  }
}

export function two(number: number): string {
  return String(number).padStart(2, '0')
}
