import type { DocumentKind } from '../../models/application/application.ts'
import { take, wholeHint } from '../definition.ts'
import type { News, Said, Scene, Step } from '../definition.ts'
import { readClass, saysWord } from '../reading/words.ts'
import { text } from '../steps.ts'
import { capital, failureText, join, kindName } from '../texts/texts.ts'
import { groupedText } from './failed-files.ts'
import { countKinds, openFiles } from './placement.ts'
import type { Entry } from './pupil.ts'
import { pupilOf } from './pupil.ts'
import { ageOf, lackingPieces, lacksPortrait, needsOf } from './requirements.ts'
import type { Needs } from './requirements.ts'

export const DOCUMENT_WORDS =
  /(?<!\p{L})(?:akta|akte|kk|kartu keluarga|ktp(?:-?el)?|surat|pas ?foto|foto|paspor|itap|kia|berkas|dokumen)(?:nya)?(?!\p{L})/giu
const JUST_LATER = /(?<!\p{L})(?:nanti|ntar|nti|kaina|besok|bsk)(?!\p{L})/iu
const LATER_ON = /(?<!\p{L})(?:me)?nyusul(?!\p{L})/iu

export const filesOf = (scene: Scene): readonly Entry[] => pupilOf(scene.answers).files ?? []
export const needs = (scene: Scene): Needs => needsOf(pupilOf(scene.answers), scene.facts, scene.now)

const documents: Step = {
  late: true,
  label: 'labelFiles',
  short: 'shortFiles',
  ask(scene, news) {
    const files = filesOf(scene)
    const { again, early, checking } = pupilOf(scene.answers)
    const open = openFiles(files)
    if (open.length > 0) return { text: askOpen(scene, files, open, news) }
    if (checking) return { text: askChecking(scene, news) }
    if (again === 'documents') return { text: text(scene, 'changeFiles', { value: kindsText(scene) }) }
    const all = needs(scene)
    if (!news && !early && !files.some((entry) => entry.kind && entry.kind !== 'other')) {
      return { text: wholeList(scene, all) }
    }
    return {
      text: askNext(scene, all, news ?? (early ? { how: 'many', received: files.map((f) => f.id) } : undefined)),
    }
  },
  read(said, scene) {
    const files = filesOf(scene)
    const open = openFiles(files)
    const bare = said.text.replaceAll(DOCUMENT_WORDS, ' ')
    const word = readClass(bare.trim() === '' ? said.text : bare)?.class
    const all = needs(scene)
    const lacking = lackingPieces(files, all)
    if (lacking.length === 0 && all.portrait === 'optional' && (word === 'NONE' || word === 'NO' || isSkip(said))) {
      return take({ noPortrait: true })
    }
    if (LATER_ON.test(said.text)) return { kind: 'park' }
    if (word === 'NONE' || word === 'LATER') {
      const named = said.text.match(DOCUMENT_WORDS) ?? []
      const akta = named.length === 0 || named.some((paper) => /^ak?t/i.test(paper))
      const certificate = akta && lacking[0]?.kind === 'birth_certificate' && !JUST_LATER.test(said.text)
      if (certificate) return { kind: 'park', text: noCertificate(scene) }
      if (word === 'LATER') return { kind: 'park' }
    }
    const { checking } = pupilOf(scene.answers)
    if (open.length === 0 && checking) {
      const on = word === 'ON' || word === 'YES' || saysWord(said.text, 'kirim')
      if (!on) return wholeHint(text(scene, 'checkingStill'))
      const news = { received: checking.files, how: 'many' as const }
      return { kind: 'take', set: { checking: undefined, checked: true }, news }
    }
    if (word === 'ON' || word === 'YES') {
      const failed = open.filter((entry) => entry.state === 'failed')
      if (failed.length > 0) return take({ files: files.filter((entry) => entry.state !== 'failed') })
      if (open.length > 0) return { kind: 'tell', text: loading(scene, files), whole: true }
      if (missingLabels(scene).length === 0) return take({})
    }
    if (open.length > 0) {
      const failed = open.some((entry) => entry.state === 'failed')
      return wholeHint(join(askOpen(scene, files, open, undefined), failed ? text(scene, 'withoutFile') : undefined))
    }
    return wholeHint(stillMissing(scene))
  },
}

/** They are being looked at: the count at once, what they are in one message later. */
function askChecking(scene: Scene, news: News | undefined): string {
  const fresh = news && news.how !== 'late' && news.received.length > 0
  return fresh ? text(scene, 'checking', { n: news.received.length }) : text(scene, 'checkingStill')
}

function isSkip(said: Said): boolean {
  return saysWord(said.text, 'lewati') || saysWord(said.text, 'lewat')
}

function noCertificate(scene: Scene): string {
  const service = scene.facts.office.identity.birthCertificateService
  const name = nameOf(scene)
  return text(scene, service ? 'noCertificateService' : 'noCertificate', { name })
}

/** Labels of what lacks, the portrait last. */
export function missingLabels(scene: Scene): string[] {
  const all = needs(scene)
  const files = filesOf(scene)
  const portrait = all.portrait === 'due' && lacksPortrait(files, all)
  return [...lackingPieces(files, all).map((piece) => piece.label), ...(portrait ? [text(scene, 'portraitLabel')] : [])]
}

function stillMissing(scene: Scene): string {
  const labels = missingLabels(scene)
  const all = needs(scene)
  const list = labels.length > 0 ? labels : [text(scene, 'portraitLabel')]
  if (labels.length === 0 && all.portrait === 'optional') {
    return text(scene, 'askPortraitOptional', { name: nameOf(scene), color: all.color })
  }
  return text(scene, 'stillMissing', { list: list.join(', '), first: list[0]! })
}

function wholeList(scene: Scene, all: Needs): string {
  const name = nameOf(scene)
  const items = all.pieces.map((piece) => join(piece.label, piece.pair ? text(scene, 'inOnePicture') : undefined))
  if (all.portrait === 'due') items.push(text(scene, 'portraitItem', { color: all.color }))
  if (all.portrait === 'optional') items.push(text(scene, 'portraitOptionalItem', { color: all.color }))
  const list = items.map((item, i) => `*${i + 1}* ${item}`).join('\n')
  const prompt = text(scene, items.length > 2 ? 'documents' : 'documentsFew', { name, list })
  const { birthDate } = pupilOf(scene.answers)
  const { office } = scene.facts
  const young = birthDate !== undefined && ageOf(birthDate, office, scene.now) < office.ages.portraitFrom
  if (all.portrait !== 'none' || !young) return prompt
  return join(text(scene, 'noPortrait', { name, age: office.ages.portraitFrom }), text(scene, 'noPortraitOn'), prompt)
}

/** What came, then what comes next. */
function askNext(scene: Scene, all: Needs, news: News | undefined): string {
  const files = filesOf(scene)
  const [next] = lackingPieces(files, all)
  const name = nameOf(scene)
  const many = news && news.received.length > 0 && news.how !== 'one'
  const opening = received(scene, news)
  if (!next) {
    const optional = all.portrait === 'optional'
    if (many && !optional) return join(opening, text(scene, 'nextPortrait', { color: all.color }))
    const prompt = text(scene, optional ? 'askPortraitOptional' : 'askPortrait', { name, color: all.color })
    return many ? join(opening, prompt) : prompt
  }
  if (!news) return text(scene, 'askDocument', { name, label: next.label })
  return join(opening, text(scene, 'nextDocument', { label: next.pair ? text(scene, 'guardianFirst') : next.label }))
}

/** "3 berkas kami terima: 1 akta, …"; a single one by its kind; what came late was told already. */
export function received(scene: Scene, news: News | undefined): string | undefined {
  if (!news || news.received.length === 0) return undefined
  const entries = filesOf(scene).filter((entry) => news.received.includes(entry.id) && entry.kind)
  const [first] = entries
  if (news.how === 'one' && first?.kind) {
    return text(scene, 'oneReceived', { kind: capital(kindName(scene.facts.office, first.kind)) })
  }
  // how many came was told as they came; now that all are here, what each was taken for
  if (news.how === 'late') return text(scene, 'placedAs', { list: placesText(scene, filesOf(scene)) })
  if (entries.length === 0) return text(scene, 'someReceived', { n: news.received.length })
  const places = { n: news.received.length, list: placesText(scene, entries) }
  if (news.how !== 'checked') return text(scene, 'manyReceived', places)
  return checkedText(scene, entries)
}

const MOST_PLACES = 12
/** "3 berkas sudah kami periksa: 1 akta, …"; of very many only how many of each there are. */
export function checkedText(scene: Scene, entries: readonly Entry[]): string {
  const n = entries.length
  if (n > MOST_PLACES) return text(scene, 'checkedMost', { n, list: kindsText(scene) })
  return text(scene, 'checked', { n, list: placesText(scene, entries) })
}

/** `1 akta, 2-3 KK` */
export function placesText(scene: Scene, entries: readonly Entry[]): string {
  const runs: { from: number; to: number; kind: DocumentKind }[] = []
  for (const { n, kind = 'other' } of entries) {
    const run = runs.at(-1)
    if (run && run.kind === kind && run.to === n - 1) run.to = n
    else runs.push({ from: n, to: n, kind })
  }
  return runs
    .map(({ from, to, kind }) => `${from === to ? from : `${from}-${to}`} ${kindName(scene.facts.office, kind)}`)
    .join(', ')
}

function loading(scene: Scene, files: readonly Entry[]): string {
  const waiting = files.filter((entry) => entry.state === 'waiting').length
  const stored = files.filter((entry) => entry.state === 'stored').length
  return text(scene, stored > 0 ? 'stillLoading' : 'allLoading', { n: stored, waiting })
}

/** Some files are still downloading, or failed: nothing is sorted before that is settled. */
function askOpen(scene: Scene, files: readonly Entry[], open: readonly Entry[], news: News | undefined): string {
  const failed = open.filter((entry) => entry.state === 'failed')
  const waiting = open.length > failed.length
  const fresh = news?.received ?? []
  const told = failed.map(({ id, n, failure }) => {
    const before = news?.how === 'late' && !fresh.includes(id)
    return { n, name: before ? ('awaited' as const) : failureText(failure) }
  })
  const total = files.length - open.length
  const opening =
    waiting || news?.how === 'late' || fresh.length < 2 ? undefined : text(scene, 'someReceived', { n: total })
  return join(waiting ? loading(scene, files) : total > 0 ? opening : undefined, groupedText(scene, told))
}

/** `akta 1, KK 1, KTP-el 2` */
export function kindsText(scene: Scene): string {
  return countKinds(filesOf(scene), needs(scene))
    .map(({ kind, n }) => `${kindName(scene.facts.office, kind)} ${n}`)
    .join(', ')
}

function nameOf(scene: Scene): string {
  return pupilOf(scene.answers).name ?? text(scene, 'newPupil')
}

export const documentSteps = { documents }
