import { differences, flowOf } from '../../models/application/application.ts'
import { legalTargets } from '../../models/application/transitions.ts'
import type { ApplicationReason, Pupil, Stage, StoredDocument } from '../../models/application/application.ts'
import type { Given } from '../../models/consent/consent.ts'
import { keepStatement } from '../../models/consent/consents.ts'
import type { Finding } from '../../models/application/findings.ts'
import { Refusal, isDuplicateKey } from '../../models/store/errors.ts'
import { applicationById, entryOf, insertApplication, transition } from '../../models/application/changes.ts'
import type { Changes, Move } from '../../models/application/changes.ts'
import type { ApplicationDocument } from '../../models/application/kept.ts'
import { nextTicket } from '../../models/application/tickets.ts'
import { nameKeys } from '../../models/identity/name-keys.ts'
import { pupilOf, storedFindings } from '../../models/application/sealed.ts'
import { change, done, sealEntry } from '../context.ts'
import type { QueueContext } from '../context.ts'
import { corrected } from './documents.ts'
import { blank } from '../../models/application/drafts.ts'
import { openKeyOf } from '../../models/application/open.ts'
import type { OpenApplications } from '../../models/application/open.ts'
import type { Cases } from '../lists/cases.ts'
import type { Places } from '../fairness/places.ts'

export type Submission = {
  /** The id of the draft, and of the application from then on. */
  draft: string
  coordinator: string
  chat: string
  npsn: string
  reason: ApplicationReason
  pupil: Pupil
  documents: readonly StoredDocument[]
  findings: readonly Finding[]
  consent: Given
  /** One submission has one transaction id, however often it is tried. */
  transactionId: string
}
export type Correction = {
  application: string
  /** The coordinator who corrects. */
  by: string
  pupil: Pupil
  /** New files; each replaces what was there of its kind, all pages; `other` ones come as further pages. */
  documents: readonly StoredDocument[]
  findings: readonly Finding[]
  /** Return reasons that others (parent, office) have dealt with. */
  done: readonly string[]
  transactionId: string
}
/** The other open application of this pupil and reason. */
export type Duplicate = { outcome: 'duplicate'; application: string; ticket: string; stage: Stage }
export type Queued = { outcome: 'queued'; application: string; ticket: string; position: number; round: number }

type Needs = {
  places: Pick<Places, 'driveOn'>
  cases: Pick<Cases, 'placeOf'>
  open: OpenApplications
}
/** The other side is told nothing, and neither is this one: an operator sees the finding. */
const ELSEWHERE: Finding = { code: 'NIK_ELSEWHERE', severity: 'heavy', field: 'nik' }
/** No parent's own consent is there, only the school's word for it. */
const SCHOOL_ONLY = 'CONSENT_SCHOOL_ONLY'

/** Fields of the earlier round that a correction leaves behind. */
const FORGOTTEN = [
  'key',
  'start',
  'served',
  'returnReasons',
  'returnNote',
  'undo',
  'attention',
  'remindedAt',
  'reminders',
] as const

/** What lets a returned application queue anew, with one round of credit and nothing left of the earlier round. */
export function queueAnew(
  application: ApplicationDocument,
  at: Date,
): Changes & Required<Pick<Changes, 'set' | 'unset'>> {
  return {
    set: {
      state: 'unkeyed',
      flow: flowOf(application.npsn, true),
      corrected: true,
      place: placeName(application),
      requests: [],
      skip: [],
      releases: 0,
      relayDue: at,
    },
    unset: FORGOTTEN,
  }
}

export function createSubmissions(context: QueueContext, { places, cases, open }: Needs) {
  const { database, sealer, now } = context

  async function queued(application: ApplicationDocument): Promise<Queued> {
    await places.driveOn(application)
    const { position, round } = await cases.placeOf(application._id)
    return { outcome: 'queued', application: application._id, ticket: application.ticket!, position, round }
  }
  /** The answers as they are stored, and the key that keeps the pupil to one open application. */
  async function stored(npsn: string, reason: ApplicationReason, pupil: Pupil, findings: readonly Finding[]) {
    const nikHash = sealer.lookup('nik', pupil.nik)
    return {
      pupil: sealer.sealJson(pupil),
      nikHash,
      nameKeys: nameKeys(sealer, pupil.name),
      ...(pupil.kk === undefined ? {} : { kkHash: sealer.lookup('kk', pupil.kk) }),
      openKey: openKeyOf(npsn, nikHash, reason),
      ...storedFindings(withSchoolOnly(await withElsewhere(findings, npsn, pupil.nik)), sealer),
    }
  }
  /** As heavy as the office takes it in this round. */
  function withSchoolOnly(findings: readonly Finding[]): readonly Finding[] {
    const { schoolOnly: severity } = context.office.current().consents
    const others = findings.filter(({ code }) => code !== SCHOOL_ONLY)
    return severity === 'none' ? others : [...others, { code: SCHOOL_ONLY, severity }]
  }
  /** The conversation looked when the pupil was typed; this looks again when it is written. */
  async function withElsewhere(findings: readonly Finding[], npsn: string, nik: string): Promise<readonly Finding[]> {
    const known = findings.some((f) => f.code === ELSEWHERE.code)
    return !known && (await open.withNik(npsn, nik)).elsewhere ? [...findings, ELSEWHERE] : findings
  }
  async function duplicate(openKey: string): Promise<Duplicate | null> {
    const other = await open.byKey(openKey)
    if (!other) return null
    const { application, ticket, stage } = other
    return { outcome: 'duplicate', application, ticket, stage }
  }
  /** What `write` gives; the other open application where there is one; null where somebody was first. */
  async function writeOrDuplicate<T>(openKey: string, write: () => Promise<T>): Promise<T | Duplicate | null> {
    try {
      return await write()
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      return duplicate(openKey)
    }
  }
  /** Null where somebody was first. */
  async function finished(written: ApplicationDocument | Duplicate | null): Promise<Queued | Duplicate | null> {
    return written === null || 'outcome' in written ? written : queued(written)
  }

  /**
   * What KIRIM stated outlives the application as a row of its own, written behind it: a submission that was cut off
   * between the two is made again by its turn.
   */
  function stated({ _id: subject, ticket }: ApplicationDocument, { consent: given }: Submission): Promise<void> {
    return keepStatement(context, { subject, ticket, given })
  }

  async function submitted(the: Submission, before: ApplicationDocument | null): Promise<Queued | Duplicate | null> {
    const { reason, coordinator, chat } = the
    // whoever was moved meanwhile submits for the school that the draft was begun for
    const npsn = before?.npsn ?? the.npsn
    const at = now()
    const answers = await stored(npsn, reason, the.pupil, the.findings)
    const other = await duplicate(answers.openKey)
    if (other) return other
    const from = before ?? { ...blank(at), _id: the.draft, rev: 0, stage: 'draft', npsn, coordinator, chat, reason }
    const set = {
      ...answers,
      coordinator,
      chat,
      npsn,
      reason,
      ticket: await nextTicket(database),
      state: 'unkeyed',
      flow: flowOf(npsn, false),
      place: placeName(from),
      documents: [...the.documents],
      submittedAt: at,
      relayDue: at,
    } satisfies Partial<ApplicationDocument>
    const by = { kind: 'coordinator', id: coordinator } as const
    const move: Move = { action: 'submit', by, to: 'verification', at, transactionId: the.transactionId }
    const written = await writeOrDuplicate(answers.openKey, async () => {
      if (before) return transition(database, before, move, { set, unset: ['draft'] })
      const history = [entryOf(from, move)]
      const whole: ApplicationDocument = { ...from, ...set, rev: 1, seq: 1, stage: 'verification', history }
      await insertApplication(database, whole)
      return whole
    })
    if (written && !('outcome' in written)) await stated(written, the)
    return finished(written)
  }

  return {
    /** Takes one place, ever, for this draft. `duplicate` names the open application of the same pupil and reason. */
    async submit(submission: Submission): Promise<Queued | Duplicate> {
      for (;;) {
        const before = await applicationById(database, submission.draft)
        // a draft becomes one application: whoever submits it again hears of that one
        if (before?.ticket !== undefined) {
          await stated(before, submission)
          return queued(before)
        }
        if (before && before.stage !== 'draft') {
          throw new Refusal('conflict', 'the draft was given up', { application: before._id, stage: before.stage })
        }
        const result = await submitted(submission, before)
        // two runs of one turn at once: the open application that stands in the way is this very one
        const own = result?.outcome === 'duplicate' && result.application === submission.draft
        if (result && !own) return result
      }
    },
    /** After a return: back into verification with one round of credit, same ticket. Refusals: not-found, conflict. */
    resubmit: (the: Correction): Promise<Queued | Duplicate> =>
      change(context, the.application, async (before) => {
        const { _id: application, stage, npsn, reason } = before
        if (done(before, the.transactionId)) return queued(before)
        if (!legalTargets(stage, 'resubmit', 'school').includes('verification')) {
          throw new Refusal('conflict', 'the application is not returned', { application, stage })
        }
        const at = now()
        const answers = await stored(npsn, reason, the.pupil, the.findings)
        const move: Move = {
          action: 'resubmit',
          by: { kind: 'coordinator', id: the.by },
          to: 'verification',
          at,
          transactionId: the.transactionId,
          reasons: the.done,
          sealed: sealEntry(context, differences(pupilOf(before, sealer), the.pupil)),
        }
        const { set, unset } = queueAnew(before, at)
        const changes: Changes = {
          set: { ...set, ...answers, documents: corrected(before.documents, the.documents, at) },
          unset: the.pupil.kk === undefined ? [...unset, 'kkHash'] : unset,
        }
        return finished(await writeOrDuplicate(answers.openKey, () => transition(database, before, move, changes)))
      }),
  }
}

function placeName(application: Pick<ApplicationDocument, '_id' | 'seq'>): string {
  return `${application._id}/${application.seq + 1}`
}
