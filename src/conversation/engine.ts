import type { Session } from '../models/chat/session.ts'
import type { Decided, Effect, Turn } from '../models/chat/turn.ts'
import { courtesyOf } from './courtesy.ts'
import type { Prompt, Reading, Said } from './definition.ts'
import type { Facts } from './facts.ts'
import { saidBy } from './facts.ts'
import { leftBehind } from './flows/correct-tasks.ts'
import { parkDraft } from './flows/park.ts'
import { pupilOf } from './flows/pupil.ts'
import { present } from './flows/requirements.ts'
import { readWord } from './globals.ts'
import { follow, keepDraft, moved, promptOf, stand, stepOf, tidy } from './place.ts'
import type { Arrival, Place, Standing } from './place.ts'
import { readClass } from './reading/words.ts'
import { text } from './steps.ts'
import { leaving, openPlace, withPayload } from './opening.ts'
import { happened, invited } from './system.ts'
import { join } from './texts/texts.ts'
import { unplaced } from './unplaced.ts'

const OFFER_AFTER_MISSES = 3

/** One turn in, the next state and what to do about it out. Pure: its clock is the turn's, the world is in `facts`. */
export function advance(session: Session | null, turn: Turn, facts: Facts): Decided {
  const opened = openPlace(session, facts)
  const turnPlace = withPayload(opened.place, turn)
  const standing: Standing = {
    ...stand(turnPlace, facts, turn.closedAt),
    ...(session && { since: session.waitingSince }),
  }
  const decide = (place: Place, arrival: Arrival): Decided =>
    arrive(session, turnPlace, place, opened.left ? leaving(standing, arrival) : arrival, turn, facts)

  // a flow that changed since: answers stay, the question is for the first gap
  if (standing.step === 'done' || (opened.renewed && standing.step !== session?.step)) {
    const arrival = opened.renewed ? { note: text(standing.scene, 'renewed') } : {}
    if (turn.kind === 'files' && standing.step !== 'done') {
      return takeFiles(standing, turn, decide, arrival.note)
    }
    const files = turn.kind === 'files' ? turn.files.map((file) => file.id) : []
    return decide(standing.place, { ...arrival, effects: files.length > 0 ? [{ kind: 'keep', files }] : [] })
  }
  if (facts.coordinator?.state === 'suspended') {
    // news of pupils are for whoever speaks for them now
    return turn.kind === 'system' ? { session, effects: [] } : refuse(standing, turn, decide)
  }
  switch (turn.kind) {
    case 'system':
      return happened(session, standing, turn, facts, decide)
    case 'phone':
      return decide(standing.place, {
        effects: [{ kind: 'phone', phone: turn.phone }],
        note: join(
          text(standing.scene, 'phoneKept'),
          standing.place.flow === 'menu' ? text(standing.scene, 'onMenu') : '',
        ),
        returning: true,
      })
    case 'unsupported': {
      const what = turn.what === 'other' ? 'otherKind' : turn.what
      return missed(standing, { kind: 'hint', text: text(standing.scene, what) }, decide)
    }
    case 'files':
      return takeFiles(standing, turn, decide)
    case 'text':
    case 'choice':
      if (facts.coordinator?.state === 'pending' && facts.invitation) return invited(standing, facts, decide)
      return opened.first ? greet(standing, turn, decide) : takeText(standing, turn, decide)
  }
}

type Decide = (place: Place, arrival: Arrival) => Decided

/** The first words of somebody whom we do not know: returned, and the consent asked. */
function greet(standing: Standing, turn: Turn, decide: Decide): Decided {
  const said = saidOf(turn)
  const word = readWord(said, standing, turn)
  if (word && word.word !== 'other') return decide(word.place, word.arrival)
  const note = courtesyOf(said.text, standing.scene, { salamOnly: true })
  return decide(standing.place, note ? { note } : {})
}

function refuse(standing: Standing, turn: Turn, decide: Decide): Decided {
  const said = saidOf(turn)
  const word = standing.place.flow === 'complain' ? undefined : readWord(said, standing, turn)
  if (word?.word === 'PETUGAS' || word?.word === 'PENGADUAN') return decide(word.place, word.arrival)
  if (standing.place.flow === 'complain') {
    return turn.kind === 'files' ? takeFiles(standing, turn, decide) : takeText(standing, turn, decide)
  }
  const kept: Effect[] = said.files.length > 0 ? [{ kind: 'keep', files: said.files.map((file) => file.id) }] : []
  const quiet = { flow: 'menu', answers: { quiet: true }, memory: standing.place.memory }
  return decide(quiet, { note: text(standing.scene, 'suspended'), effects: kept })
}

function takeText(standing: Standing, turn: Turn, decide: Decide): Decided {
  const said = saidOf(turn)
  const step = stepOf(standing)
  const { scene, definition } = standing
  const word = readWord(said, standing, turn)
  if (word) return decide(word.place, word.arrival)

  const reading = step.open
    ? undefined
    : readClass(said.text, { yesNo: step.yesNo ?? false, alone: step.named ?? false })
  // "pagi bu, 6311 …": figures behind the courtesy are the answer, where the step can read them
  if (reading?.value !== undefined && (reading.class === 'COURTESY' || reading.class === 'LATER')) {
    const behind = { ...said, text: reading.value }
    const digested = definition.digest?.(behind, standing.step, scene)
    const answer = digested ?? step.read(behind, scene)
    if (answer.kind === 'take') return apply(standing, answer, decide, digested === undefined)
  }
  if (reading?.class === 'COURTESY') {
    const courtesy = courtesyOf(said.text, scene, { standing })
    if (courtesy !== undefined)
      return typeof courtesy === 'string' ? tell(standing, courtesy, decide) : decide(courtesy.place, courtesy.arrival)
  }
  if (reading?.class === 'LATER' && !step.late && definition.drafted) return park(standing, undefined, decide)

  const digested = definition.digest?.(said, standing.step, scene)
  // "ok" that was typed to the question before is no KIRIM for a card that nobody has seen
  if (!digested && saidBefore(turn, standing.place)) return tell(standing, text(scene, 'askedAnew'), decide)
  return apply(standing, digested ?? step.read(said, scene), decide, digested === undefined)
}

/** Whether this was said before files, or what became of them, changed the question. */
function saidBefore({ saidAt }: Turn, { memory }: Place): boolean {
  const { changedAt } = memory
  return typeof changedAt === 'string' && saidAt !== undefined && new Date(saidAt) < new Date(changedAt)
}

/** Since when another question waits than people may be answering: files and events change it behind their back. */
function changeOf(session: Session | null, turn: Turn, standing: Standing): unknown {
  const unasked = turn.kind === 'files' || turn.kind === 'system'
  const changed = session?.step !== standing.step || session.flow !== standing.definition.name
  if (session && unasked && changed) return turn.closedAt.toISOString()
  return unasked || saidBefore(turn, standing.place) ? standing.place.memory['changedAt'] : undefined
}

function takeFiles(standing: Standing, turn: Turn & { kind: 'files' }, decide: Decide, note?: string): Decided {
  const said = saidOf(turn)
  const home = standing.definition.receive ? standing : unplaced(standing, said)
  if ('arrival' in home) return decide(home.place, home.arrival)
  const reading = home.definition.receive?.(said, home.step, home.scene) ?? { kind: 'hint', text: '' }
  return apply(
    home,
    note && reading.kind === 'take' ? { ...reading, note: join(note, reading.note) } : reading,
    decide,
    false,
  )
}

function apply(standing: Standing, reading: Reading, decide: Decide, byStep: boolean): Decided {
  const { place } = standing
  switch (reading.kind) {
    case 'take': {
      const again =
        byStep && place.answers['again'] !== undefined && !('again' in reading.set) ? { again: undefined } : {}
      const answers = tidy({ ...place.answers, ...again, ...reading.set })
      const { note, news, effects } = reading
      const arrival = { ...(note && { note }), ...(news && { news }), ...(effects && { effects }) }
      return decide(
        { ...place, answers, memory: tidy({ ...place.memory, misses: undefined, page: undefined }) },
        arrival,
      )
    }
    case 'hint':
      return missed(standing, reading, decide)
    case 'tell':
      return reading.whole
        ? say(place, { text: reading.text, choices: choicesOf(standing) }, decide)
        : tell(standing, reading.text, decide)
    case 'park':
      return park(standing, reading.text, decide)
    case 'go': {
      const { note, news, effects, reply, returning } = reading.to
      const memory = { misses: undefined, page: undefined, ...reading.to.memory }
      return decide(moved(place, { ...reading.to, memory }), {
        ...(note && { note }),
        ...(news && { news }),
        ...(effects && { effects }),
        ...(reply && { reply }),
        ...(returning && { returning }),
      })
    }
  }
}

function missed(standing: Standing, reading: Reading & { kind: 'hint' }, decide: Decide): Decided {
  const { place, scene, definition } = standing
  const misses = Number(place.memory['misses'] ?? 0) + 1
  const answers = tidy({ ...place.answers, ...reading.set })
  const prompt = stepOf(standing).ask({ ...scene, answers })
  const offer = text(scene, definition.drafted ? 'missOffer' : 'missOfferOpen')
  const shown = reading.whole ? reading.text : join(reading.text, prompt.text || text(scene, 'onMenu'))
  return say(
    { ...place, answers, memory: { ...place.memory, misses } },
    { text: join(shown, misses >= OFFER_AFTER_MISSES ? offer : undefined), choices: prompt.choices },
    decide,
  )
}

function tell(standing: Standing, opening: string, decide: Decide): Decided {
  const prompt = stepOf(standing).ask(standing.scene)
  const shown = join(opening, prompt.text || text(standing.scene, 'onMenu'))
  return say(standing.place, { text: shown, choices: prompt.choices }, decide)
}

function choicesOf(standing: Standing): Prompt['choices'] | undefined {
  return stepOf(standing).ask(standing.scene).choices
}

/** Says just this and stays at the question. */
function say(place: Place, shown: { text: string; choices?: Prompt['choices'] | undefined }, decide: Decide): Decided {
  const { text: words, choices } = shown
  return decide(place, { reply: () => ({ kind: 'say', text: words, ...(choices && { choices }) }) })
}

function park(standing: Standing, words: string | undefined, decide: Decide): Decided {
  const { place, arrival } = parkDraft(standing, words)
  return decide(place, arrival)
}

function saidOf(turn: Turn): Said {
  return { text: saidBy(turn), files: turn.kind === 'files' ? turn.files : [], turn: turn.id }
}

/** The next question of `place`, as one reply, after what has to be done. */
function arrive(
  session: Session | null,
  before: Place,
  place: Place,
  arrival: Arrival,
  turn: Turn,
  facts: Facts,
): Decided {
  const { standing, arrival: gathered } = follow(place, arrival, facts, turn.closedAt)
  const kept = keepDraft(before, standing, facts)
  const prompt = promptOf(standing, gathered)
  const whole: Prompt = { ...prompt, text: join(gathered.note, prompt.text) }
  const reply: Effect = gathered.reply ? gathered.reply(whole) : { kind: 'say', ...whole }
  return {
    session: {
      flow: standing.definition.name,
      version: standing.definition.version,
      step: standing.step,
      answers: kept.place.answers,
      memory: tidy({
        ...kept.place.memory,
        ...correctionOf(before, standing, reply),
        school: facts.coordinator?.npsn,
        changedAt: changeOf(session, turn, standing),
      }),
      waitingSince: turn.closedAt,
      rev: (session?.rev ?? 0) + 1,
    },
    effects: [...(gathered.effects ?? []), ...kept.effects, reply, ...missedVerdicts(before, standing)],
  }
}

/** A correction that is left before KIRIM is taken up where it was; one that is sent is over. */
function correctionOf(before: Place, { place, scene }: Standing, reply: Effect): Place['memory'] {
  if (reply.kind === 'correct') return { correction: undefined }
  if (before.flow !== 'correct' || place.flow === 'correct') return {}
  const left = leftBehind({ ...scene, answers: before.answers, memory: before.memory })
  return left ? { correction: left } : {}
}

/** Who comes back to a draft hears what its files came to meanwhile: where they were, they were not told. */
function missedVerdicts(before: Place, { place, scene: { facts } }: Standing): Effect[] {
  const draft = place.memory['draft']
  const away = before.flow !== place.flow || before.memory['draft'] !== draft
  if (!facts.looking || place.flow !== 'submit' || !away || !facts.drafts.some(({ id }) => id === draft)) return []
  const files = (pupilOf(place.answers).files ?? []).filter(present).map(({ id }) => id)
  return files.length > 0 ? [{ kind: 'hear', files }] : []
}
