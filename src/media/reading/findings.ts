import type { DocumentKind } from '../../models/application/application.ts'
import type { Finding } from '../../models/application/findings.ts'
import { parseFamilyCardNumber, parseNik } from '../../models/identity/identity.ts'
import type { Look, PageLook, ReadField, ReadValue } from '../../models/file/look.ts'
import { nameDistance } from './likeness.ts'
import { pageFindings } from './page-findings.ts'
import type { PersonRow } from './person-rows.ts'
import { personRows, rowOf } from './person-rows.ts'

/** What a school typed of one pupil. Dates as `YYYY-MM-DD`. */
export type TypedPupil = { name?: string; nik?: string; birthDate?: string; kk?: string }
type OpenedLook = Extract<Look, { opened: true }>

/** Papers that name the pupil: what stands there is compared. KTP-el are the parents'. */
const OF_PUPIL: readonly DocumentKind[] = ['family_card', 'birth_certificate', 'child_card']
/** A value that is read less surely says nothing against what a person typed (docs/media.md). */
const SURE: Record<Exclude<ReadField, 'akta'>, number> = { nik: 0.9, kk: 0.9, name: 0.95, birthDate: 0.8 }
/** One letter apart may be the reader's: only a name that is read very surely says so. */
const VERY_SURE_NAME = 0.97

/**
 * How a paper differs from what was typed, and whether it can be read at all; none where all agrees or nothing was
 * typed. Never decides: each is for a person to look at, with what was `read` and `typed` and on which `page`.
 */
export function readingFindings(look: OpenedLook, typed: TypedPupil): Finding[] {
  const pages = look.pages.map((page, i) => ({ page, number: i + 1 }))
  return pages.flatMap(({ page, number }) => {
    const { found, agrees } = comparison(page, number, typed)
    // whoever could read the pupil's number needs no sharper picture
    if (agrees) return found
    // what nobody can read says nothing against what was typed: a sharper picture is asked for instead
    return [...pageFindings(page, number), ...(page.legibility.legible ? found : [])]
  })
}

/** `agrees`: the pupil's own number stands there as it was typed. */
function comparison(page: PageLook, number: number, typed: TypedPupil): { found: Finding[]; agrees: boolean } {
  if (!page.kind || !OF_PUPIL.includes(page.kind.kind)) return { found: [], agrees: false }
  const family = page.values.find(({ field }) => field === 'kk')
  const kk =
    family && parseFamilyCardNumber(family.value).ok ? differs('KK_READ_DIFFERS', 'kk', family, typed.kk, number) : []
  const rows = personRows(page, number)
  const row = page.kind.kind === 'family_card' ? rowOf(rows, typed) : rows[0]
  if (!row) {
    const absent = page.kind.kind === 'family_card' ? absence(rows, typed, number) : []
    return { found: [...kk, ...absent], agrees: false }
  }
  return {
    found: [...kk, ...numberFinding(row, typed), ...nameFinding(row, typed), ...birthFinding(row, typed)],
    agrees: typed.nik !== undefined && row.nik?.value === typed.nik,
  }
}

function numberFinding(row: PersonRow, typed: TypedPupil): Finding[] {
  // what cannot be a NIK was misread, however surely
  if (!row.nik || !parseNik(row.nik.value).ok) return []
  return differs('NIK_READ_DIFFERS', 'nik', row.nik, typed.nik, row.page)
}

function birthFinding(row: PersonRow, typed: TypedPupil): Finding[] {
  return differs('BIRTH_READ_DIFFERS', 'birthDate', row.birthDate, typed.birthDate, row.page)
}

function nameFinding({ name, page }: PersonRow, typed: TypedPupil): Finding[] {
  if (!name || typed.name === undefined) return []
  const distance = nameDistance(name.value, typed.name)
  if (distance === 0 || (distance === 1 && name.confidence < VERY_SURE_NAME)) return []
  return differs('NAME_READ_DIFFERS', 'name', name, typed.name, page)
}

function differs(
  code: string,
  field: keyof typeof SURE,
  read: ReadValue | undefined,
  typed: string | undefined,
  page: number,
): Finding[] {
  if (!read || typed === undefined || read.value === typed || read.confidence < SURE[field]) return []
  return [{ code, severity: 'check', field, detail: { read: read.value, typed, page } }]
}

/** The pupil is in no row; said only where every row was read, since one that was not may be the pupil's. */
function absence(rows: readonly PersonRow[], typed: TypedPupil, number: number): Finding[] {
  if (typed.nik === undefined || typed.name === undefined || rows.length === 0) return []
  const whole = rows.every(({ nik, name }) => nik !== undefined && name !== undefined && name.confidence >= SURE.name)
  if (!whole) return []
  return [{ code: 'PUPIL_NOT_ON_KK', severity: 'check', field: 'nik', detail: { rows: rows.length, page: number } }]
}
