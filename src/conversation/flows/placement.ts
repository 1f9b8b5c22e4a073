import type { DocumentKind } from '../../models/application/application.ts'
import type { DraftFile, TurnFile } from '../../models/chat/turn.ts'
import { documentKindOf } from '../reading/file-line.ts'
import type { FileLine } from '../reading/file-line.ts'
import type { Entry, PupilAnswers } from './pupil.ts'
import { lackingPieces, lacksPortrait, openRetakes, present } from './requirements.ts'
import type { Needs } from './requirements.ts'
import type { Facts } from '../facts.ts'

/** At most so many files a pupil (and a turn). */
export const MOST_FILES = 60
/** Files within so many seconds of a failure are stragglers of the same album; later ones replace the failed file. */
const STRAGGLER_SECONDS = 15

export type Received = {
  files: readonly Entry[]
  /** Ids of this turn that are in `files` now. */
  taken: readonly string[]
  /** Beyond `MOST_FILES`. */
  beyond: readonly TurnFile[]
}

/** Adds a turn's files; one that failed before is replaced by what is sent again for it. */
export function receive(before: readonly Entry[], incoming: readonly TurnFile[], now: Date): Received {
  const files = [...before]
  const taken: string[] = []
  const beyond: TurnFile[] = []
  for (const file of incoming) {
    if (files.some((entry) => entry.id === file.id)) continue
    const failed = files.findIndex((entry) => isResent(entry, file, now))
    if (failed >= 0) files[failed] = entryOf(file, files[failed]!.n, now)
    else if (files.length >= MOST_FILES) {
      beyond.push(file)
      continue
    } else files.push(entryOf(file, files.length + 1, now))
    taken.push(file.id)
  }
  return { files, taken, beyond }
}

function isResent(entry: Entry, file: TurnFile, now: Date): boolean {
  if (entry.state !== 'failed') return false
  if (entry.name !== undefined && entry.name === file.name) return true
  // a picture that takes the place of what was no picture has a name of its own
  return entry.told !== undefined && now.getTime() - Date.parse(entry.told) >= STRAGGLER_SECONDS * 1000
}

function entryOf(file: TurnFile, n: number, now: Date): Entry {
  return {
    id: file.id,
    n,
    state: file.state,
    ...(file.name !== undefined && { name: file.name }),
    ...(file.caption !== undefined && { caption: file.caption }),
    ...(file.mediaType !== undefined && { mediaType: file.mediaType }),
    ...(file.failure !== undefined && { failure: file.failure }),
    ...(file.state === 'failed' && { told: now.toISOString() }),
  }
}

/** What became of files meanwhile. */
export function refresh(entries: readonly Entry[], states: readonly TurnFile[], now: Date): readonly Entry[] {
  if (!entries.some((entry) => entry.state === 'waiting')) return entries
  return entries.map((entry) => {
    const file = entry.state === 'waiting' ? states.find((state) => state.id === entry.id) : undefined
    if (!file || file.state === 'waiting') return entry
    return { ...entryOf(file, entry.n, now), ...(entry.kind && { kind: entry.kind }) }
  })
}

/** Files that are still downloading, or failed and not given up: nothing is sorted before they are settled. */
export function openFiles(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter((entry) => entry.state !== 'stored')
}

export type Placed = { files: readonly Entry[]; unsure?: string }

/**
 * Which is which: by caption and file name, by what is seen on it, then what was asked, else the list's order; a
 * portrait only at full count, with the ID cards twice. What cannot be told is left without a kind (`sort`) or named as
 * `unsure`; nothing is guessed while files are still looked at.
 */
export function place(
  entries: readonly Entry[],
  needs: Needs,
  answers: PupilAnswers,
  seen: Pick<Facts, 'looking' | 'verdicts'>,
): Placed {
  const placed = guess(entries, needs, answers, seen)
  return { ...placed, files: replace(placed.files) }
}

function guess(
  entries: readonly Entry[],
  needs: Needs,
  answers: PupilAnswers,
  seen: Pick<Facts, 'looking' | 'verdicts'>,
): Placed {
  if (openFiles(entries).length > 0) return { files: entries }
  const kinds = new Map(seen.verdicts.map((verdict) => [verdict.id, verdict.kind]))
  const files = entries.map((entry) => {
    const told = entry.kind ? entry : withKind(entry, kindTold(entry))
    return told.kind && !told.guessed ? told : withKind(told, kinds.get(entry.id))
  })
  const open = files.filter((entry) => !entry.kind)
  if (open.length === 0 || answers.checking) return { files }
  const give = (to: readonly Entry[], named: readonly DocumentKind[]): Entry[] => given(to, named, seen.looking)
  // the person has been asked about this very file: their answer decides, not the next rule
  if (open.length === 1 && open[0]?.id === answers.unsure)
    return { files, ...(answers.unsure && { unsure: answers.unsure }) }
  const rest = (): Placed => ({ files: files.map((entry) => (entry.kind ? entry : withKind(entry, 'other'))) })
  if (answers.sorted === 'office') return rest()

  const lacking = lackingPieces(files, needs).map((piece) => piece.kind)
  const portrait = lacksPortrait(files, needs)
  const second = secondCard(files, needs, answers)
  const again = openRetakes(files).map((entry) => entry.kind!)
  if (lacking.length === 0 && !portrait && open.length <= again.length) return { files: give(files, again) }
  if (open.length <= lacking.length) return { files: give(files, lacking) }
  if (open.length === 1 && second && answers.pairAsk && !answers.pairDone) return { files: give(files, ['eid_card']) }
  if (open.length === 1 && portrait) return { files: give(files, ['portrait']) }

  const at = lacking.lastIndexOf('eid_card')
  const cards = at < 0 && second ? ['eid_card' as const, ...lacking] : lacking.toSpliced(at + 1, 0, 'eid_card')
  const full: DocumentKind[] = [...(second ? cards : lacking), ...(portrait ? (['portrait'] as const) : [])]
  if (open.length === full.length) return { files: give(files, full) }
  if (open.length === lacking.length + 1 && second && portrait) {
    const placed = give(files, lacking)
    const left = placed.find((entry) => !entry.kind)
    return { files: placed, ...(left && { unsure: left.id }) }
  }
  // the question was answered once, or all was looked at: what does not fit now is an attachment
  const complete = lacking.length === 0 && !portrait
  return answers.sorted || (answers.checked && complete) ? rest() : { files }
}

/** Another picture has come for those of which it was asked for: the earlier one counts no more. */
function replace(files: readonly Entry[]): readonly Entry[] {
  return files.map((entry) => {
    const { retake } = entry
    if (retake === undefined) return entry
    const { replaced: _, ...bare } = entry
    const later = files.some((other) => other.n > retake && other.kind === entry.kind && other.state !== 'failed')
    return later ? { ...bare, replaced: true } : bare
  })
}

/** Whether one more ID card may come: parents' cards are one picture or two. */
function secondCard(files: readonly Entry[], needs: Needs, answers: PupilAnswers): boolean {
  const cards = files.filter((entry) => entry.kind === 'eid_card').length
  return !answers.pairDone && cards < 2 && needs.pieces.some((piece) => piece.kind === 'eid_card' && piece.pair)
}

/** What a caption or a file name says that it is. */
export function kindTold(entry: Pick<Entry, 'name' | 'caption'>): DocumentKind | undefined {
  return (entry.caption && documentKindOf(entry.caption)) || (entry.name && documentKindOf(entry.name)) || undefined
}

/** Where files are looked at, what is seen on them may put it right later. */
function given(files: readonly Entry[], kinds: readonly DocumentKind[], looking: boolean): Entry[] {
  const left = [...kinds]
  return files.map((entry) => {
    if (entry.kind) return entry
    const guessed = withKind(entry, left.shift())
    return looking && guessed.kind ? { ...guessed, guessed: true } : guessed
  })
}

function withKind(entry: Entry, kind: DocumentKind | undefined): Entry {
  if (!kind) return entry
  const { guessed: _, ...rest } = entry
  return { ...rest, kind }
}

/**
 * Applies `KK 1, akta 2`. Where a file changes places with one that the line does not name, that one gets the old
 * place: nothing is lost by naming half of a swap.
 */
export function applyLine(entries: readonly Entry[], line: FileLine & { kind: 'places' }): Entry[] {
  const said = new Map<number, DocumentKind>()
  for (const { document, files } of line.places) for (const n of files) said.set(n, document)
  const files = entries.map((entry) => withKind(entry, said.get(entry.n)))
  for (const { document, files: numbers } of line.places) {
    const [n, ...more] = numbers
    const old = entries.find((entry) => entry.n === n)?.kind
    const holders = entries.filter((entry) => entry.kind === document && !said.has(entry.n))
    const lost = old !== undefined && old !== document && !files.some((entry) => entry.kind === old)
    if (lost && more.length === 0 && holders.length === 1) {
      const at = entries.indexOf(holders[0]!)
      files[at] = { ...files[at]!, kind: old }
    }
  }
  return files
}

/** As the application stores them: pages count within a kind, in the order of arrival. */
export function draftFiles(entries: readonly Entry[]): DraftFile[] {
  const pages = new Map<DocumentKind, number>()
  return entries.filter(present).map((entry) => {
    const kind = entry.kind ?? 'other'
    const page = (pages.get(kind) ?? 0) + 1
    pages.set(kind, page)
    return { id: entry.id, kind, page, ...(entry.mediaType && { mediaType: entry.mediaType }) }
  })
}

/** `akta 1, KK 1, KTP-el 2`: kinds in the order of the list, with how many files each has. */
export function countKinds(entries: readonly Entry[], needs: Needs): { kind: DocumentKind; n: number }[] {
  const order: DocumentKind[] = [...needs.pieces.map((piece) => piece.kind), 'portrait']
  const counts = new Map<DocumentKind, number>()
  for (const kind of order) if (entries.some((entry) => entry.kind === kind)) counts.set(kind, 0)
  for (const entry of entries.filter(present)) {
    const kind = entry.kind ?? 'other'
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return [...counts].filter(([, n]) => n > 0).map(([kind, n]) => ({ kind, n }))
}
