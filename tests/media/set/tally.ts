import { readingFindings } from '../../../src/media/reading/findings.ts'
import { compact } from '../../../src/media/reading/likeness.ts'
import { offered } from '../../../src/media/reading/offered.ts'
import { parseNik } from '../../../src/models/identity/identity.ts'
import type { Look, PageLook, ReadValue } from '../../../src/models/file/look.ts'
import type { Person } from './family.ts'
import type { TrueValue } from './paper.ts'
import type { Random } from './random.ts'
import { seeded } from './random.ts'
import type { Sample } from './sample.ts'

/** A drawn paper and what the reader made of it. */
export type Judged = { sample: Pick<Sample, 'seed' | 'legible' | 'shot' | 'paper' | 'family'>; look: PageLook }

export const FIELDS = ['nik', 'kk', 'akta', 'name', 'birthDate'] as const
type Field = (typeof FIELDS)[number]

/** A value that is read so surely counts as read. The matchers ask for as much of numbers, and for more of names. */
const SURE = 0.9

/** How a field fares: `wrong` was read surely, but as something that does not stand there. */
export type FieldTally = { there: number; read: number; wrong: number; withBlanks: number }

export function fieldTally(judged: readonly Judged[], field: Field): FieldTally {
  const tally = { there: 0, read: 0, wrong: 0, withBlanks: 0 }
  for (const { sample, look } of judged) {
    const there = sample.paper.values.filter((value) => value.field === field)
    const read = look.values.filter((value) => value.field === field)
    tally.there += there.length
    tally.read += there.filter((value) => read.some((one) => same(one, value))).length
    tally.withBlanks += there.filter((value) => read.some((one) => one.value === value.value)).length
    tally.wrong += read.filter((one) => one.confidence >= SURE && !there.some((value) => same(one, value))).length
  }
  return tally
}

function same(read: ReadValue, there: TrueValue): boolean {
  if (read.field !== 'name') return read.value === there.value
  return compact(read.value) === compact(there.value)
}

/** NIKs that were read surely, could be NIKs, and stand nowhere on the paper: seed, read, and what stands there. */
export function wrongNiks(judged: readonly Judged[]): { seed: number; read: string }[] {
  return judged.flatMap(({ sample, look }) =>
    look.values
      .filter(({ field, value, confidence }) => field === 'nik' && confidence >= SURE && parseNik(value).ok)
      .filter(({ value }) => !sample.paper.values.some((there) => there.field === 'nik' && there.value === value))
      .map(({ value }) => ({ seed: sample.seed, read: value })),
  )
}

/** Names that were read surely and stand nowhere on the paper: seed, and what was read. */
export function wrongNames(judged: readonly Judged[]): { seed: number; read: string }[] {
  return judged.flatMap(({ sample, look }) =>
    look.values
      .filter((one) => one.field === 'name' && one.confidence >= SURE)
      .filter((one) => !sample.paper.values.some((there) => there.field === 'name' && same(one, there)))
      .map(({ value }) => ({ seed: sample.seed, read: value })),
  )
}

/** What becomes of a typed NIK: said to differ, silently taken as agreeing with the paper, or nothing said either way. */
export type Comparison = { differs: number; agrees: number; unsaid: number }

/** Every pupil's NIK typed as it stands there (`wrong` false), or with one figure changed. */
export function comparisons(judged: readonly Judged[], wrong: boolean): Comparison {
  const tally = { differs: 0, agrees: 0, unsaid: 0 }
  for (const { sample, look } of judged) {
    for (const pupil of pupilsOn(sample)) {
      const nik = wrong ? mistyped(seeded(sample.seed), pupil.nik) : pupil.nik
      const typed = { name: pupil.name, nik, birthDate: pupil.birthDate }
      const said = readingFindings(asFile(look), typed).some(({ code }) => code === 'NIK_READ_DIFFERS')
      const stands = look.values.some(({ field, value }) => field === 'nik' && value === nik)
      tally[said ? 'differs' : stands ? 'agrees' : 'unsaid']++
    }
  }
  return tally
}

/** Papers of a pupil that offer a name or a NIK, and how many of those are wrong. */
export function offers(judged: readonly Judged[]): { papers: number; nik: number; name: number; wrong: number } {
  const tally = { papers: 0, nik: 0, name: 0, wrong: 0 }
  for (const { sample, look } of judged) {
    if (!['birth_certificate', 'child_card'].includes(sample.paper.kind)) continue
    tally.papers++
    const { nik, name } = offered(asFile(look))
    const [pupil] = sample.family.children
    if (nik !== undefined) tally.nik++
    if (name !== undefined) tally.name++
    if (nik !== undefined && nik !== pupil?.nik) tally.wrong++
    if (name !== undefined && compact(name) !== compact(pupil?.name ?? '')) tally.wrong++
  }
  return tally
}

/** How many of each true kind were taken for which: by `true>seen`; `none` where nothing was said. */
export function kindTally(judged: readonly Judged[]): ReadonlyMap<string, number> {
  return countBy(judged, ({ sample, look }) => `${sample.paper.kind}>${look.kind?.kind ?? 'none'}`)
}

/** By `true>said`: yes, between and no against yes and no. */
export function legibleTally(judged: readonly Judged[]): ReadonlyMap<string, number> {
  return countBy(judged, ({ sample, look }) => `${sample.legible}>${look.legibility.legible ? 'yes' : 'no'}`)
}

/** Pages that stand upright, and those of them whose lines lie within one degree. */
export function poseTally(judged: readonly Judged[]): { pages: number; upright: number; level: number } {
  const upright = judged.filter(({ sample, look }) => look.turn === sample.shot.turn)
  const level = upright.filter(({ sample, look }) => Math.abs(look.skew + sample.shot.tilt) <= 1)
  return { pages: judged.length, upright: upright.length, level: level.length }
}

function countBy(judged: readonly Judged[], key: (one: Judged) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const one of judged) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1)
  return counts
}

/** The children whose NIK stands on the paper. */
function pupilsOn({ paper, family }: Judged['sample']): Person[] {
  return family.children.filter(({ nik }) => paper.values.some(({ field, value }) => field === 'nik' && value === nik))
}

/** One figure of the serial or the area changed: what stays a NIK with the same date. */
function mistyped(random: Random, nik: string): string {
  const place = random.pick([2, 3, 4, 5, 12, 13, 14, 15])
  const figure = (Number(nik[place]) + random.whole(1, 9)) % 10
  const changed = `${nik.slice(0, place)}${figure}${nik.slice(place + 1)}`
  return parseNik(changed).ok ? changed : mistyped(random, nik)
}

function asFile(look: PageLook): Extract<Look, { opened: true }> {
  return { opened: true, total: 1, pages: [look], pictureHash: '0'.repeat(16), missing: [] }
}
