import type { TurnFile } from '../../models/chat/turn.ts'
import { hint, take, wholeHint } from '../definition.ts'
import type { ConversationDefinition, Scene, Step } from '../definition.ts'
import { wordsOf } from '../reading/vocabulary.ts'
import { text } from '../steps.ts'
import { join } from '../texts/texts.ts'
import { back } from './aside.ts'
import { failedText } from './failed-files.ts'

const MOST_LETTERS = 4000
const NOT_ANY_MORE = /^(?:tidak|tdk|ga|gak|nggak|ngga|kada) jadi$/

const story: Step = {
  open: true,
  ask: (scene) => ({
    text: text(scene, 'complain'),
    choices: [{ value: 'KEMBALI', label: 'KEMBALI' }],
  }),
  read(said, scene) {
    if (NOT_ANY_MORE.test(wordsOf(said.text).join(' '))) {
      return { kind: 'go', to: back(scene, text(scene, 'complainBackShort')) }
    }
    const typed = said.text.trim().slice(0, MOST_LETTERS)
    return /\p{L}{2}/u.test(typed) ? take({ story: typed }) : wholeHint(text(scene, 'complainHint'))
  },
}

const filesOf = (scene: Scene): readonly TurnFile[] => (scene.answers['files'] as readonly TurnFile[] | undefined) ?? []

/** One message of complaint, with files if any; then back to where one was. */
export const complain: ConversationDefinition = {
  name: 'complain',
  version: 1,
  steps: { story },
  next: (scene) => (scene.answers['story'] ? 'done' : 'story'),
  receive(said, _step, scene) {
    const came = said.files.filter((file) => file.state !== 'failed')
    const failed = failedText(scene, said.files)
    const files = [...filesOf(scene), ...came]
    const typed = said.text.trim()
    // a caption is the complaint itself
    if (/\p{L}{2}/u.test(typed)) return take({ files, story: typed.slice(0, MOST_LETTERS) }, failed)
    if (came.length === 0) return hint(failed)
    // unmatched until the complaint lists them: whoever leaves here loses no file
    const effects = [{ kind: 'keep' as const, files: came.map((file) => file.id) }]
    return { kind: 'take', set: { files }, note: join(failed, text(scene, 'filesKept', { n: came.length })), effects }
  },
  finish(scene) {
    const told = typeof scene.answers['story'] === 'string' ? scene.answers['story'] : ''
    const files = filesOf(scene).map((file) => file.id)
    const to = back(scene, '')
    return {
      ...to,
      note: '',
      reply: (next) => ({
        kind: 'complain',
        text: told,
        files,
        reply: { ...next, text: join(text(scene, 'complained'), next.text || text(scene, 'onMenu')) },
      }),
    }
  },
}
