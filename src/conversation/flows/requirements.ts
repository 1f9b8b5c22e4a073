import type { Office, RequirementPiece } from '../../config/office-schema.ts'
import { portraitBackground } from '../../config/portrait-background.ts'
import { ageAt, dateIn, daysBetween } from '../../models/identity/date.ts'
import type { Facts } from '../facts.ts'
import { say } from '../texts/texts.ts'
import type { Entry, PupilAnswers } from './pupil.ts'

export type Portrait = 'due' | 'optional' | 'none'
/** What this pupil's application asks for, by reason, citizenship, age on the day, and origin. */
export type Needs = { pieces: readonly RequirementPiece[]; portrait: Portrait; color: string }

export function needsOf(answers: PupilAnswers, facts: Facts, now: Date): Needs {
  const office = facts.office
  const requirement = office.requirements[answers.reason ?? 'NEW']
  const { origin = 'domestic', citizenship = 'wni' } = answers
  const pieces = [...requirement.pieces, ...(citizenship === 'wna' ? office.foreignPieces : [])]
  return {
    pieces: pieces.filter(
      (piece) => (piece.origin ?? origin) === origin && (piece.citizenship ?? citizenship) === citizenship,
    ),
    portrait: requirement.portrait ? portraitOf(answers.birthDate, office, now) : 'none',
    color: say(office, portraitBackground(answers, office)),
  }
}

/** Pieces that no file stands for yet, in the order of the office file. Two pieces of one kind need two files. */
export function lackingPieces(entries: readonly Entry[], needs: Needs): RequirementPiece[] {
  const left = entries.filter(present).map((entry) => entry.kind)
  return needs.pieces.filter((piece) => {
    const at = left.indexOf(piece.kind)
    if (at < 0) return true
    left.splice(at, 1)
    return false
  })
}

export function lacksPortrait(entries: readonly Entry[], needs: Needs): boolean {
  return needs.portrait !== 'none' && !entries.some((entry) => present(entry) && entry.kind === 'portrait')
}

/** Files that failed or were replaced do not count; those that are still downloading do. */
export function present(entry: Entry): boolean {
  return entry.state !== 'failed' && !entry.replaced
}

/** Files of which another picture was asked for and has not come. */
export function openRetakes(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter((entry) => entry.retake !== undefined && present(entry))
}

/** Whether the office wants to know if this pupil is married, and does not yet. */
export function asksMarried({ birthDate, unmarried }: PupilAnswers, office: Office, now: Date): boolean {
  const { askMarriedFrom } = office.ages
  if (askMarriedFrom === undefined || unmarried || !birthDate) return false
  return ageOf(birthDate, office, now) >= askMarriedFrom
}

export function ageOf(birthDate: string, office: Office, now: Date): number {
  return ageAt(birthDate, today(office, now))
}

export function today(office: Office, now: Date): string {
  return dateIn(office.hours.timeZone, now)
}

function portraitOf(birthDate: string | undefined, office: Office, now: Date): Portrait {
  const { portraitFrom, portraitOptionalDays } = office.ages
  if (!birthDate || ageOf(birthDate, office, now) >= portraitFrom) return 'due'
  const birthday = `${Number(birthDate.slice(0, 4)) + portraitFrom}${birthDate.slice(4)}`.replace(/02-29$/, '03-01')
  return daysBetween(today(office, now), birthday) <= portraitOptionalDays ? 'optional' : 'none'
}
