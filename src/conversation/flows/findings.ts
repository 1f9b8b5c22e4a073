import type { Finding } from '../../models/application/findings.ts'
import { parseName } from '../../models/identity/name.ts'
import { nikAgreesWith } from '../../models/identity/identity.ts'
import type { Facts } from '../facts.ts'
import type { PupilAnswers } from './pupil.ts'
import { lacksPortrait, needsOf } from './requirements.ts'

/**
 * Soft findings of an application at KIRIM: for the office, never a wall for a teacher (domain §3).
 * `NIK_DATE_DIFFERS` a birth date that is not the NIK's, kept by the teacher; `NIK_AREA_OTHER` first registered in
 * another district; `NIK_ELSEWHERE` open at another school; `NAME_*`; `FILES_UNSORTED`; `EID_SINGLE` one ID card;
 * `PORTRAIT_SKIPPED` shortly before the age at which one is asked.
 */
export function findingsOf(answers: PupilAnswers, facts: Facts, now: Date): Finding[] {
  const { name = '', nik = '', birthDate = '', files = [] } = answers
  const findings: Finding[] = []
  if (nik && birthDate && !nikAgreesWith(nik, birthDate)) {
    findings.push({ code: 'NIK_DATE_DIFFERS', severity: 'check', field: 'birthDate' })
  }
  const area = facts.office.identity.areaCode
  if (nik && !nik.startsWith(area)) {
    findings.push({ code: 'NIK_AREA_OTHER', severity: 'note', field: 'nik', detail: { area: nik.slice(0, 4) } })
  }
  if (facts.niksElsewhere.includes(nik)) findings.push({ code: 'NIK_ELSEWHERE', severity: 'heavy', field: 'nik' })
  const read = parseName(`nama: ${name}`)
  if (read.ok) for (const code of read.findings) findings.push({ code, severity: 'note', field: 'name' })
  if (answers.sorted === 'office') findings.push({ code: 'FILES_UNSORTED', severity: 'check' })
  const needs = needsOf(answers, facts, now)
  const cards = files.filter((entry) => entry.kind === 'eid_card').length
  if (cards === 1 && needs.pieces.some((piece) => piece.pair)) findings.push({ code: 'EID_SINGLE', severity: 'note' })
  if (needs.portrait === 'optional' && lacksPortrait(files, needs)) {
    findings.push({ code: 'PORTRAIT_SKIPPED', severity: 'note' })
  }
  return findings
}
