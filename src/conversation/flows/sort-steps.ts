import { hint, take, wholeHint } from '../definition.ts'
import type { Reading, Scene, Step } from '../definition.ts'
import { readFileLine } from '../reading/file-line.ts'
import { readClass } from '../reading/words.ts'
import { askChoice, text } from '../steps.ts'
import { join, kindName } from '../texts/texts.ts'
import { DOCUMENT_WORDS, filesOf, needs, placesText } from './document-steps.ts'
import { applyLine } from './placement.ts'
import type { Entry } from './pupil.ts'
import { pupilOf } from './pupil.ts'

/** "sudah satu foto", "ibu saja", "ayahnya sudah meninggal" */
const ONE_GUARDIAN =
  /(?<!\p{L})(?:satu|1|wali(?:nya)?|janda|duda|(?:ber)?cerai|yatim|piatu|meninggal|alm(?:arhum(?:ah)?)?|(?:ibu|ayah|bapak|mama)(?:nya)?\s+(?:saja|aja|doang))(?!\p{L})/iu

const secondGuardian: Step = {
  label: 'labelFiles',
  ask: (scene) => ({
    text: text(scene, 'secondGuardian'),
    choices: [{ value: 'CUKUP', label: 'CUKUP' }],
  }),
  read(said, scene) {
    const word = readClass(said.text.replaceAll(DOCUMENT_WORDS, ' '))?.class
    if (word === 'ON' || word === 'NONE' || word === 'YES') return take({ pairDone: true })
    if (ONE_GUARDIAN.test(said.text)) return take({ pairDone: true })
    return wholeHint(text(scene, 'secondGuardian'))
  },
}

/** One file may be the portrait or the other parent's card: asked, never guessed. */
const fourthFile: Step = {
  ...askChoice({
    label: 'labelFiles',
    ask: (scene) => text(scene, 'fourthFile', { n: unsure(scene)?.n ?? 0 }),
    options: (scene) => [
      { value: 'portrait', label: text(scene, 'fourthPortrait'), words: ['foto', 'pas foto'] },
      { value: 'eid_card', label: text(scene, 'fourthCard'), words: ['ktp', 'ktp-el'] },
    ],
    taken(value, scene) {
      const kind = value === 'portrait' ? 'portrait' : 'eid_card'
      const at = unsure(scene)
      return take({
        unsure: undefined,
        files: filesOf(scene).map((entry) => (entry.id === at?.id ? { ...entry, kind } : entry)),
      })
    },
    hint: (scene) => text(scene, 'fourthHint', { n: unsure(scene)?.n ?? 0 }),
  }),
}
const askFourth = fourthFile.ask
fourthFile.ask = (scene, news) => {
  const prompt = askFourth(scene)
  const placed = news?.received.filter((id) => id !== unsure(scene)?.id) ?? []
  const entries = filesOf(scene).filter((entry) => placed.includes(entry.id) && entry.kind)
  if (entries.length === 0) return prompt
  const list = placesText(scene, entries)
  const opening = text(scene, 'manyReceivedPlain', { n: news?.received.length ?? 0, list })
  return { ...prompt, text: join(opening, prompt.text) }
}

function unsure(scene: Scene): Entry | undefined {
  const { unsure: id } = pupilOf(scene.answers)
  return filesOf(scene).find((entry) => entry.id === id)
}

const sort: Step = {
  label: 'labelFiles',
  ask(scene) {
    const n = filesOf(scene).length
    const kinds = sortKinds(scene)
    const last = kinds.at(-1) ?? ''
    const list =
      kinds.length < 2
        ? last
        : `${kinds.slice(0, -1).join(', ')}${kinds.length > 2 ? ',' : ''} ${text(scene, 'and')} ${last}`
    return {
      text: text(scene, 'sort', { n, kinds: list, example: example(scene) }),
      choices: [{ value: 'TIDAK TAHU', label: 'TIDAK TAHU' }],
    }
  },
  read(said, scene) {
    const files = filesOf(scene)
    const line = readFileLine(said.text, files.length)
    if (!line) return wholeHint(text(scene, 'sortHint', { example: example(scene) }))
    if (line.kind === 'wrong') return wrongLine(scene, line)
    if (line.kind === 'unknown') {
      const left = files.map((entry): Entry => (entry.kind ? entry : { ...entry, kind: 'other' }))
      return take({ files: left, sorted: 'office' }, text(scene, 'officeSorts'))
    }
    const placed = applyLine(files, line)
    const others = placed.filter((entry) => !entry.kind).length
    const named = placed.map((entry): Entry => (entry.kind ? entry : { ...entry, kind: 'other' }))
    return take({ files: named, sorted: 'line' }, others > 0 ? text(scene, 'attachments', { n: others }) : undefined)
  },
}

/** How the kinds of this pupil's papers are called in a file line. */
function sortKinds(scene: Scene): string[] {
  const all = needs(scene)
  const kinds = [...new Set(all.pieces.map((piece) => piece.kind))]
  const names = kinds.map((kind) =>
    kind === 'eid_card' ? text(scene, 'kindSort_eid_card') : kindName(scene.facts.office, kind),
  )
  return all.portrait === 'none' ? names : [...names, text(scene, 'kindSort_portrait')]
}

function example(scene: Scene): string {
  const kinds = sortKinds(scene)
  const shown = kinds.length > 2 ? [kinds[0], kinds[1], kinds.at(-1)] : kinds
  const numbers = ['1-2', '3', '6']
  return shown.map((kind, i) => `${kind} ${numbers[i]}`).join(', ')
}

export function wrongLine(scene: Scene, line: { twice: readonly number[]; beyond: readonly number[] }): Reading {
  const [n] = line.twice
  if (n !== undefined) return hint(text(scene, 'lineTwice', { n }))
  return hint(text(scene, 'lineBeyond', { n: line.beyond[0] ?? 0, total: filesOf(scene).length }))
}

export const sortSteps = { secondGuardian, fourthFile, sort }
