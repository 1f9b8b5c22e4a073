import type { Pupil, PupilFile } from './pupil.ts'

/** What one coordinator has sent about one pupil, and what was acknowledged to them. */
export type PupilLedger = {
  pupil: Pupil
  npsn: string
  /** All that was sent for this pupil, corrections included. */
  sent: PupilFile[]
  /** Every ticket that an answer named for this pupil: one, in the end. */
  tickets: Set<string>
  /** Corrections that were acknowledged. */
  corrected: number
  /** Files that they were told are kept apart, as more than a pupil may have: the machine was so slow that it was sent again. */
  apart: number
}
export type CoordinatorLedger = {
  chat: number | string
  npsn: string
  name: string
  pupils: PupilLedger[]
  /** Messages seen. */
  heard: string[]
  /** Calls for help. */
  pleas: number
  /** Questions that were answered once more, since nothing had come for long. */
  askedAgain: number
  /** Pupils that were called duplicates, though they were sent once. */
  refused: string[]
  /** Answers that the script has no reaction to. */
  strange: string[]
}
