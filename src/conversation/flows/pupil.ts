import type { ApplicationReason, Citizenship, DocumentKind } from '../../models/application/application.ts'
import type { Answers } from '../../models/chat/session.ts'
import type { FileState, TurnFile } from '../../models/chat/turn.ts'
import type { Agreement } from '../consent.ts'

/** One received file of a draft. `n` counts from 1 in the order of arrival and is what people are told. */
export type Entry = {
  id: string
  n: number
  /** Unset while nobody knows what it is. */
  kind?: DocumentKind
  state: FileState
  name?: string
  caption?: string
  mediaType?: string
  failure?: TurnFile['failure']
  /** Taken for this kind because of what was asked or its place in the list: what is seen on it goes before. */
  guessed?: true
  /** Another picture was asked for when so many files were there; a later one of its kind takes its place. */
  retake?: number
  replaced?: true
  /** When the person was told that it failed (ISO): what comes right after is a straggler, what comes later replaces it. */
  told?: string
}

/** Files that are looked at before they are sorted, until `until` (ISO) at most. */
export type Checking = { until: string; files: readonly string[] }

export type PieceValue = { text: string; value: string }
export type ClarifiedField = 'reason' | 'name' | 'nik' | 'birthDate' | 'class'

/** The answers of the flow `submit`: plain JSON, dates of certificates as YYYY-MM-DD. */
export type PupilAnswers = {
  reason?: ApplicationReason
  /** Missing: WNI. */
  citizenship?: Citizenship
  origin?: 'domestic' | 'abroad'
  name?: string
  nik?: string
  birthDate?: string
  /** Typed, but not that of the NIK: waits for the question `mismatch`. */
  typedDate?: string
  /** Said where the office asks. */
  unmarried?: true
  class?: string
  /** What else this office asks, by the question's name. */
  extra?: Readonly<Record<string, string>>
  files?: readonly Entry[]
  /** Files came before they were asked for: the first prompt about documents tells what they were taken for. */
  early?: boolean
  /** An ID card came alone: is there another? */
  pairAsk?: boolean
  pairDone?: boolean
  /** Id of the file that may be a portrait or the second ID card. */
  unsure?: string
  /** The question `sort` was answered, by a line or by TIDAK TAHU. */
  sorted?: 'line' | 'office'
  checking?: Checking
  /** An album was looked at: what fits nowhere is an attachment. */
  checked?: boolean
  /** How often another picture was asked for, by kind. */
  retakes?: Readonly<Partial<Record<DocumentKind, number>>>
  /** What was read differs from what was typed: asked about, once for each field. */
  doubt?: Doubt
  doubted?: readonly Doubt['field'][]
  /** What was read where nothing was typed. */
  offered?: { name?: string; nik?: string }
  noPortrait?: boolean
  /** A step that is asked again (UBAH, KEMBALI); its answer stays until a new one comes. */
  again?: string
  clarify?: { field: ClarifiedField; readings: readonly PieceValue[] }
  /** KIRIM: the words and the turn, as evidence of consent. */
  confirm?: Agreement
  closed?: { why: 'open'; ticket: string; stage: string } | { why: 'age'; age: number } | { why: 'married' }
  /** The pupil before this one, while the next is not begun. */
  sent?: boolean
  /** Files that came after KIRIM, until it is said whose they are. */
  loose?: readonly TurnFile[]
}

/** `said` is the sentence about both values, as the person reads it. */
export type Doubt = { field: 'name' | 'nik' | 'birthDate'; said: string }

/** Answers are written by this flow alone, under its version: this names their shape once. */
export function pupilOf(answers: Answers): PupilAnswers {
  return answers as PupilAnswers
}

/** What stays for the next pupil of the same round. */
export type Round = { reason?: ApplicationReason; origin?: 'domestic' | 'abroad'; class?: string }
export type PupilMemory = {
  draft?: string
  round?: Round
  /** The application that KIRIM was just said for. */
  last?: { id: string; name: string }
  /** Of which file another picture was asked for after KIRIM: the next single one for this application is that. */
  retake?: { application: string; kind: DocumentKind; page: number }
}
export function pupilMemory(memory: Answers): PupilMemory {
  return memory as PupilMemory
}
