import { LOOK_PATIENCE_MS } from '../../models/file/verdict.ts'
import type { Scene } from '../definition.ts'
import { kindTold } from './placement.ts'
import type { Checking, Entry, PupilAnswers } from './pupil.ts'
import { lackingPieces, openRetakes } from './requirements.ts'
import type { Needs } from './requirements.ts'

/**
 * What an album's sorting waits for: files that nothing tells apart yet are looked at first, for a minute at most.
 * Undefined where there is nothing to wait for: a single file is what was asked for, and so is one in place of another.
 */
export function checkingOf(
  before: PupilAnswers,
  files: readonly Entry[],
  taken: readonly string[],
  all: Needs,
  scene: Scene,
): Checking | undefined {
  if (!scene.facts.looking) return before.checking
  const untold = files.filter((entry) => taken.includes(entry.id) && entry.state !== 'failed' && !kindTold(entry))
  const again = openRetakes(files).length
  const doubtful = again > 1 || (again === 1 && lackingPieces(files, all).length > 0)
  const wait = untold.length > 1 || (untold.length === 1 && (doubtful || before.checking !== undefined))
  if (!wait) return before.checking
  return {
    until: new Date(scene.now.getTime() + LOOK_PATIENCE_MS).toISOString(),
    files: [...(before.checking?.files ?? []), ...untold.map((entry) => entry.id)],
  }
}

/** Ends the wait where all is looked at or its time is over. */
export function endChecking(a: PupilAnswers, scene: Scene): PupilAnswers {
  if (!a.checking) return a
  const known = new Set(scene.facts.verdicts.map((verdict) => verdict.id))
  const left = a.checking.files.filter(
    (id) => !known.has(id) && a.files?.some((entry) => entry.id === id && entry.state !== 'failed'),
  )
  if (left.length > 0 && scene.now < new Date(a.checking.until)) return a
  const { checking: _, ...rest } = a
  return { ...rest, checked: true }
}
