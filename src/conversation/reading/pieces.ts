/** What a piece of a pasted message can be. `kk` is compared with the NIK and not kept. */
export type PieceField = 'reason' | 'name' | 'nik' | 'kk' | 'birthDate' | 'class'
/** `text` is as typed without its label, to be read by the field's own step; `value` is its canonical form
 * (digits, YYYY-MM-DD, reason code) where it has one. `labelled`: "nama: Oke" binds. */
export type Piece = { field: PieceField; text: string; value: string; labelled: boolean }
/** Two readings of one field: the engine asks, with numbers. */
export type PieceQuestion = {
  field: PieceField
  why: 'two-values' | 'answered-before'
  readings: readonly Piece[]
}
export type Pasted =
  /** Nothing with the shape of an answer: read the message as the answer asked. */
  | { kind: 'none' }
  /** One piece: first read as the answer asked; kept where it is of another kind. */
  | { kind: 'lone'; piece: Piece }
  | { kind: 'several'; pieces: readonly Piece[]; questions: readonly PieceQuestion[] }
  /** Nothing may be taken. */
  | { kind: 'pupils'; count: number }

/** `known`: canonical values answered before; a different new one becomes a question, the same one is dropped. */
export declare function readPieces(text: string, known?: Partial<Record<PieceField, string>>): Pasted
