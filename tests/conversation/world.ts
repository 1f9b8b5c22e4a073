import { loadOffice } from '../../src/config/office.ts'
import type { Office } from '../../src/config/office-schema.ts'
import { advance } from '../../src/conversation/engine.ts'
import { waitingFiles, wants } from '../../src/conversation/facts.ts'
import type { ApplicationFact, DraftFact, Facts } from '../../src/conversation/facts.ts'
import { FLOWS } from '../../src/conversation/flows/flows.ts'
import { dayText, estimateText } from '../../src/conversation/hours.ts'
import { submittedPupil } from '../../src/conversation/submitted.ts'
import { stageName } from '../../src/conversation/texts/texts.ts'
import { REASONS } from '../../src/models/application/application.ts'
import { addDays, dateIn } from '../../src/models/identity/date.ts'
import type { School } from '../../src/models/school/school.ts'
import type { Session } from '../../src/models/chat/session.ts'
import {
  SCHOOL,
  STAGES_DONE,
  application,
  draft,
  filesOf,
  filled,
  isDouble,
  mentioned,
  numberOf,
  received,
} from './given.ts'
import type { Given, Heard, SaidEvent, SaidFile, SaidInput } from './given.ts'
import type { FileVerdict } from '../../src/models/file/verdict.ts'
import { ticketOf } from '../../src/models/application/ticket.ts'
import type { Effect, Reply, ReplyValues, SystemEvent, Turn, TurnFile } from '../../src/models/chat/turn.ts'

const WORKING_HOURS_MS = 6 * 3600 * 1000

export const OFFICE = loadOffice(new URL('../../office/balangan.yaml', import.meta.url).pathname)

/** A whole office in memory: sessions, drafts, applications and files, as the conversation sees them. */
export class World {
  readonly office: Office
  session: Session | null
  now: Date
  coordinator: Facts['coordinator']
  drafts: DraftFact[]
  applications: ApplicationFact[]
  readonly effects: Effect[] = []
  readonly notices: boolean[] = []
  readonly #schools: School[]
  readonly #given: Given
  readonly #files = new Map<string, TurnFile>()
  /** What becomes of slow ones. */
  readonly #slow = new Map<string, TurnFile>()
  readonly #unmatched = new Set<string>()
  readonly #seen = new Map<string, FileVerdict>()
  #album: readonly string[] = []
  readonly #untold: (readonly string[])[] = []
  #verdicts = new Map<string, FileVerdict>()
  #turns = 0
  #ids = 0
  #tickets: number
  #pleas = 0
  #received = 0

  constructor(given: Given = {}, clock = '2026-12-07T01:10:00Z', office: Office = OFFICE) {
    this.#given = given
    const { questions = office.questions, askMarriedFrom = office.ages.askMarriedFrom } = given
    this.office = { ...office, questions, ages: { ...office.ages, askMarriedFrom } }
    this.now = new Date(clock)
    const school = { ...SCHOOL, ...given.school }
    this.#schools = [school, { ...SCHOOL, npsn: '30300001', name: 'SDN Rekaan Hulu', sample: false }]
    const known = { id: 'c1', npsn: school.npsn, name: 'Rina Contoh', role: 'teacher', state: 'approved' } as const
    this.coordinator = given.coordinator === null ? null : { ...known, ...given.coordinator, school }
    this.drafts = (given.drafts ?? []).map((one) => draft(one, this.now, this.office))
    this.applications = (given.applications ?? []).map((one) => application(one, this.now))
    this.#tickets = numberOf(given.nextTicket ?? 'B417-6')
    this.session = given.flow
      ? {
          flow: given.flow,
          version: FLOWS[given.flow]?.version ?? 1,
          step: given.step ?? '',
          answers: given.answers ?? {},
          memory: given.memory ?? {},
          waitingSince: this.now,
          rev: 1,
        }
      : null
    for (const { id, state } of filesOf(given.answers)) this.#files.set(id, { id, state })
    this.#received = this.#files.size
  }

  pass(ms: number): void {
    this.now = new Date(this.now.getTime() + ms)
  }

  /** What is said, and every message that answers it. */
  say(said: SaidInput): Heard[] {
    const turn = this.#turn(said)
    const decided = advance(this.session, turn, this.facts(turn))
    // what the runner stores is JSON, and nothing that JSON loses may matter
    const stored = JSON.parse(JSON.stringify(decided)) as typeof decided
    this.effects.push(...stored.effects)
    const heard = stored.effects.flatMap((effect, i) => this.#perform(effect, `${turn.id}/${i}`))
    this.session = stored.session && { ...stored.session, waitingSince: new Date(stored.session.waitingSince) }
    return [...heard, ...this.#untold.splice(0).flatMap((files) => this.say({ system: { event: 'verdicts', files } }))]
  }

  facts(turn: Turn): Facts {
    const query = wants(this.session, turn)
    const asked = [...query.files, ...this.drafts.flatMap((draft) => waitingFiles(draft.answers))]
    const listed = query.applications || query.tickets.length > 0
    const code = query.invitation
    const needsCode = this.coordinator?.state !== 'approved' && this.coordinator?.state !== 'suspended'
    return {
      office: this.office,
      coordinator: this.coordinator,
      school: this.#schools.find((school) => school.npsn === query.npsn) ?? null,
      invitation: code !== undefined && needsCode ? { code, fits: this.#fits(code) } : null,
      drafts: this.drafts.toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime()),
      applications: listed ? this.applications.toReversed() : [],
      openNiks: this.applications
        .filter((one) => query.niks.includes(one.pupil.nik) && !STAGES_DONE.includes(one.stage))
        .map((one) => ({ nik: one.pupil.nik, reason: one.reason, ticket: one.ticket, stage: one.stage })),
      niksElsewhere: (this.#given.niksElsewhere ?? []).filter((nik) => query.niks.includes(nik)),
      files: asked.flatMap((id) => this.#files.get(id) ?? []),
      looking: this.#given.looking ?? false,
      verdicts: query.looks.flatMap((id) => this.#verdicts.get(id) ?? []),
      servedRound: this.#given.servedRound ?? 12,
      draftId: `d${this.#ids + 1}`,
    }
  }

  /** Every file that was ever received, and where it is: nothing may be missing. */
  lostFiles(): string[] {
    const kept = new Set([
      ...this.#unmatched,
      ...mentioned(this.session),
      ...mentioned(this.drafts),
      ...mentioned(this.effects),
    ])
    return [...this.#files.values()]
      .filter((file) => file.state !== 'failed' && !kept.has(file.id))
      .map((file) => file.id)
  }

  #turn(said: SaidInput): Turn {
    this.#turns += 1
    const base = { id: `t${this.#turns}`, chat: 'chat1', closedAt: this.now }
    if ('text' in said && !('files' in said)) {
      const saidAt = new Date(this.now.getTime() - (said.ahead ? 1 : 0))
      return { ...base, kind: 'text', text: said.text, saidAt }
    }
    if ('choice' in said) return { ...base, kind: 'choice', value: said.choice }
    if ('unsupported' in said) return { ...base, kind: 'unsupported', what: said.unsupported }
    if ('phone' in said) return { ...base, kind: 'phone', phone: said.phone }
    if ('system' in said) return { ...base, kind: 'system', ...this.#event(said.system) }
    const files = said.files.map((file) => this.#receive(file))
    this.#album = files.map((file) => file.id)
    return { ...base, kind: 'files', files, ...(said.text !== undefined && { text: said.text }) }
  }

  #receive(said: SaidFile): TurnFile {
    this.#received += 1
    const id = `f${this.#received}`
    const { file, after } = received(id, said)
    if (said.seen) this.#seen.set(id, { id, portrait: [], paper: [], offered: {}, ...said.seen })
    // what the stores say later is what became of it
    this.#files.set(id, said.slow ? file : after)
    if (said.slow) this.#slow.set(id, after)
    return file
  }

  #event(system: SaidEvent): SystemEvent {
    if (system.event === 'verdicts') {
      if ('files' in system) return system
      this.#verdicts = new Map(this.#seen)
      return { ...system, files: this.#album }
    }
    if (!('nth' in system))
      return system.event === 'reminder' ? { ...system, purgeOn: new Date(system.purgeOn) } : system
    const id = `f${system.nth}`
    this.#files.set(id, this.#slow.get(id) ?? this.#files.get(id)!)
    return { event: 'file', file: id, turn: `t${this.#turns}` }
  }

  #perform(effect: Effect, key: string): Heard[] {
    const reply = (one: Reply, values: ReplyValues = {}): Heard[] => [
      { text: filled(one.text, values), ...(one.choices && { choices: one.choices }) },
    ]
    switch (effect.kind) {
      case 'say':
        return reply(effect)
      case 'draft': {
        const { draft: id, step, answers } = effect
        if (id === `d${this.#ids + 1}`) this.#ids += 1
        const kept = draft({ id, step, answers }, this.now, this.office)
        this.drafts = [...this.drafts.filter((one) => one.id !== id), kept]
        return []
      }
      case 'discard':
        // the person asked for it: the files go with the draft
        for (const id of mentioned(this.drafts.find((one) => one.id === effect.draft))) this.#files.delete(id)
        this.drafts = this.drafts.filter((one) => one.id !== effect.draft)
        return []
      case 'submit':
        return this.#submit(effect, reply)
      case 'correct':
      case 'attach':
      case 'cancel':
        return this.#change(effect, reply)
      case 'register':
        return this.#register(effect, reply)
      case 'admit':
        if (this.coordinator && this.#fits(effect.invitation))
          this.coordinator = { ...this.coordinator, state: 'approved' }
        return reply(effect.reply[this.coordinator?.state === 'approved' ? 'approved' : 'pending'])
      case 'keep':
        for (const file of effect.files) this.#unmatched.add(file)
        return []
      case 'hear':
        this.#untold.push(effect.files)
        return []
      case 'notices':
        this.notices.push(effect.on)
        return []
      case 'phone':
        return []
      case 'help':
      case 'complain':
        this.#pleas += 1
        return reply(effect.reply, {
          number: this.#given.numbers?.[this.#pleas - 1] ?? `P${30 + this.#pleas}-3`,
          due: dayText(this.office, addDays(dateIn(this.office.hours.timeZone, this.now), 7)),
        })
    }
    throw new Error(`${key}: an effect of no kind`)
  }

  readonly #fits = (code: string): boolean => (this.#given.invitations ?? []).includes(code)

  #register(effect: Effect & { kind: 'register' }, reply: (one: Reply) => Heard[]): Heard[] {
    const { npsn, name, role, invitation } = effect
    const school = this.#schools.find((one) => one.npsn === npsn)
    if (!school) throw new Error(`a coordinator of an unknown school ${npsn}`)
    const state = school.sample || invitation !== undefined ? 'approved' : 'pending'
    this.coordinator = { id: 'c1', npsn, name, role, state, school }
    return reply(effect.reply[state])
  }

  #submit(effect: Effect & { kind: 'submit' }, reply: (one: Reply, values?: ReplyValues) => Heard[]): Heard[] {
    if (this.coordinator?.state !== 'approved') return reply(effect.reply.pending)
    const pupil = submittedPupil(effect.answers)
    const reason = REASONS.find((one) => one === effect.answers['reason']) ?? 'NEW'
    const double = this.applications.find((one) => isDouble(one, pupil, reason))
    if (double)
      return reply(effect.reply.duplicate, { existing: double.ticket, stage: stageName(this.office, double.stage) })
    if (effect.draft === `d${this.#ids + 1}`) this.#ids += 1
    this.drafts = this.drafts.filter((one) => one.id !== effect.draft)
    const position =
      (this.#given.queueLength ?? 0) + this.applications.filter((one) => one.stage === 'verification').length + 1
    const ticket = ticketOf(this.#tickets)
    this.#tickets += 1
    const at = this.now
    const documents = effect.files.map((file) => file.kind)
    const placed = { position, round: 14, submittedAt: at, updatedAt: at }
    this.applications.push(application({ id: effect.draft, ticket, pupil, reason, documents, ...placed }, at))
    return reply(effect.reply.queued, {
      ticket,
      position: String(position),
      estimate: estimateText(this.office, { from: at, to: new Date(at.getTime() + WORKING_HOURS_MS) }),
    })
  }

  #change(
    effect: Effect & { kind: 'correct' | 'attach' | 'cancel' },
    reply: (one: Reply, values?: ReplyValues) => Heard[],
  ): Heard[] {
    const at = this.applications.findIndex((one) => one.id === effect.application)
    const one = this.applications[at]
    if (!one || STAGES_DONE.includes(one.stage)) return reply(effect.reply.stale)
    const values = { ticket: one.ticket, position: String((this.#given.queueLength ?? 0) + 1) }
    if (effect.kind === 'attach') {
      this.applications[at] = { ...one, documents: [...one.documents, ...effect.files.map((file) => file.kind)] }
      return reply(one.claimed ? effect.reply.requested : effect.reply.attached, values)
    }
    if (effect.kind === 'cancel') {
      if (one.claimed) return reply(effect.reply.requested, values)
      this.applications[at] = { ...one, stage: 'cancelled' }
      return reply(effect.reply.cancelled, values)
    }
    if (one.stage !== 'returned') return reply(effect.reply.stale, values)
    this.applications[at] = {
      ...one,
      stage: 'verification',
      pupil: { ...one.pupil, ...effect.answers },
      returnReasons: [],
    }
    return reply(effect.reply.queued, values)
  }
}
