import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mongo } from 'mongoose'
import { onTestFinished } from 'vitest'
import { loadOffice } from '../../src/config/office.ts'
import { createLog } from '../../src/config/log.ts'
import { createBlobs } from '../../src/media/blobs.ts'
import type { Stage } from '../../src/models/application/application.ts'
import { applications } from '../../src/models/application/kept.ts'
import type { ApplicationDocument } from '../../src/models/application/kept.ts'
import { derivedBlobs, pageBlob, proposalBlob } from '../../src/media/derived.ts'
import { createAppraisals } from '../../src/models/application/appraisals.ts'
import { keepStatement } from '../../src/models/consent/consents.ts'
import type { Database } from '../../src/models/store/connect.ts'
import type { Sealer } from '../../src/models/store/sealing.ts'
import { createFiles, fileModel } from '../../src/models/file/files.ts'
import { createLooks } from '../../src/models/file/looks.ts'
import { createPurge } from '../../src/queue/purge.ts'
import type { Purge, Reminded } from '../../src/queue/purge.ts'
import { addDays } from '../../src/queue/retention.ts'
import { openedLook } from '../media/fake-examiner.ts'
import { testDatabase, testSealer } from '../support/stores.ts'

/** A word that stands in every personal value here: found nowhere once it is purged. */
export const PERSON = 'Rekaan'
/** Ten in the morning in Paringin: nobody is asleep. */
export const START = new Date('2026-11-02T02:00:00Z')

export type World = Awaited<ReturnType<typeof purgeWorld>>

/** Stores, blobs, a clock in days after START, and applications of made-up pupils. `given`: a world that is over, as in `createWorld`. */
export async function purgeWorld(given?: { database: Database; sealer: Sealer }) {
  const database = await testDatabase(given?.database)
  const sealer = given?.sealer ?? testSealer()
  const root = await mkdtemp(join(tmpdir(), 'purge-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  let today = START
  const now = () => today
  const blobs = createBlobs({ root, sealer, now })
  const files = createFiles({ database, sealer, now })
  const office = loadOffice('office/balangan.yaml')
  const reminders: (Reminded & { purgeOn: Date })[] = []
  const lines: string[] = []
  const told: string[] = []

  function purge(remind?: (application: Reminded, purgeOn: Date) => Promise<void>): Purge {
    return createPurge({
      derived: derivedBlobs,
      publish: ({ application, action, stage }) => void told.push(`${application} ${action} ${stage}`),
      database,
      sealer,
      blobs,
      office: { current: () => office },
      now,
      log: createLog('debug', { write: (line) => void lines.push(line) }),
      remind: remind ?? ((application, purgeOn) => Promise.resolve(void reminders.push({ ...application, purgeOn }))),
    })
  }

  /** A stored file, received on `today`; used by nobody yet. */
  async function storeFile(id: string): Promise<string> {
    const media = { kind: 'photo' as const, ref: 'x', name: `KK ${PERSON}.jpg` }
    await files.register({ id, chat: 'chat-a', channel: 'webchat', message: 'message-a', media, caption: PERSON })
    await blobs.put(id, Buffer.from(`picture of ${PERSON}`))
    await files.settle(id, { state: 'stored', mediaType: 'image/jpeg', bytes: 9, sha256: 'hash', blob: id })
    return id
  }

  /** A stored file was looked at: what was drawn of it and read on it, and what that means to its application. */
  async function look(file: string, application: string): Promise<void> {
    const value = {
      field: 'name',
      value: `ANAK ${PERSON}`,
      confidence: 1,
      box: { x: 0, y: 0, width: 1, height: 1 },
    } as const
    const found = openedLook('family_card', [value])
    const [looks, appraisals] = [createLooks({ database, sealer, now }), createAppraisals({ database, sealer, now })]
    await fileModel(database).updateOne({ _id: file }, { $set: { lookAttempts: 1 } })
    await looks.settle({ _id: file, chat: 'chat-a' }, { state: 'done', look: found, pages: 1, proposal: true })
    for (const blob of [pageBlob(file, 1, 'page'), pageBlob(file, 1, 'thumbnail'), proposalBlob(file)])
      await blobs.put(blob, Buffer.from(`drawing of ${PERSON}`))
    await appraisals.mark(application)
    const appraised = { [file]: { findings: [], values: [{ ...value, page: 1 }], pages: 1, proposal: true } }
    await appraisals.store({ id: application, due: today }, { seq: 2, appraised, findings: [] })
  }

  /** An application that entered `stage` on `today`, with everything that a person may leave in it. */
  async function apply(
    id: string,
    stage: Stage,
    more: Partial<ApplicationDocument> & { files?: readonly string[] } = {},
  ): Promise<string> {
    const { files: used = [], ...rest } = more
    if (used.length > 0) await files.match(id, used)
    const sealed = () => sealer.sealJson({ name: `Anak ${PERSON}`, nik: `nik-of-${id}` })
    const by = { kind: 'operator', id: 'operator-a' } as const
    const document: ApplicationDocument = {
      _id: id,
      rev: 1,
      ticket: `T-${id}`,
      stage,
      state: 'idle',
      skip: [],
      releases: 0,
      npsn: '69900001',
      coordinator: 'coordinator-a',
      chat: 'chat-a',
      reason: 'NEW',
      pupil: sealed(),
      nikHash: `nik-${id}`,
      openKey: `open-${id}`,
      findings: sealed(),
      findingCodes: [{ code: 'NIK_DATE', severity: 'check' }],
      documents: used.map((file) => ({
        id: file,
        kind: 'family_card',
        page: 1,
        mediaType: 'image/jpeg',
        blob: file,
        at: today,
        findings: [],
      })),
      requests: [{ id: 'r1', kind: 'note', at: today, by: 'coordinator-a', sealed: sealed() }],
      returnReasons: ['RR_NAME_DIFFERS'],
      returnNote: sealed(),
      history: [
        { seq: 1, at: today, by, action: 'submit', from: 'draft', to: 'verification' },
        {
          seq: 2,
          at: today,
          by,
          action: 'return',
          from: 'verification',
          to: stage,
          reasons: ['RR_NAME_DIFFERS'],
          transactionId: 'transaction-a',
          sealed: sealed(),
        },
      ],
      seq: 2,
      createdAt: today,
      submittedAt: today,
      stageAt: today,
      ...rest,
    }
    await applications(database).collection.insertOne(document as never)
    const given = { at: today, by: 'coordinator-a', textVersion: '1', evidence: 'iya kirim' }
    if (stage !== 'draft') await keepStatement({ database, sealer }, { subject: id, ticket: `T-${id}`, given })
    return id
  }

  /** A draft that was touched on `today`; its files are matched to it. */
  async function draft(id: string, used: readonly string[] = []): Promise<string> {
    const answers = sealer.sealJson({ answers: { name: `Anak ${PERSON}` }, files: used })
    await apply(id, 'draft', {
      files: used,
      documents: [],
      history: [],
      seq: 0,
      draft: { step: 'nik', answers, updatedAt: today, turn: 1 },
    })
    const unset = { ticket: 1, submittedAt: 1, returnNote: 1, returnReasons: 1, openKey: 1 } as const
    await applications(database).updateOne({ _id: id }, { $unset: unset })
    return id
  }

  const found = (id: string) => applications(database).findById(id).lean<ApplicationDocument>()

  /** Every row of the database as text, with sealed values opened: what anybody with the key could read. */
  async function everything(): Promise<string> {
    const collections = await database.listCollections()
    const rows = await Promise.all(
      collections
        .map(({ name }) => name)
        .toSorted()
        .map(
          async (name) =>
            [
              name,
              await database
                .collection(name)
                .find({}, { sort: { _id: 1 } })
                .toArray(),
            ] as const,
        ),
    )
    // `this[key]`: a Binary makes itself base64 before a replacer sees it
    return JSON.stringify(rows, function (this: Record<string, unknown>, key, value: unknown) {
      const stored = this[key]
      return stored instanceof mongo.Binary ? sealer.openText(Buffer.from(stored.buffer)) : value
    })
  }

  /** The names of the blobs on disk. */
  async function kept(): Promise<string[]> {
    const entries = await readdir(root, { recursive: true, withFileTypes: true })
    return entries.flatMap((e) => (e.isFile() ? [e.name] : [])).sort()
  }

  return {
    told,
    database,
    sealer,
    blobs,
    files,
    office,
    reminders,
    lines,
    purge,
    storeFile,
    look,
    apply,
    draft,
    found,
    everything,
    kept,
    now,
    /** Moves the clock to `days` after START. */
    goTo: (days: number) => void (today = addDays(START, days)),
  }
}
