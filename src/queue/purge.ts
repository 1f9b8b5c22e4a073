import { eachOf } from '../config/each-of.ts'
import type { Log } from '../config/log.ts'
import type { CurrentOffice } from '../config/office-settings.ts'
import { afterQuiet } from '../config/quiet-hours.ts'
import type { Stage } from '../models/application/application.ts'
import type { ApplicationDocument } from '../models/application/kept.ts'
import type { Database } from '../models/store/connect.ts'
import type { Sealer } from '../models/store/sealing.ts'
import { forgetAppraisal } from '../models/application/appraisals.ts'
import { pupilOf } from '../models/application/sealed.ts'
import { clearRestored, restoredAt } from '../models/store/data-version.ts'
import { deleteWebchat, deleteWhatsappSent, emptyMessages, forgetStrangers } from '../models/chat/purge.ts'
import { forgetConsents, outliveSubject } from '../models/consent/consents.ts'
import { forgetLook } from '../models/file/looks.ts'
import { forgetGroups } from '../models/notice/groups.ts'
import { emptyPleas } from '../models/plea/pleas.ts'
import {
  agedApplications,
  blobsInUse,
  cancelReturned,
  dropFile,
  emptyApplication,
  emptyViews,
  finishPurge,
  giveUpDraft,
  markedFiles,
  markFiles,
  markUnmatched,
  noteReminder,
  releaseStale,
} from '../models/application/purge.ts'
import { forgetWhatsappStrangers } from '../models/whatsapp/people.ts'
import { announce } from './context.ts'
import type { QueueEvent } from './context.ts'
import { isOfficesTurn } from './work/outcome.ts'
import { addDays, daysKept, draftDue, returnedDue } from './retention.ts'
import type { Due } from './retention.ts'

const ENDS = ['received', 'handed_over', 'rejected', 'cancelled'] as const satisfies readonly Stage[]

/** An application that its school is reminded of. `key` is the reminder's own: the same reminder, the same key. */
export type Reminded = {
  key: string
  id: string
  stage: 'draft' | 'returned'
  npsn: string
  chat: string
  coordinator: string
  n: number
}

/** What a run did. `failed` counts what could not be done and comes again. */
type PurgeCounts = {
  reminded: number
  drafts: number
  cancelled: number
  applications: number
  files: number
  messages: number
  consents: number
  failed: number
}

export type Purge = {
  /** One pass over everything, which may be killed in it. Never throws for a single application. */
  run(): Promise<PurgeCounts>
}

/**
 * Lets personal values go when the office's retention says so. Each step is a conditional write that marks what is left
 * to do before it is done, so any number of processes may run it and be killed in it. What stays is the register:
 * ticket, school, stages, times, who did what, and, for years of its own, the consent. A run that came through after a restore takes the restore's mark away.
 */
export function createPurge(needs: {
  database: Database
  sealer: Sealer
  blobs: { delete(id: string): Promise<void>; tidy(): Promise<number> }
  /** Blobs that may have been made of a file. */
  derived(file: string): readonly string[]
  office: CurrentOffice
  now: () => Date
  log: Log
  /** Announces a reminder; called again with the same `key` after a crash, so it must be harmless to repeat. */
  remind(application: Reminded, purgeOn: Date): Promise<void>
  /** Tells open consoles; must not fail. */
  publish: (event: QueueEvent) => void
}): Purge {
  const { database, sealer, blobs, office, now, log } = needs
  const retention = () => office.current().retention
  const daysAgo = (days: number) => addDays(now(), -days)

  async function run(): Promise<PurgeCounts> {
    const counts: PurgeCounts = {
      reminded: 0,
      drafts: 0,
      cancelled: 0,
      applications: 0,
      files: 0,
      messages: 0,
      consents: 0,
      failed: 0,
    }
    const restored = await restoredAt(database)
    const steps = [drafts, returned, ended, files, messages, consents]
    await eachOf(steps, { ...tried(counts), ids: ({ name }) => ({ step: name }) }, (step) => step(counts))
    if (restored && counts.failed === 0) await clearRestored(database, restored)
    log.info({ ...counts }, 'purge run')
    return counts
  }

  /** Reminders, and the end of waiting. */
  async function drafts(counts: PurgeCounts): Promise<void> {
    const waiting = agedApplications(database, 'draft', daysAgo(retention().drafts - retention().draftReminder))
    await each(counts, waiting, async (application) => {
      const { draft } = application
      if (!draft) return
      const due = draftDue(draft, retention(), now())
      if (due.what === 'remind') await remind(counts, application, 'draft', draft.updatedAt, due)
      if (due.what === 'give-up' && (await giveUpDraft(database, application, now()))) counts.drafts += 1
    })
  }
  async function returned(counts: PurgeCounts): Promise<void> {
    const waiting = agedApplications(database, 'returned', daysAgo(retention().returnedReminders[0] ?? 0))
    await each(counts, waiting, async (application) => {
      if (isOfficesTurn(office.current(), application.returnReasons)) return
      const due = returnedDue(application, retention(), now())
      if (due.what === 'remind') await remind(counts, application, 'returned', application.stageAt, due)
      const cancelled = due.what === 'give-up' && (await cancelReturned(database, application, now()))
      if (!cancelled) return
      counts.cancelled += 1
      announce(needs, cancelled)
    })
  }

  /** Announced first, noted then: a crash between the two repeats the announcement, which has a key. */
  async function remind(
    counts: PurgeCounts,
    application: ApplicationDocument,
    stage: 'draft' | 'returned',
    since: Date,
    due: Extract<Due, { what: 'remind' }>,
  ): Promise<void> {
    if (afterQuiet(office.current().hours, now()) > now()) return
    const { _id: id, npsn, chat, coordinator } = application
    const key = `${id}/${stage}/${since.getTime()}/${due.n}`
    await needs.remind({ key, id, stage, npsn, chat, coordinator, n: due.n }, due.purgeOn)
    const noted = await noteReminder(database, application, now())
    if (!noted) return
    counts.reminded += 1
    if (stage === 'returned') announce(needs, noted)
  }

  /** Applications that have come to an end long enough ago; drafts that were given up at once. */
  async function ended(counts: PurgeCounts): Promise<void> {
    // documents alone: emptied by a program that knew no other mark
    const left = { $or: [{ purgedAt: { $exists: false } }, { purgeLeft: true }, { 'documents.0': { $exists: true } }] }
    for (const stage of ENDS) {
      const aged = agedApplications(database, stage, daysAgo(daysKept(stage, retention()) ?? 0), left)
      await each(counts, aged, (application) => empty(counts, application))
    }
    const givenUp = agedApplications(database, 'cancelled', now(), { ticket: { $exists: false } })
    await each(counts, givenUp, (application) => empty(counts, application))
  }

  async function empty(counts: PurgeCounts, application: ApplicationDocument): Promise<void> {
    if (!application.purgedAt) {
      // while its NIK is there; where the write behind it comes too late, the next run says it again
      await outliveSubject(needs, application._id, { nik: pupilOf(application, sealer)?.nik, at: now() })
      // somebody has just written to it: the next run reads it anew
      if (!(await emptyApplication(database, application, now()))) return
      counts.applications += 1
    }
    await emptyViews(database, application._id)
    await forgetAppraisal(database, application._id)
    await markFiles(database, application, now())
    const named = application.documents.map((document) => document.blob)
    const inUse = await blobsInUse(database, named)
    for (const blob of named) if (!inUse.has(blob)) await blobs.delete(blob)
    await finishPurge(database, application)
  }

  async function files(counts: PurgeCounts): Promise<void> {
    const before = daysAgo(retention().unmatchedFiles)
    await releaseStale(database, before)
    await markUnmatched(database, before, now())
    await each(counts, markedFiles(database), async ({ _id, lookAttempts }) => {
      await blobs.delete(_id)
      if (lookAttempts !== undefined) {
        for (const blob of needs.derived(_id)) await blobs.delete(blob)
        await forgetLook(database, _id)
      }
      await dropFile(database, _id)
      counts.files += 1
    })
    await blobs.tidy()
  }

  /** Sessions hold the answers of a draft, so they live no longer than one. */
  async function messages(counts: PurgeCounts): Promise<void> {
    const before = daysAgo(retention().messages)
    const idle = daysAgo(Math.min(retention().drafts, retention().messages))
    counts.messages += await emptyMessages(database, { before, idle })
    counts.messages += await emptyPleas(database, before)
    counts.messages += await forgetGroups(database, before)
    counts.messages += await forgetStrangers(database, before)
    counts.messages += await forgetWhatsappStrangers(database, before)
    counts.messages += await deleteWhatsappSent(database, { before, now: now() })
    counts.messages += await deleteWebchat(database, before, (id) => blobs.delete(id))
  }

  async function consents(counts: PurgeCounts): Promise<void> {
    counts.consents += await forgetConsents(database, daysAgo(retention().consents))
  }

  async function each<Row extends { _id: string }>(
    counts: PurgeCounts,
    rows: AsyncIterable<Row>,
    work: (row: Row) => Promise<void>,
  ): Promise<void> {
    await eachOf(rows, { ...tried(counts), ids: ({ _id }) => ({ row: _id }) }, work)
  }
  const tried = (counts: PurgeCounts) => ({ log, what: 'not purged', failed: () => void (counts.failed += 1) })

  return { run }
}
