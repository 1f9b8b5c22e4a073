import { take } from '../definition.ts'
import type { Scene, Step } from '../definition.ts'
import { readClass } from '../reading/words.ts'
import { askChoice, numbered, text } from '../steps.ts'
import type { Option } from '../steps.ts'
import { join } from '../texts/texts.ts'
import { pupilOf } from './pupil.ts'
import { pupilSteps } from './pupil-steps.ts'

function options(scene: Scene): Option[] {
  return [
    { value: 'retype', label: text(scene, 'doubtRetype'), words: ['salah', 'ubah', 'ganti', 'ketik ulang'] },
    { value: 'keep', label: text(scene, 'doubtKeep'), words: ['sesuai', 'benar', 'sudah', 'lanjut', 'kirim', 'ya'] },
  ]
}

/** What was read on a page is not what was typed: asked about once, and what the person says stands. */
const doubt = askChoice({
  label: 'labelFiles',
  ask: (scene) =>
    join(
      pupilOf(scene.answers).doubt?.said,
      `${text(scene, 'doubt')}\n${numbered(options(scene).map((one) => one.label))}`,
    ),
  options,
  taken(value, scene) {
    const field = pupilOf(scene.answers).doubt?.field
    if (value === 'retype') return take({ doubt: undefined, again: field })
    return take({ doubt: undefined }, text(scene, 'mismatchKept'))
  },
})

type Offered = 'name' | 'nik'
const TAIL = 4

/** The step, with what was read on the files offered as its answer: YA takes it, by the step's own check. */
function withOffer(step: Step, field: Offered): Step {
  return {
    ...step,
    ask(scene, news) {
      const value = offer(scene, field)
      if (value === undefined) return step.ask(scene, news)
      const { name = '' } = pupilOf(scene.answers)
      const said =
        field === 'name'
          ? text(scene, 'nameOffered', { value })
          : text(scene, 'nikOffered', { name, tail: value.slice(-TAIL) })
      return { text: said, choices: [{ value: 'YA', label: 'YA' }] }
    },
    read(said, scene) {
      const value = offer(scene, field)
      const word = value === undefined ? undefined : readClass(said.text, { yesNo: true })?.class
      return step.read(word === 'YES' || word === 'ON' ? { ...said, text: value ?? '' } : said, scene)
    },
  }
}

function offer(scene: Scene, field: Offered): string | undefined {
  const { offered, again, [field]: known } = pupilOf(scene.answers)
  return known === undefined && again !== field ? offered?.[field] : undefined
}

export const doubtSteps = { doubt, name: withOffer(pupilSteps.name, 'name'), nik: withOffer(pupilSteps.nik, 'nik') }
