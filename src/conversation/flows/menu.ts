import { wholeHint } from '../definition.ts'
import type { ConversationDefinition, Outcome, Reading, Scene, Step } from '../definition.ts'
import { hoursText } from '../hours.ts'
import { readClass, saysWord } from '../reading/words.ts'
import { buttons, pick, text } from '../steps.ts'
import type { Option } from '../steps.ts'
import { join } from '../texts/texts.ts'
import { SILENT, back, looseIn, resume } from './aside.ts'
import { atDraftLimit, overLimit } from './card.ts'
import { welcome } from './register.ts'
import { statusList } from './status.ts'

/** As schools say it before they have read the choices. */
const SUBMIT_WORDS = ['ajukan', 'mengajukan', 'pengajuan', 'daftar', 'mendaftar', 'daftarkan', 'buat', 'bikin', 'urus']

function options(scene: Scene): Option[] {
  return [
    { value: 'AJUKAN', label: text(scene, 'menuSubmit'), words: SUBMIT_WORDS },
    { value: 'DRAF', label: text(scene, 'menuDrafts'), words: ['draf', 'draft'] },
    { value: 'STATUS', label: text(scene, 'menuStatus') },
    { value: 'PENGADUAN', label: text(scene, 'menuComplain') },
    { value: 'BANTUAN', label: text(scene, 'menuHelp') },
  ]
}

/** A new round: the reason is asked again; files that waited join the pupil. */
export function startPupil(scene: Scene, note?: string): Outcome {
  if (atDraftLimit(scene)) {
    const over = overLimit(scene)
    if (over.kind === 'go') return over.to
  }
  const files = looseIn(scene.memory).map((file, i) => ({ ...file, n: i + 1 }))
  return {
    flow: 'submit',
    answers: files.length > 0 ? { files, early: true } : {},
    memory: {
      draft: undefined,
      parked: undefined,
      loose: undefined,
      round: undefined,
      last: undefined,
      lastDraft: undefined,
    },
    ...(note && { note }),
  }
}

export function helpText(scene: Scene): string {
  return text(scene, 'help', { hours: hoursText(scene.facts.office, scene.now) })
}

/** STATUS as the bot's answer, with the page that LAGI goes on from. */
export function showStatus(scene: Scene, page: number): Outcome {
  const shown = statusList(scene, page)
  return { flow: 'menu', answers: { quiet: true }, memory: { page: shown.page }, note: shown.text }
}

/** The draft that was parked last, the only one, or the list of them. */
export function resumeLatest(scene: Scene): Outcome {
  const { drafts } = scene.facts
  const last = drafts.find((draft) => draft.id === scene.memory['lastDraft'])
  const one = last ?? (drafts.length === 1 ? drafts[0] : undefined)
  return one ? resume(scene, one) : { flow: 'drafts', answers: {} }
}

const menuStep: Step = {
  late: true,
  ask(scene) {
    if (scene.answers['shown']) return { ...SILENT, choices: buttons(options(scene)) }
    if (scene.answers['quiet']) return SILENT
    return { text: join(welcome(scene), text(scene, 'menu')), choices: buttons(options(scene)) }
  },
  read(said, scene): Reading {
    const value = scene.answers['quiet'] && !scene.answers['shown'] ? undefined : pick(said.text, options(scene))
    if (value === 'AJUKAN') return { kind: 'go', to: startPupil(scene) }
    if (value === 'DRAF') return { kind: 'go', to: resumeOrList(scene) }
    if (value === 'STATUS') return { kind: 'go', to: showStatus(scene, 1) }
    if (value === 'PENGADUAN') return { kind: 'go', to: { flow: 'complain', answers: {} } }
    if (value === 'BANTUAN') return { kind: 'go', to: back(scene, helpText(scene)) }
    const word = readClass(said.text)?.class
    const last = scene.facts.drafts.find((draft) => draft.id === scene.memory['lastDraft'])
    if (word === 'ON' && scene.facts.drafts.length > 0) return { kind: 'go', to: resumeLatest(scene) }
    // an "oke" to what was said last is an answer to nothing
    if (word === 'YES' && scene.answers['quiet']) return { kind: 'tell', text: text(scene, 'onMenu'), whole: true }
    if (last && saysWord(said.text, 'hapus')) {
      return { kind: 'go', to: { flow: 'drafts', answers: { draft: last.id, erase: true } } }
    }
    return scene.answers['quiet']
      ? { kind: 'hint', text: text(scene, 'menu'), whole: true, set: { shown: true } }
      : wholeHint(text(scene, 'menuHint'))
  },
}

function resumeOrList(scene: Scene): Outcome {
  if (scene.facts.drafts.length === 0)
    return { flow: 'menu', answers: { quiet: true }, note: text(scene, 'draftsNone') }
  return { flow: 'drafts', answers: {} }
}

/** Where nothing is under way. `quiet`: the words before have said how to go on, the choices are not shown. */
export const menu: ConversationDefinition = {
  name: 'menu',
  version: 1,
  steps: { menu: menuStep },
  next: () => 'menu',
  finish: (scene) => back(scene, ''),
}
