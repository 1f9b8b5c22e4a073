import type { Finding } from '../models/application/findings.ts'
import { formatDate } from '../models/identity/date.ts'
import type { FileVerdict } from '../models/file/verdict.ts'
import type { Scene } from './definition.ts'
import type { Doubt, Entry, PupilAnswers } from './flows/pupil.ts'
import { text } from './steps.ts'
import { kindName } from './texts/texts.ts'

/** Findings that the person is asked about, by the answer that they are about. */
const ASKED = { NIK_READ_DIFFERS: 'nik', NAME_READ_DIFFERS: 'name', BIRTH_READ_DIFFERS: 'birthDate' } as const
const TAIL = 4

/** The first value that reads otherwise than it was typed and was not asked about yet. */
export function doubtOf(
  entries: readonly Entry[],
  a: PupilAnswers,
  scene: Scene,
  verdicts: readonly FileVerdict[] = scene.facts.verdicts,
): Doubt | undefined {
  if (a.doubt) return undefined
  for (const entry of entries) {
    for (const finding of verdicts.find((one) => one.id === entry.id)?.paper ?? []) {
      if (!isAsked(finding.code)) continue
      const field = ASKED[finding.code]
      const typed = a[field]
      const read = finding.detail?.['read']
      if (typeof read !== 'string' || typed === undefined || a.doubted?.includes(field)) continue
      return { field, said: wording(field, read, typed, kindName(scene.facts.office, entry.kind ?? 'other'), scene) }
    }
  }
  return undefined
}

function isAsked(code: Finding['code']): code is keyof typeof ASKED {
  return Object.hasOwn(ASKED, code)
}

/** A NIK is named by its tail; where the tails agree, by the first digit that does not. */
function wording(field: Doubt['field'], read: string, typed: string, kind: string, scene: Scene): string {
  if (field === 'name') return text(scene, 'doubtName', { kind, read, typed })
  if (field === 'birthDate') {
    return text(scene, 'doubtBirthDate', { kind, read: formatDate(read), typed: formatDate(typed) })
  }
  if (read.slice(-TAIL) !== typed.slice(-TAIL)) {
    return text(scene, 'doubtNik', { kind, read: read.slice(-TAIL), typed: typed.slice(-TAIL) })
  }
  const place = Array.from(typed).findIndex((digit, i) => digit !== read[i]) + 1
  return text(scene, 'doubtNikPlace', { kind, place })
}
