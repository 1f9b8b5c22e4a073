import type { Office } from '../../src/config/office-schema.ts'
import type { ApplicationFact, DraftFact, Facts } from '../../src/conversation/facts.ts'
import type { ApplicationReason, Pupil, Stage } from '../../src/models/application/application.ts'
import type { Choice, UnsupportedKind } from '../../src/models/chat/message.ts'
import type { School } from '../../src/models/school/school.ts'
import type { Answers } from '../../src/models/chat/session.ts'
import { ticketOf } from '../../src/models/application/ticket.ts'
import type { FileVerdict } from '../../src/models/file/verdict.ts'
import type { ReplyValues, SystemEvent, TurnFile } from '../../src/models/chat/turn.ts'

/** One file of a fixture: `fails` ends as a named failure, `late` is still downloading when its turn is answered. */
export type SaidFile = {
  name?: string
  caption?: string
  fails?: TurnFile['failure'] | true
  late?: true
  /** Late, and still on its way until the event about it. */
  slow?: true
  /** What looking at it comes to, known from the `verdicts` event on; nothing: it is not looked at in time. */
  seen?: Partial<Omit<FileVerdict, 'id'>>
}
export type SaidInput =
  /** `ahead`: it came in before the last question was asked. */
  | { text: string; ahead?: true }
  | { choice: string }
  | { files: readonly SaidFile[]; text?: string }
  | { unsupported: UnsupportedKind }
  | { phone: string }
  | { system: SaidEvent }

/** `file`: what became of the n-th file of the world that was late; `verdicts` without files: of the last album. */
export type SaidEvent = SystemEvent | { event: 'file'; nth: number } | { event: 'verdicts' }

export type Heard = { text: string; choices?: readonly Choice[] }
export type GivenApplication = Partial<ApplicationFact> & { ticket: string; name?: string }
export type GivenDraft = Omit<Partial<DraftFact>, 'updatedAt' | 'purgeOn'> & {
  id: string
  answers: Answers
  updatedAt?: string
}
/** What a world begins with, as fixtures write it. */
export type Given = {
  flow?: string
  step?: string
  answers?: Answers
  memory?: Answers
  /** null: nobody whom we know. */
  coordinator?: Partial<NonNullable<Facts['coordinator']>> | null
  school?: Partial<School>
  drafts?: readonly GivenDraft[]
  applications?: readonly GivenApplication[]
  /** Invitation codes that fit any school of this world. */
  invitations?: readonly string[]
  niksElsewhere?: readonly string[]
  servedRound?: number
  /** The ticket that the next submission gets: `B417-6` is number 1217. */
  nextTicket?: string
  /** The numbers that requests and complaints get, in order. */
  numbers?: readonly string[]
  queueLength?: number
  /** The service looks at files. */
  looking?: boolean
  /** What this office asks beside the usual. */
  questions?: Office['questions']
  /** From which age this office asks whether a pupil is married. */
  askMarriedFrom?: number
}

/** The school of whoever a world does not say it of. */
export const SCHOOL: School = {
  npsn: '69900014',
  name: 'SDN Contoh 14',
  kecamatan: 'Paringin',
  enrolled: 140,
  sample: true,
}

const DAY_MS = 86_400_000
export const STAGES_DONE: readonly Stage[] = ['received', 'rejected', 'cancelled']

/** A draft with what a fixture leaves out. */
export function draft(given: GivenDraft, now: Date, office: Office): DraftFact {
  const updatedAt = new Date(given.updatedAt ?? now)
  const purgeOn = new Date(updatedAt.getTime() + office.retention.drafts * DAY_MS)
  return { id: given.id, step: given.step ?? 'documents', answers: given.answers, updatedAt, purgeOn }
}

/** An application with what a fixture leaves out. */
export function application(given: GivenApplication, now: Date): ApplicationFact {
  const { name = 'Murid Rekaan', ...rest } = given
  return {
    id: given.ticket,
    pupil: { name, nik: '6311060107150001', birthDate: '2015-07-01', class: '4A' },
    reason: 'NEW',
    stage: 'verification',
    claimed: false,
    position: null,
    round: null,
    returnReasons: [],
    documents: [],
    ...rest,
    submittedAt: new Date(given.submittedAt ?? now),
    updatedAt: new Date(given.updatedAt ?? now),
  }
}

/** A file as its turn brings it, and what becomes of it. */
export function received(id: string, said: SaidFile): { file: TurnFile; after: TurnFile } {
  const { name, caption } = said
  const failure = said.fails === true ? 'download-failed' : said.fails
  const file: TurnFile = {
    id,
    state: 'stored',
    mediaType: 'image/jpeg',
    ...(name !== undefined && { name }),
    ...(caption !== undefined && { caption }),
  }
  const after: TurnFile = failure ? { ...file, state: 'failed', failure } : file
  return { file: said.late || said.slow ? { ...file, state: 'waiting' } : after, after }
}

/** A reply with what only its effect knew. */
export function filled(template: string, values: ReplyValues): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name as keyof ReplyValues] ?? whole)
}

export function isDouble(one: ApplicationFact, pupil: Pupil, reason: ApplicationReason): boolean {
  return one.pupil.nik === pupil.nik && one.reason === reason && !STAGES_DONE.includes(one.stage)
}

export function filesOf(answers: Answers | undefined): { id: string; state: TurnFile['state'] }[] {
  return (answers?.['files'] as { id: string; state: TurnFile['state'] }[] | undefined) ?? []
}

export function mentioned(value: unknown): string[] {
  return [...JSON.stringify(value ?? null).matchAll(/"(f\d+)"/g)].map((match) => match[1]!)
}

export function numberOf(ticket: string): number {
  for (let n = 0; n < 30_000; n++) if (ticketOf(n) === ticket) return n
  throw new Error(`no ticket ${ticket}`)
}
