import { nikAgreesWith, parseNik } from '../../models/identity/identity.ts'
import type { DocumentKind } from '../../models/application/application.ts'
import type { Look } from '../../models/file/look.ts'
import { personRows } from './person-rows.ts'

/** Papers of one person, who is the pupil. On a KK nothing says which row is. */
const OF_ONE: readonly DocumentKind[] = ['birth_certificate', 'child_card']
const SURE = { nik: 0.97, name: 0.95 } as const

/**
 * What plainly stands on a paper of the pupil, to be offered as an answer where nothing was typed; a person confirms
 * it. A NIK is offered only where the birth date beside it says the same: two lines would have to be misread alike.
 */
export function offered(look: Extract<Look, { opened: true }>): { name?: string; nik?: string } {
  for (const [i, page] of look.pages.entries()) {
    if (!page.kind || !OF_ONE.includes(page.kind.kind)) continue
    const rows = personRows(page, i + 1)
    const [row] = rows
    if (!row || rows.length > 1) continue
    const { nik, name, birthDate } = row
    const sure =
      nik !== undefined &&
      nik.confidence >= SURE.nik &&
      parseNik(nik.value).ok &&
      birthDate !== undefined &&
      nikAgreesWith(nik.value, birthDate.value)
    return {
      ...(name && name.confidence >= SURE.name ? { name: name.value } : {}),
      ...(sure ? { nik: nik.value } : {}),
    }
  }
  return {}
}
