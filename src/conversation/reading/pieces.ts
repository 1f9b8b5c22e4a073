import { cut } from './cutting.ts'
import { findPieces } from './piece.ts'
import type { Piece, PieceField } from './piece.ts'

/** Several readings of one field, as typed or before: the engine asks, with numbers. */
export type PieceQuestion = { field: PieceField; why: 'two-values' | 'answered-before'; readings: readonly Piece[] }
export type Pasted =
  /** Nothing with the shape of an answer: read the message as the answer asked. */
  | { kind: 'none' }
  /** One piece: first read as the answer asked; kept where it is of another kind. */
  | { kind: 'lone'; piece: Piece }
  /** `pieces` go through their steps' checks, in this order; `questions` have several readings. */
  | { kind: 'several'; pieces: readonly Piece[]; questions: readonly PieceQuestion[] }
  /** Nothing may be taken. */
  | { kind: 'pupils'; count: number }

const LONGEST = 6000
const FIELDS = ['reason', 'citizenship', 'name', 'nik', 'kk', 'birthDate', 'class'] as const

/**
 * Reads several answers in one message by the five rules of the conversation design (§2). `known` holds canonical
 * values answered before: the same value again is dropped, another one becomes a question.
 */
export function readPieces(text: string, known: Partial<Record<PieceField, string>> = {}): Pasted {
  if (text.length > LONGEST) return { kind: 'none' }
  const found = findPieces(cut(text), known.name !== undefined)
  const count = countPupils(found)
  if (count > 1) return { kind: 'pupils', count }
  const anchored = found.some(({ field, labelled }) => labelled || field === 'nik' || field === 'birthDate')
  // beside a class or a reason alone, letters are a name only where none is known: they may be any remark
  const taken = found.filter((piece) => piece.field !== 'name' || anchored || known.name === undefined)
  const pieces: Piece[] = []
  const questions: PieceQuestion[] = []
  for (const field of FIELDS) {
    const readings = readingsOf(field, taken)
    const [first, second] = readings
    const before = known[field]
    if (!first) continue
    if (second) questions.push({ field, why: 'two-values', readings })
    else if (before === undefined) pieces.push(first)
    else if (!same(before, first.value)) {
      const old: Piece = { field, text: before, value: before, labelled: false }
      questions.push({ field, why: 'answered-before', readings: [old, first] })
    }
  }
  const [lone] = pieces
  if (pieces.length === 0 && questions.length === 0) return { kind: 'none' }
  if (!lone || pieces.length > 1 || questions.length > 0) {
    return onlyLetters(taken) ? { kind: 'none' } : { kind: 'several', pieces, questions }
  }
  return onlyLetters(taken) ? { kind: 'none' } : { kind: 'lone', piece: lone }
}

/** Unlabelled letters with nothing beside them are whatever was asked, or a remark; never a name or a reason. */
function onlyLetters(found: readonly Piece[]): boolean {
  return (
    found.length === 1 && found.every(({ field, labelled }) => !labelled && (field === 'name' || field === 'reason'))
  )
}

/** The different values of one field; a labelled one stands above those without a label. */
function readingsOf(field: PieceField, found: readonly Piece[]): readonly Piece[] {
  const all = found.filter((piece) => piece.field === field)
  const labelled = all.filter((piece) => piece.labelled)
  const readings: Piece[] = []
  for (const piece of labelled.length > 0 ? labelled : all) {
    if (!readings.some((other) => same(other.value, piece.value))) readings.push(piece)
  }
  return readings
}

/** Several names with as many numbers or dates, or too many of one kind: more than one pupil. */
function countPupils(found: readonly Piece[]): number {
  const names = readingsOf('name', found).length
  const niks = readingsOf('nik', found).length
  const dates = readingsOf('birthDate', found).length
  const most = Math.max(names, niks, dates)
  const paired = names > 1 && (niks > 1 || dates > 1)
  const matched = niks > 1 && dates > 1
  return paired || matched || most > 2 ? most : 1
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
