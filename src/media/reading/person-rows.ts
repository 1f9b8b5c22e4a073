import type { PageLook, ReadValue } from '../../models/file/look.ts'
import { compact, nameDistance } from './likeness.ts'

/** What a page says of one person. `page` counts from 1. */
export type PersonRow = { page: number; nik?: ReadValue; name?: ReadValue; birthDate?: ReadValue }

/** Names differ by at most this share of their letters where they may be the same one, misread or misspelt. */
const SAME_NAME = 0.25
/** Digits in which a number may differ and still be the same person's. */
const SAME_NUMBER = 2

export function personRows(look: PageLook, page: number): PersonRow[] {
  const rows = new Map<number, PersonRow>()
  for (const value of look.values) {
    if (value.row === undefined || value.field === 'kk' || value.field === 'akta') continue
    rows.set(value.row, { ...(rows.get(value.row) ?? { page }), [value.field]: value })
  }
  return [...rows.values()]
}

/** The row of the person who was typed: by NIK, else by name, else by a NIK that is nearly the same. */
export function rowOf(rows: readonly PersonRow[], typed: { nik?: string; name?: string }): PersonRow | undefined {
  const { nik, name } = typed
  const byNumber = nik === undefined ? undefined : rows.find((row) => row.nik?.value === nik)
  if (byNumber) return byNumber
  const named = name === undefined ? [] : byLikeness(rows, name)
  // of two with the same name, the one with the nearer number
  const [nearest] = nik === undefined ? named : named.toSorted((a, b) => apart(a, nik) - apart(b, nik))
  if (nearest) return nearest
  return nik === undefined ? undefined : rows.find((row) => apart(row, nik) <= SAME_NUMBER)
}

export function isSameName(read: string, typed: string): boolean {
  return nameDistance(read, typed) <= Math.floor(SAME_NAME * Math.max(compact(read).length, compact(typed).length))
}

/** Of all rows with a name that is like it, those with the most alike. */
function byLikeness(rows: readonly PersonRow[], name: string): PersonRow[] {
  const like = rows.filter((row) => row.name !== undefined && isSameName(row.name.value, name))
  const distances = like.map((row) => nameDistance(row.name?.value ?? '', name))
  const least = Math.min(...distances)
  return like.filter((_, i) => distances[i] === least)
}

function apart(row: PersonRow, nik: string): number {
  const read = row.nik?.value
  if (read?.length !== nik.length) return nik.length
  return Array.from(nik).filter((digit, i) => digit !== read[i]).length
}
