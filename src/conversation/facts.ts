import type { Office } from '../config/office-schema.ts'
import type { ApplicationReason, DocumentKind, Pupil, Stage } from '../models/application/application.ts'
import type { Coordinator } from '../models/coordinator/coordinator.ts'
import type { School } from '../models/school/school.ts'
import { parseNpsn } from '../models/school/school.ts'
import type { Answers, Session } from '../models/chat/session.ts'
import { parseTicket } from '../models/application/ticket.ts'
import type { Turn, TurnFile } from '../models/chat/turn.ts'
import type { FileVerdict } from '../models/file/verdict.ts'
import { readGlobal, startPayload } from './reading/commands.ts'

/**
 * What the world has to say before a turn is decided: `wants` names it, the loader asks the stores, `advance` reads
 * the answer. Nothing here is remembered between turns.
 */
export type FactsQuery = {
  /** The school that is being named or was named and is not yet confirmed. */
  npsn?: string
  /** An invitation code that was typed, to be checked for `npsn` or the school of who waits (counts one try). */
  invitation?: string
  /** NIKs that were typed, or are in the answers: which have open applications? */
  niks: readonly string[]
  /** Tickets that were named. */
  tickets: readonly string[]
  /** Whether the coordinator's applications are needed: lists, corrections, cancelling, the day's tickets. */
  applications: boolean
  /** Files whose present state decides: received earlier and not yet downloaded then. */
  files: readonly string[]
  /** Files of which it matters now what looking at them came to. */
  looks: readonly string[]
}

/** A draft of this coordinator: the application in stage `draft`, opened. */
export type DraftFact = {
  /** The application's id. */
  id: string
  step: string
  answers: Answers
  updatedAt: Date
  purgeOn: Date
}

/** An application of this coordinator (or of the school whose substitute they are), submitted and not purged. */
export type ApplicationFact = {
  id: string
  ticket: string
  pupil: Pupil
  reason: ApplicationReason
  stage: Stage
  /** Somebody at the office has it open: changes become requests. */
  claimed: boolean
  /** Place among the queued of its stage, from 1; null where it is not queued. */
  position: number | null
  round: number | null
  submittedAt: Date
  updatedAt: Date
  /** Codes of the return that is open. */
  returnReasons: readonly string[]
  /** What its files are, one for each that was not replaced. */
  documents: readonly DocumentKind[]
}

/** What the world may tell at decision time. All of it plain data. */
export type Facts = {
  office: Office
  /** Whoever speaks in this chat, with the school; null before they have registered. */
  coordinator: (Pick<Coordinator, 'id' | 'npsn' | 'name' | 'role' | 'state'> & { school: School }) | null
  /** The school of `query.npsn`; null where it is unknown. */
  school: School | null
  /** Of `query.invitation`, and whether it fits the school; null where none was asked, or nobody needs one. */
  invitation: { code: string; fits: boolean } | null
  /** Latest first. */
  drafts: readonly DraftFact[]
  /** Empty where `query.applications` was false and no ticket was named. Newest first. */
  applications: readonly ApplicationFact[]
  /** Open applications of this school for `query.niks`; none while the coordinator is not approved. */
  openNiks: readonly { nik: string; reason: ApplicationReason; ticket: string; stage: Stage }[]
  /** Those of `query.niks` that another school has open: a finding for the office, never said to anybody. */
  niksElsewhere: readonly string[]
  /** Present state of `query.files` and of `waitingFiles` of the drafts; the turn's own files are in the turn. */
  files: readonly TurnFile[]
  /** Whether this office's service looks at files. */
  looking: boolean
  /** What looking at `query.looks` and at `checkedFiles` of the drafts came to; those not looked at yet are missing. */
  verdicts: readonly FileVerdict[]
  /** The round that is being served; null while nothing was. */
  servedRound: number | null
  /** A fresh id for an application, in case that this turn opens a draft. */
  draftId: string
}

const INVITATION = /^(?=.*\d)[A-Z0-9-]{6,24}$/
/** As the office gives them out (`KQWR-4827`), with nothing else in the message. */
const CODE = /^\s*[A-Z]{4}\s?-?\s?\d{4}\s*$/i
const APPLICATION_FLOWS = ['correct', 'cancel', 'menu']
const APPLICATION_STEPS = ['nextPupil', 'forWhom']
const MOST_NIKS = 8

/** Which questions the turn raises. Pure, and generous: a value too many costs one look-up. */
export function wants(session: Session | null, turn: Turn): FactsQuery {
  const said = saidBy(turn)
  const answers = session?.answers ?? {}
  const query: { -readonly [K in keyof FactsQuery]: FactsQuery[K] } = {
    niks: [...new Set([...nikLike(said), ...strings(answers['nik']), ...clarified(answers)])].slice(0, MOST_NIKS),
    tickets: ticketsIn(said),
    applications: wantsApplications(session, turn, said),
    files: session ? waitingFiles(session.answers) : [],
    looks: session ? checkedFiles(session.answers) : [],
  }
  if (turn.kind === 'system' && turn.event === 'verdicts') query.looks = [...new Set([...query.looks, ...turn.files])]
  if (turn.kind === 'system' && turn.event === 'file') query.files = [...new Set([...query.files, turn.file])]
  const naming = session?.step === 'npsn' || session?.step === 'confirmSchool'
  const npsn = (naming ? npsnIn(said) : undefined) ?? strings(answers['npsn'])[0] ?? npsnIn(said)
  if (npsn) query.npsn = npsn
  const code = invitationIn(session, said)
  if (code) query.invitation = code
  return query
}

/** The text of a turn, whatever it came as; empty where it has none. */
export function saidBy(turn: Turn): string {
  if (turn.kind === 'text') return turn.text
  if (turn.kind === 'choice') return turn.value
  if (turn.kind === 'files') return turn.text ?? ''
  return ''
}

/** Wherever a list, a ticket or the day may be spoken of: typed words are read as the engine reads them. */
function wantsApplications(session: Session | null, turn: Turn, said: string): boolean {
  if (!session || turn.kind === 'system' || turn.kind === 'files') return true
  if (APPLICATION_FLOWS.includes(session.flow) || APPLICATION_STEPS.includes(session.step)) return true
  return session.memory['page'] !== undefined || readGlobal(said) !== undefined
}

/** NIKs between which the person has been asked to choose. */
function clarified(answers: Answers): string[] {
  return nikLike(JSON.stringify(answers['clarify'] ?? ''))
}

/** Sixteen digits, with the spaces, dots and dashes that people put between them. */
function nikLike(said: string): string[] {
  return [...said.matchAll(/(?<!\d)\d(?:[ .-]?\d){15}(?!\d)/g)].map((m) => m[0].replaceAll(/\D/g, ''))
}

function npsnIn(said: string): string | undefined {
  const match = /(?<![A-Z0-9])(?:[PK]\d{7}|\d{8})(?!\d)/i.exec(said.replaceAll(/(?<=\d)[ .-](?=\d)/g, ''))
  return match ? parseNpsn(match[0]) : undefined
}

function ticketsIn(said: string): string[] {
  const found = [...said.matchAll(/(?<![A-Z0-9])(?:[A-Z]|8(?=\d{4}))[ .-]?\d{3,}(?:[ .-]?\d)?(?!\d)/gi)]
  return [...new Set(found.map((m) => parseTicket(m[0])).filter((t) => t !== undefined))]
}

/** At the step `invitation` whatever looks like a code; `/start CODE` anywhere, and once registered a code alone. */
function invitationIn(session: Session | null, said: string): string | undefined {
  const late = session?.flow === 'register' ? undefined : CODE.exec(said)?.[0]
  const payload = startPayload(said) ?? late?.replaceAll(/[\s-]/g, '').replace(/^\w{4}/, '$&-')
  // a code counts as a try whenever it is asked about: only where the answer decides
  const kept = session?.step === 'confirmSchool' ? strings(session.memory['invitation'])[0] : undefined
  const typed = session?.step === 'invitation' ? said.replaceAll(/\s/g, '') : undefined
  return [payload, typed, kept].map((c) => c?.toUpperCase()).find((c) => c !== undefined && INVITATION.test(c))
}

/** Ids of files that answers still list as downloading; those of parked drafts are asked for as well. */
export function waitingFiles(answers: Answers): string[] {
  const listed = [answers['files'], answers['loose']].filter((files) => Array.isArray(files)).flat() as unknown[]
  return listed.flatMap((file) =>
    typeof file === 'object' && file && 'id' in file && 'state' in file && file.state === 'waiting'
      ? strings(file.id)
      : [],
  )
}

/** Ids of files that answers list as being looked at. */
export function checkedFiles(answers: Answers): string[] {
  const checking = answers['checking']
  const files = typeof checking === 'object' && checking && 'files' in checking ? checking.files : []
  return Array.isArray(files) ? files.flatMap(strings) : []
}

function strings(value: unknown): string[] {
  return typeof value === 'string' && value ? [value] : []
}
