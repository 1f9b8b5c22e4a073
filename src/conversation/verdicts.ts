import type { DocumentKind } from '../models/application/application.ts'
import type { Finding } from '../models/application/findings.ts'
import type { Session } from '../models/chat/session.ts'
import type { Decided } from '../models/chat/turn.ts'
import type { FileVerdict } from '../models/file/verdict.ts'
import type { Scene } from './definition.ts'
import { checkedText, needs, placesText } from './flows/document-steps.ts'
import { pupilOf } from './flows/pupil.ts'
import type { Doubt, Entry, PupilAnswers } from './flows/pupil.ts'
import { present } from './flows/requirements.ts'
import { doubtOf } from './doubts.ts'
import type { Arrival, Place, Standing } from './place.ts'
import { text } from './steps.ts'
import type { TextName } from './texts/id.ts'
import { findingText, join, kindName } from './texts/texts.ts'

type Again = { entry: Entry; kind: DocumentKind | undefined; name: TextName }
type Decide = (place: Place, arrival: Arrival) => Decided

/** Another picture of one paper is asked for so often; then it is taken as it is, with its finding. */
const MOST_RETAKES = 2
/** Reasons for another picture that one message gives, and papers that it names for each. */
const MOST_NAMED = 3

/**
 * A turn's files were looked at, or a minute has passed. One message for all of them: what they are where that was
 * waited for or was guessed wrong, another picture where one is worth it, a value that is not what was typed. Silent
 * where all is well, and where the pupil was sent off meanwhile: then operators see what was found.
 */
export function verdictsCame(
  session: Session | null,
  standing: Standing,
  ids: readonly string[],
  decide: Decide,
): Decided {
  const silent: Decided = { session, effects: [] }
  const { place, scene, step } = standing
  if (place.flow !== 'submit' || session?.flow !== 'submit') return silent
  const [before, now] = [pupilOf(session.answers), pupilOf(place.answers)]
  if (now.sent || now.confirm || now.closed) return silent

  const files = now.files ?? []
  const mine = files.filter((entry) => ids.includes(entry.id) && present(entry))
  const sorted = before.checking !== undefined && !now.checking
  const moved = mine.filter((entry) => {
    // files that came early are spoken of when they are asked for
    if (now.early) return false
    const old = before.files?.find((one) => one.id === entry.id)?.kind
    return old !== undefined && entry.kind !== undefined && old !== entry.kind
  })
  const again = retakesOf(mine, now, scene.facts.verdicts)
  const doubt = doubtOf(mine, now, scene)
  const offered = offeredBy(mine, now, scene.facts.verdicts)
  if (!sorted && moved.length === 0 && again.length === 0 && !doubt && !offered) return silent

  const shown = sorted ? files.filter((entry) => before.checking?.files.includes(entry.id) && entry.kind) : moved
  const asked = step === 'documents' || step === 'fourthFile'
  const news = { received: shown.map((entry) => entry.id), how: 'checked' as const }
  const opening = sorted
    ? shown.length > 0 && !asked && checkedText(scene, shown)
    : moved.length > 0 && text(scene, 'seenAs', { list: placesText(scene, moved) })
  const note = join(opening || undefined, ...askedText(scene, again), howAgain(scene, again.length))
  return decide(
    { ...place, answers: { ...place.answers, ...marked(now, again, doubt, offered) } },
    {
      ...(note && { note }),
      ...(sorted && asked && shown.length > 0 && { news }),
      ...(!sorted && moved.length === 0 && !offered && { returning: true }),
    },
  )

  /** The heaviest finding of each file that is worth another picture. */
  function retakesOf(entries: readonly Entry[], a: PupilAnswers, verdicts: readonly FileVerdict[]): Again[] {
    const found = entries.flatMap((entry) => {
      const heavy = findingsOn(entry, verdicts).find(
        (finding) => finding.severity === 'heavy' && findingText(finding.code),
      )
      if (!heavy || entry.retake !== undefined) return []
      if ((a.retakes?.[entry.kind ?? 'other'] ?? 0) >= MOST_RETAKES) return []
      return [{ entry, kind: entry.kind, name: findingText(heavy.code)! }]
    })
    const named = [...new Set(found.map(({ name }) => name))].slice(0, MOST_NAMED)
    return found.filter(({ name }) => named.includes(name))
  }
}

function findingsOn(entry: Entry, verdicts: readonly FileVerdict[]): readonly Finding[] {
  const verdict = verdicts.find((one) => one.id === entry.id)
  if (!verdict) return []
  return entry.kind === 'portrait' ? verdict.portrait : verdict.paper
}

/** One sentence for each reason, with all the files that have it. */
function askedText(scene: Scene, again: readonly Again[]): string[] {
  return [...Map.groupBy(again, ({ name }) => name)].map(([name, of]) => {
    const places = of.slice(0, MOST_NAMED).map(({ entry, kind }) => ({
      n: entry.n,
      kind: kind ? kindName(scene.facts.office, kind) : text(scene, 'unsorted'),
    }))
    const { n: last, kind } = places.pop()!
    const n = [...places.map((place) => `${place.n} (${place.kind})`), last].join(', ke-')
    const more = of.length - MOST_NAMED
    const sentence = text(scene, name, { background: needs(scene).color })
    return text(scene, more > 0 ? 'retakeMore' : 'retake', { n, kind, more, sentence })
  })
}

function howAgain(scene: Scene, count: number): string | undefined {
  return count > 0 ? text(scene, 'retakeHow') : undefined
}

function offeredBy(
  entries: readonly Entry[],
  a: PupilAnswers,
  verdicts: readonly FileVerdict[],
): PupilAnswers['offered'] {
  const offers = verdicts.filter((one) => entries.some((entry) => entry.id === one.id)).map((one) => one.offered)
  const nik = a.nik === undefined ? offers.find((one) => one.nik)?.nik : undefined
  const name = a.name === undefined ? offers.find((one) => one.name)?.name : undefined
  if (nik === undefined && name === undefined) return undefined
  return { ...(nik !== undefined && { nik }), ...(name !== undefined && { name }) }
}

function marked(
  a: PupilAnswers,
  again: readonly { entry: Entry }[],
  doubt: Doubt | undefined,
  offered: PupilAnswers['offered'],
): PupilAnswers {
  const files = a.files ?? []
  const retakes = { ...a.retakes }
  const kinds = new Set(again.map(({ entry }) => entry.kind ?? 'other'))
  for (const kind of kinds) retakes[kind] = (retakes[kind] ?? 0) + 1
  return {
    ...(again.length > 0 && {
      retakes,
      files: files.map((entry) =>
        again.some((one) => one.entry.id === entry.id) ? { ...entry, retake: files.length } : entry,
      ),
    }),
    ...(doubt && { doubt, doubted: [...(a.doubted ?? []), doubt.field] }),
    ...(offered && { offered }),
  }
}
