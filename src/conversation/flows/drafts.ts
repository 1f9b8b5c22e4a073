import { dateIn, formatDate } from '../../models/identity/date.ts'
import { take, wholeHint } from '../definition.ts'
import type { ConversationDefinition, Prompt, Reading, Scene, Step } from '../definition.ts'
import type { DraftFact } from '../facts.ts'
import { readClass, saysWord } from '../reading/words.ts'
import { normalise } from '../reading/vocabulary.ts'
import { readNumber } from '../reading/choices.ts'
import { text } from '../steps.ts'
import type { TextName } from '../texts/id.ts'
import { back, draftName, resume } from './aside.ts'
import { cutName } from './card.ts'

const MOST_ROWS = 9
const STEP_NAMES: Readonly<Record<string, TextName>> = {
  reason: 'stepReason',
  origin: 'stepReason',
  name: 'stepName',
  nik: 'stepNik',
  birthDate: 'stepBirthDate',
  mismatch: 'stepBirthDate',
  married: 'stepMarried',
  class: 'stepClass',
  summary: 'stepSummary',
}

export function purgeDate(scene: Scene, draft: DraftFact): string {
  return formatDate(dateIn(scene.facts.office.hours.timeZone, new Date(draft.purgeOn)))
}

export function stepName(scene: Scene, step: string): string {
  return text(scene, STEP_NAMES[step] ?? 'stepFiles')
}

function chosen(scene: Scene): DraftFact | undefined {
  const { drafts } = scene.facts
  return drafts.find((draft) => draft.id === scene.answers['draft']) ?? (drafts.length === 1 ? drafts[0] : undefined)
}

/** One draft: LANJUT or HAPUS. Several: which? */
const list: Step = {
  late: true,
  ask(scene): Prompt {
    const { drafts } = scene.facts
    const one = chosen(scene)
    if (one) {
      return {
        text: text(scene, 'draft', {
          name: draftName(scene, one),
          step: stepName(scene, one.step),
          date: purgeDate(scene, one),
        }),
        choices: ['LANJUT', 'HAPUS'].map((word) => ({ value: word, label: word })),
      }
    }
    if (drafts.length === 0) return { text: text(scene, 'draftsNone') }
    const rows = drafts.slice(0, MOST_ROWS).map((draft, i) =>
      text(scene, 'draftRow', {
        n: i + 1,
        name: cutName(draftName(scene, draft)),
        step: stepName(scene, draft.step),
        date: purgeDate(scene, draft),
      }),
    )
    return {
      text: text(scene, 'drafts', { n: drafts.length, rows: rows.join('\n') }),
      choices: drafts
        .slice(0, MOST_ROWS)
        .map((draft) => ({ value: draft.id, label: cutName(draftName(scene, draft)) })),
    }
  },
  read(said, scene) {
    const { drafts } = scene.facts
    const one = chosen(scene)
    if (!one) return pickDraft(said.text, scene)
    if (saysWord(said.text, 'hapus')) return take({ draft: one.id, erase: true })
    const word = readClass(said.text, { yesNo: true })?.class
    if (saysWord(said.text, 'lanjut') || word === 'YES' || word === 'ON') return { kind: 'go', to: resume(scene, one) }
    const other = drafts.length > 1 ? named(said.text, scene) : undefined
    return other ? take({ draft: other.id }) : wholeHint(text(scene, 'draftHint'))
  },
}

function pickDraft(said: string, scene: Scene): Reading {
  const { drafts } = scene.facts
  if (drafts.length === 0) return wholeHint(text(scene, 'draftsNone'))
  const at = readNumber(said, Math.min(drafts.length, MOST_ROWS))
  const draft = drafts.find((one) => one.id === said) ?? (at ? drafts[at - 1] : undefined) ?? named(said, scene)
  return draft
    ? take({ draft: draft.id })
    : wholeHint(text(scene, 'draftsHint', { n: Math.min(drafts.length, MOST_ROWS) }))
}

/** The only draft whose name holds what was said. */
function named(said: string, scene: Scene): DraftFact | undefined {
  const wanted = normalise(said)
  if (wanted.length < 3) return undefined
  const hits = scene.facts.drafts.filter((draft) => normalise(draftName(scene, draft)).includes(wanted))
  return hits.length === 1 ? hits[0] : undefined
}

const erase: Step = {
  late: true,
  yesNo: true,
  ask(scene) {
    const one = chosen(scene)
    return {
      text: text(scene, 'erase', { name: one ? draftName(scene, one) : '' }),
      choices: ['YA HAPUS', 'TIDAK'].map((word) => ({ value: word, label: word })),
    }
  },
  read(said, scene) {
    const one = chosen(scene)
    if (one && saysWord(said.text, 'ya hapus')) {
      const parked = scene.memory['draft'] === one.id
      return {
        kind: 'go',
        to: {
          flow: 'menu',
          answers: { quiet: true },
          memory: parked ? { draft: undefined, parked: undefined } : {},
          effects: [{ kind: 'discard', draft: one.id, erase: true }],
          note: text(scene, 'erased', { name: draftName(scene, one) }),
        },
      }
    }
    if (readClass(said.text, { yesNo: true })?.class === 'NO')
      return take({ erase: undefined }, text(scene, 'notErased'))
    return wholeHint(text(scene, 'eraseHint'))
  },
}

export const drafts: ConversationDefinition = {
  name: 'drafts',
  version: 1,
  steps: { list, erase },
  next: (scene) => (scene.answers['erase'] && chosen(scene) ? 'erase' : 'list'),
  finish: (scene) => back(scene, ''),
}
