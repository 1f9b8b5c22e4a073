import type { CurrentOffice } from '../config/office-settings.ts'
import { eachOf } from '../config/each-of.ts'
import type { Log } from '../config/log.ts'
import { appraise } from './appraisal.ts'
import type { Typed } from './appraisal.ts'
import { bitsApart, isNear, twinFinding } from './duplicates.ts'
import type { Twin } from './duplicates.ts'
import type { Finding } from '../models/application/findings.ts'
import { forgetAppraisal } from '../models/application/appraisals.ts'
import type { Appraisals } from '../models/application/appraisals.ts'
import { applicationById } from '../models/application/changes.ts'
import type { ApplicationDocument } from '../models/application/kept.ts'
import type { Database } from '../models/store/connect.ts'
import { chatsOfSchools, chatToTell } from '../models/coordinator/coordinators.ts'
import type { Inbox } from '../models/chat/inbox.ts'
import type { FileLook, Looks } from '../models/file/looks.ts'
import { sameBytes, usesElsewhere } from '../models/file/twins.ts'
import type { Sealer } from '../models/store/sealing.ts'
import { LOOK_PATIENCE_MS } from '../models/file/verdict.ts'
import { pupilOf } from '../models/application/sealed.ts'
import type { Jobs } from '../queue/jobs.ts'

const BATCH = 20
const RETRY_MS = 30_000
/** Pictures of one school that a new one is compared with. */
const COMPARED = 2000
/** What a school is asked to send again after KIRIM: a portrait or a page that cannot be used. */
const ASKED_AGAIN = 1

export type AppraisingDeps = {
  database: Database
  sealer: Sealer
  office: CurrentOffice
  appraisals: Appraisals
  looks: Looks
  inbox: Pick<Inbox, 'tell'>
  jobs: Pick<Jobs, 'hint'>
  now: () => Date
  log: Log
  /** Tells open consoles that a case has changed. */
  onAppraised: (application: ApplicationDocument) => void
}

/**
 * Holds what looking at files came to against what the school typed, for every application that is marked: operators see
 * it. Where a look came only after KIRIM and nobody has the case yet, the school is asked once for another picture; the
 * request stands in the inbox under the application's own key, so that a repeated run asks no second time.
 */
export function createAppraising(deps: AppraisingDeps): () => Promise<void> {
  const { database, sealer, office, appraisals, looks, now, log } = deps

  async function one(mark: { id: string; due: Date }): Promise<void> {
    const application = await applicationById(database, mark.id)
    const pupil = application && pupilOf(application, sealer)
    if (!application || !pupil || application.purgedAt) return forgetAppraisal(database, mark.id)
    // while it is a draft its own conversation speaks of its files; submitting marks it anew
    if (application.stage === 'draft') return forgetAppraisal(database, mark.id)

    const documents = application.documents.filter((document) => document.supersededAt === undefined)
    const found = await looks.of(documents.map((document) => document.id))
    const typed: Typed = pupil
    const others = await twinsOf(application, documents, found)
    const waits = documents
      .filter((document) => !found.some((look) => look.id === document.id))
      .map(({ id, at }) => ({ id, until: at.getTime() + LOOK_PATIENCE_MS }))
      .filter(({ until }) => until > now().getTime())
    const waiting = new Set(waits.map(({ id }) => id))
    const appraised = appraise({ documents, looks: found, waiting, others, typed, office: office.current() })
    const findings = Object.values(appraised).flatMap((document) => document.findings)
    await askAgain(application, found, findings)
    const again = waits.length > 0 ? new Date(Math.min(...waits.map(({ until }) => until))) : undefined
    await appraisals.store(mark, { seq: application.seq, appraised, findings }, again)
    deps.onAppraised(application)
  }

  /** One message, once for an application, about the first file that cannot be used as it is. */
  async function askAgain(
    application: ApplicationDocument,
    found: readonly FileLook[],
    findings: readonly Finding[],
  ): Promise<void> {
    const { _id: id, stage, state, submittedAt } = application
    if (stage !== 'verification' || state === 'claimed' || !submittedAt) return
    const late = new Set(found.filter((look) => look.at > submittedAt).map((look) => look.id))
    const heavy = findings.filter(({ severity, document }) => severity === 'heavy' && document && late.has(document))
    for (const { code, document } of heavy.slice(0, ASKED_AGAIN)) {
      const file = application.documents.find((entry) => entry.id === document)
      if (!file) continue
      const { kind, page } = file
      const recipient = await chatToTell(database, application)
      if (!recipient) return
      await deps.inbox.tell(recipient.chat, `retake/${id}`, {
        event: 'retake',
        application: id,
        file: file.id,
        of: kind,
        page,
        code,
      })
      deps.jobs.hint('mailbox', recipient.chat)
    }
  }

  async function twinsOf(
    application: ApplicationDocument,
    documents: ApplicationDocument['documents'],
    found: readonly FileLook[],
  ): Promise<Map<string, Finding[]>> {
    const { _id: id, chat, npsn, nikHash } = application
    const result = new Map<string, Finding[]>()
    if (nikHash === undefined) return result
    const ids = documents.map((document) => document.id)
    const equal = await sameBytes(database, ids)
    // colleagues, and one person on two channels, send pictures of the same classes
    const chats = new Set([chat, ...(await chatsOfSchools(database, [npsn]))])
    const hashes = await looks.hashesOf([...chats], COMPARED)
    const own = new Map(
      found.flatMap(({ id: file, look }) => (look?.opened ? [[file, look.pictureHash] as const] : [])),
    )
    const near = [...own].flatMap(([as, hash]) =>
      hashes
        .filter((other) => !ids.includes(other.id) && isNear(hash, other.hash))
        .map((other) => ({ file: other.id, as, bits: bitsApart(hash, other.hash) })),
    )
    const uses = await usesElsewhere(
      database,
      [...ids, ...equal.map(({ file }) => file), ...near.map(({ file }) => file)],
      { application: id, nikHash },
    )
    for (const { id: file, kind } of documents) {
      const twins = uses.flatMap((use): Twin[] => {
        const bytes = use.file === file || equal.some((one) => one.as === file && one.file === use.file)
        if (bytes) return [{ kind: use.kind, ticket: use.ticket, how: { bytes: true } }]
        const alike = near.find((one) => one.as === file && one.file === use.file)
        return alike ? [{ kind: use.kind, ticket: use.ticket, how: { bits: alike.bits } }] : []
      })
      const finding = twinFinding(kind, twins)
      if (finding) result.set(file, [finding])
    }
    return result
  }

  return async () => {
    await eachOf(
      await appraisals.due(BATCH),
      {
        log,
        what: 'an appraisal failed',
        ids: ({ id }) => ({ application: id }),
        failed: ({ id }) => appraisals.mark(id, new Date(now().getTime() + RETRY_MS)),
      },
      one,
    )
  }
}
