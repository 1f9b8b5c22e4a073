import type { ApplicationReason, Consent, Finding, Pupil, Stage, StoredDocument } from '../models/application.ts'
import { OPEN_STAGES, legalTargets } from '../models/application.ts'
import { Refusal, isDuplicateKey } from '../models/errors.ts'
import { applicationById, entryOf, insertApplication, transition } from '../models/mongo/applications.ts'
import type { Changes, Move } from '../models/mongo/applications.ts'
import { applications } from '../models/mongo/application-schema.ts'
import type { ApplicationDocument } from '../models/mongo/application-schema.ts'
import { nextTicket } from '../models/mongo/tickets.ts'
import { pupilOf, storedFindings } from './case.ts'
import { announce, change, sealEntry } from './context.ts'
import type { QueueContext } from './context.ts'
import { blank } from './drafts.ts'
import { flowOf } from './fairness.ts'
import type { Lists } from './lists.ts'
import type { Places } from './places.ts'

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
  consent: Consent
  /** One submission has one transaction id, however often it is tried. */
  transactionId: string
}
export type Correction = {
  application: string
  /** The coordinator who corrects. */
  by: string
  pupil: Pupil
  /** New files; each replaces what was there of its kind, all pages. */
  documents: readonly StoredDocument[]
  findings: readonly Finding[]
  /** Return reasons that others (parent, office) have dealt with. */
  done: readonly string[]
  transactionId: string
}
export type Queued = { outcome: 'queued'; application: string; ticket: string; position: number; round: number }
export type Duplicate = { outcome: 'duplicate'; application: string; ticket: string; stage: Stage }

export type Submissions = {
  /** Takes one place, ever, for this draft. `duplicate` names the open application of the same pupil and reason. */
  submit(submission: Submission): Promise<Queued | Duplicate>
  /** After a return: back into verification with one round of credit, same ticket. Refusals: not-found, conflict. */
  resubmit(correction: Correction): Promise<Queued | Duplicate>
  /** The open application of this pupil at this school for this reason. */
  openByNik(
    npsn: string,
    nikHash: string,
    reason: ApplicationReason,
  ): Promise<{ application: string; ticket: string; stage: Stage } | null>
}

const OTHER_SCHOOL: Finding = { code: 'NIK_AT_OTHER_SCHOOL', severity: 'check', field: 'nik' }

export function createSubmissions(context: QueueContext, places: Places, lists: Pick<Lists, 'placeOf'>): Submissions {
  const { database, sealer, now } = context
  const model = applications(database)

  async function queued(application: ApplicationDocument): Promise<Queued> {
    await places.driveOn(application)
    const { position, round } = await lists.placeOf(application._id)
    return { outcome: 'queued', application: application._id, ticket: application.ticket!, position, round }
  }
  async function byOpenKey(openKey: string): Promise<Duplicate | null> {
    const other = await model.findOne({ openKey }).lean<ApplicationDocument>()
    return other && { outcome: 'duplicate', application: other._id, ticket: other.ticket!, stage: other.stage }
  }
  /** The other side is told nothing, and neither is this one: an operator sees the finding. */
  async function withOtherSchools(findings: readonly Finding[], npsn: string, nikHash: string) {
    const elsewhere = await model.exists({ nikHash, npsn: { $ne: npsn }, stage: { $in: OPEN_STAGES } })
    return elsewhere ? [...findings, OTHER_SCHOOL] : findings
  }
  /** Null where somebody was first. */
  async function writeOrDuplicate<T>(openKey: string, write: () => Promise<T>): Promise<T | Duplicate | null> {
    try {
      return await write()
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      return byOpenKey(openKey)
    }
  }

  async function submitted(
    submission: Submission,
    before: ApplicationDocument | null,
  ): Promise<Queued | Duplicate | null> {
    const { draft, npsn, reason, pupil, documents, consent, coordinator, chat, transactionId } = submission
    const at = now()
    const nikHash = sealer.lookup('nik', pupil.nik)
    const openKey = openKeyOf(npsn, nikHash, reason)
    const open = await byOpenKey(openKey)
    if (open) return open
    const from = before ?? {
      ...blank(at),
      _id: draft,
      rev: 0,
      stage: 'draft' as const,
      npsn,
      coordinator,
      chat,
      reason,
    }
    const set = {
      coordinator,
      chat,
      npsn,
      reason,
      ticket: await nextTicket(database),
      state: 'unkeyed' as const,
      flow: flowOf(npsn, false),
      place: placeName(from),
      pupil: sealer.sealJson(pupil),
      nikHash,
      openKey,
      ...storedFindings(await withOtherSchools(submission.findings, npsn, nikHash), sealer),
      documents: [...documents],
      consent: { ...consent, evidence: sealer.seal(consent.evidence) },
      submittedAt: at,
      relayDue: at,
    }
    const move: Move = {
      action: 'submit',
      by: { kind: 'coordinator', id: coordinator },
      to: 'verification',
      at,
      transactionId,
    }
    const written = await writeOrDuplicate(openKey, async () => {
      if (before) return transition(database, before, move, { set, unset: ['draft'] })
      const whole: ApplicationDocument = {
        ...from,
        ...set,
        rev: 1,
        seq: 1,
        stage: 'verification',
        history: [entryOf(from, move)],
      }
      await insertApplication(database, whole)
      return whole
    })
    if (written === null || 'outcome' in written) return written
    announce(context, written)
    return queued(written)
  }

  return {
    async submit(submission) {
      for (;;) {
        const before = await applicationById(database, submission.draft)
        // a draft becomes one application: whoever submits it again hears of that one
        if (before && before.stage !== 'draft') {
          if (before.ticket === undefined)
            throw new Refusal('conflict', 'the draft was given up', { application: before._id })
          return queued(before)
        }
        const result = await submitted(submission, before)
        if (result) return result
      }
    },
    resubmit: (correction) =>
      change(context, correction.application, async (before) => {
        const replay = before.history.some((e) => e.transactionId === correction.transactionId)
        if (replay) return queued(before)
        if (!legalTargets(before.stage, 'resubmit', 'school').includes('verification')) {
          throw new Refusal('conflict', 'the application is not returned', {
            application: before._id,
            stage: before.stage,
          })
        }
        const at = now()
        const nikHash = sealer.lookup('nik', correction.pupil.nik)
        const openKey = openKeyOf(before.npsn, nikHash, before.reason)
        const move: Move = {
          action: 'resubmit',
          by: { kind: 'coordinator', id: correction.by },
          to: 'verification',
          at,
          transactionId: correction.transactionId,
          reasons: correction.done,
          sealed: sealEntry(context, differences(pupilOf(before, sealer), correction.pupil)),
        }
        const changes: Changes = {
          set: {
            state: 'unkeyed',
            flow: flowOf(before.npsn, true),
            place: placeName(before),
            pupil: sealer.sealJson(correction.pupil),
            nikHash,
            openKey,
            ...storedFindings(await withOtherSchools(correction.findings, before.npsn, nikHash), sealer),
            documents: replaced(before.documents, correction.documents, at),
            requests: [],
            skip: [],
            releases: 0,
            relayDue: at,
          },
          unset: [
            'key',
            'start',
            'served',
            'returnReasons',
            'returnNote',
            'undo',
            'attention',
            'remindedAt',
            'reminders',
          ],
        }
        const written = await writeOrDuplicate(openKey, () => transition(database, before, move, changes))
        if (written === null || 'outcome' in written) return written
        announce(context, written)
        return queued(written)
      }),
    async openByNik(npsn, nikHash, reason) {
      const open = await byOpenKey(openKeyOf(npsn, nikHash, reason))
      return open && { application: open.application, ticket: open.ticket, stage: open.stage }
    },
  }
}

export function openKeyOf(npsn: string, nikHash: string, reason: ApplicationReason): string {
  return `${npsn}/${nikHash}/${reason}`
}

/** Old files of a kind that came again stay, marked: the history shows them. */
export function replaced(
  before: readonly StoredDocument[],
  fresh: readonly StoredDocument[],
  at: Date,
): StoredDocument[] {
  const kinds = new Set(fresh.map((d) => d.kind))
  return [...before.map((d) => (kinds.has(d.kind) && !d.supersededAt ? { ...d, supersededAt: at } : d)), ...fresh]
}

/** What changed between two versions of a pupil, for the sealed part of the history. */
export function differences(before: Pupil | null, after: Pupil): { before?: Partial<Pupil>; after?: Partial<Pupil> } {
  const names = Object.keys({ ...before, ...after }) as (keyof Pupil)[]
  const changed = names.filter((name) => before?.[name] !== after[name])
  if (changed.length === 0) return {}
  const pick = (pupil: Pupil | null) =>
    Object.fromEntries(changed.flatMap((name) => (pupil?.[name] === undefined ? [] : [[name, pupil[name]]])))
  return { before: pick(before), after: pick(after) }
}

function placeName(application: Pick<ApplicationDocument, '_id' | 'seq'>): string {
  return `${application._id}/${application.seq + 1}`
}
