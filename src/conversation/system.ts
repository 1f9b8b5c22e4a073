import type { Session } from '../models/chat/session.ts'
import type { Decided, Effect, Reply, Turn } from '../models/chat/turn.ts'
import type { Prompt, Scene } from './definition.ts'
import { draftName, looseIn } from './flows/aside.ts'
import { answersOf } from './flows/correct-tasks.ts'
import { purgeDate } from './flows/drafts.ts'
import { refreshLoose } from './flows/loose-files.ts'
import { pupilOf } from './flows/pupil.ts'
import type { Entry } from './flows/pupil.ts'
import type { Facts } from './facts.ts'
import { sendWaiting } from './flows/submit.ts'
import type { Arrival, Place, Standing } from './place.ts'
import { hasDraft, promptOf } from './place.ts'
import { retakeAsked } from './retake.ts'
import { text } from './steps.ts'
import { failureText, join, looseFailureText } from './texts/texts.ts'
import { verdictsCame } from './verdicts.ts'

type Decide = (place: Place, arrival: Arrival) => Decided

/** What happened meanwhile: told where it matters to the person, silent otherwise. */
export function happened(
  session: Session | null,
  standing: Standing,
  turn: Turn & { kind: 'system' },
  facts: Facts,
  decide: Decide,
): Decided {
  const silent: Decided = { session, effects: [] }
  switch (turn.event) {
    case 'verdicts':
      return verdictsCame(session, standing, turn.files, decide)
    case 'retake':
      return retakeAsked(session, standing, turn, decide)
    case 'file':
      return fileSettled(session, standing, turn.file, facts, decide) ?? silent
    case 'reminder': {
      const draft = facts.drafts.find((one) => one.id === turn.application)
      if (!draft) return silent
      const values = { name: draftName(standing.scene, draft), date: purgeDate(standing.scene, draft) }
      const { place } = standing
      if (place.flow !== 'menu') {
        return decide(place, { note: text(standing.scene, 'reminderBack', values), returning: true, reply: asNotice })
      }
      const memory = { ...place.memory, lastDraft: draft.id }
      return decide(
        { flow: 'menu', answers: { quiet: true }, memory },
        { note: text(standing.scene, 'reminder', values), reply: asNotice },
      )
    }
    case 'approved':
      return letIn(standing, facts, decide, (reply) => ({ kind: 'say', ...reply }))
  }
}

const asNotice = (next: Prompt): Effect => ({ kind: 'say', notice: true, ...next })

/** A file that was still downloading has come, or has failed: the draft it belongs to goes on. */
function fileSettled(
  session: Session | null,
  standing: Standing,
  id: string,
  facts: Facts,
  decide: Decide,
): Decided | undefined {
  const { place, scene } = standing
  const before = (session?.answers['files'] as readonly Entry[] | undefined)?.find((one) => one.id === id)
  const entry = pupilOf(place.answers).files?.find((one) => one.id === id)
  if (place.flow === 'submit' && entry) {
    // told once: a second event about the same file, or one that came true with another turn, says nothing new
    if (before?.state !== 'waiting' || entry.state === 'waiting') return undefined
    const total = pupilOf(place.answers).files?.filter((one) => one.state === 'stored').length ?? 0
    const note = entry.state === 'stored' ? text(scene, 'joined', { n: 1, total }) : undefined
    return decide(place, { ...(note && { note }), news: { received: [id], how: 'late' } })
  }
  const file = facts.files.find((one) => one.id === id)
  if (file?.state === 'stored' && before?.state === 'waiting' && place.flow === 'correct') {
    const total = answersOf(scene).files?.filter((one) => !one.state).length ?? 0
    // whoever was asked to wait with KIRIM hears that they need not any more
    return standing.step === 'summary' ? decide(place, { note: text(scene, 'joined', { n: 1, total }) }) : undefined
  }
  if (file?.state !== 'failed') return undefined
  const draft = facts.drafts.find((one) => pupilOf(one.answers).files?.some((entryOf) => entryOf.id === id))
  if (!draft) {
    const loose = refreshLoose(looseIn(place.memory), facts.files)
    const memory = { ...place.memory, ...(loose.length > 0 ? { loose } : { loose: undefined }) }
    return decide({ ...place, memory }, { note: text(scene, looseFailureText(file.failure)), returning: true })
  }
  const n = pupilOf(draft.answers).files?.find((one) => one.id === id)?.n ?? 0
  const name = failureText(file.failure)
  const note =
    name === 'fileFailed'
      ? text(scene, 'draftFileFailed', { n, name: draftName(scene, draft) })
      : join(text(scene, name, { n }), text(scene, 'draftFileBack', { name: draftName(scene, draft) }))
  return decide(place, { note, returning: true })
}

/** An invitation code from somebody who waits for approval: where it fits, they wait no longer. */
export function invited(standing: Standing, facts: Facts, decide: Decide): Decided {
  const { scene, place } = standing
  const wrong = text(scene, 'invitationWrong')
  const { code, fits } = facts.invitation ?? { code: '', fits: false }
  if (!fits) return decide(place, { note: wrong, returning: true })
  const next = promptOf(standing, { returning: true })
  const pending = { ...next, text: join(wrong, next.text) }
  return letIn(standing, facts, decide, (approved) => ({
    kind: 'admit',
    invitation: code,
    reply: { approved, pending },
  }))
}

/** Approved: what was sent before goes into the queue now, each with its own ticket. `tell` comes before that. */
function letIn(standing: Standing, facts: Facts, decide: Decide, tell: (reply: Reply) => Effect): Decided {
  const { place, scene } = standing
  const waiting = facts.drafts.filter((draft) => pupilOf(draft.answers).confirm).toReversed()
  const busy = hasDraft(place)
  const effects = waiting.flatMap((draft, i): Effect[] => {
    const of: Scene = { ...scene, answers: draft.answers, memory: { draft: draft.id } }
    const last = i === waiting.length - 1
    const prompt = busy ? promptOf(standing, { returning: true }) : { text: text(scene, 'onMenu') }
    const effect = sendWaiting(of, draft.id, last ? prompt : { text: '' })
    return effect ? [effect] : []
  })
  const note = text(scene, busy || waiting.length > 0 ? 'approvedBack' : 'approved')
  if (waiting.length === 0) return decide(place, { note, returning: true, reply: tell })
  const decided = decide(place, { effects: [], note })
  // one message each: the last says how to go on
  return { ...decided, effects: [tell({ text: note }), ...effects] }
}
