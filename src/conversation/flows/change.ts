import { take } from '../definition.ts'
import type { Reading, Scene } from '../definition.ts'
import { text } from '../steps.ts'
import { notedText } from './noted.ts'
import { FIELDS } from './pupil-steps.ts'
import { pupilOf } from './pupil.ts'
import type { ClarifiedField } from './pupil.ts'

/**
 * "ubah kelas jadi 5B" is the change itself. Without a value, or with one that its own question would refuse, the line is
 * asked again.
 */
export function takeChange({ line, value }: { line: string; value?: string }, scene: Scene): Reading {
  const step = Object.hasOwn(FIELDS, line) ? FIELDS[line as ClarifiedField] : undefined
  if (!step || value === undefined) return take({ again: line })
  const reading = step.read({ text: value, files: [], turn: '' }, scene)
  if (reading.kind !== 'take') return take({ again: line }, reading.kind === 'hint' ? reading.text : undefined)
  const set = { ...reading.set, again: undefined }
  const answers = pupilOf({ ...scene.answers, ...set })
  const noted = reading.set[line] ?? reading.set['typedDate']
  const list = notedText(scene, line as ClarifiedField, answers, String(noted))
  return take(set, text(scene, 'noted', { list }))
}
