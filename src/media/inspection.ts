import type { PartState } from '../admin/deps.ts'
import type { LiveEvent } from '../admin/contract/event.ts'
import type { Env } from '../config/env.ts'
import type { Log } from '../config/log.ts'
import type { CurrentOffice } from '../config/office-settings.ts'
import { verdictOf } from './appraisal.ts'
import type { Typed } from './appraisal.ts'
import type { Blobs } from './blobs.ts'
import { createExaminer } from './examiner.ts'
import type { DrawPortrait } from './portraits.ts'
import { createLooking } from './looking.ts'
import type { MediaPart } from '../models/file/media-part.ts'
import type { Action } from '../models/application/transitions.ts'
import { createAppraisals, reAppraises } from '../models/application/appraisals.ts'
import type { Database } from '../models/store/connect.ts'
import type { Inbox } from '../models/chat/inbox.ts'
import { missingMediaParts, reportMissingParts } from '../models/file/media-parts.ts'
import { createLooks } from '../models/file/looks.ts'
import type { Turns } from '../models/chat/turns.ts'
import type { Sealer } from '../models/store/sealing.ts'
import type { Answers } from '../models/chat/session.ts'
import { LOOK_PATIENCE_MS } from '../models/file/verdict.ts'
import type { FileVerdict } from '../models/file/verdict.ts'
import type { Jobs } from '../queue/jobs.ts'
import { createVerdicts } from './verdicts.ts'
import { createAppraising } from './appraising.ts'

export type InspectionDeps = {
  env: Pick<Env, 'MEDIA' | 'ROLES'>
  database: Database
  sealer: Sealer
  office: CurrentOffice
  blobs: Blobs
  inbox: Inbox
  turns: Turns
  jobs: Pick<Jobs, 'hint' | 'remind'>
  now: () => Date
  log: Log
  publish(event: LiveEvent): void
}

export type Inspection = {
  /** Whether files are looked at by this service at all: `MEDIA=look`. */
  on: boolean
  /** For the conversation; absent where nobody looks. */
  conversation: {
    lookPatience?: number
    verdicts?: (files: readonly string[], answers: Answers) => Promise<readonly FileVerdict[]>
  }
  /** A file was stored: it may be looked at now. */
  stored(file: string): void
  /** The `look` job, where this process has the role for it. */
  run?: () => Promise<{ again?: Date }>
  /** What is to be done again and again where this process has the role for it. */
  rounds: readonly { name: string; everyMs: number; round: () => Promise<void> }[]
  probes: Record<string, () => Promise<PartState>>
  /** Parts of looking that do not load where files are looked at. */
  missing(): Promise<readonly MediaPart[]>
  /** Draws a portrait by an edit; absent where no file is looked at, or the console is served by another process. */
  draw?: DrawPortrait
  /** Something happened to an application after which its documents mean something else. */
  changed(application: string, entries: readonly { action: Action }[]): Promise<void>
  stop(): Promise<void>
}

const EVERY_MS = 1000
const DUE = 200

/** Where files are looked at: by a process of its own beside the one that has the role `worker`. */
export function createInspection(deps: InspectionDeps): Inspection {
  const { env, office, jobs, log } = deps
  if (env.MEDIA === 'keep') {
    const off = async (): Promise<PartState> => ({ ready: true, state: 'off' })
    // what an operator asks for is drawn all the same
    const drawer = env.ROLES.includes('admin')
      ? createExaminer({ log, portrait: office.current().portrait })
      : undefined
    return {
      ...(drawer && { draw: drawer.render }),
      on: false,
      conversation: {},
      stored() {},
      rounds: [],
      probes: { media: off },
      missing: async () => [],
      async changed() {},
      async stop() {
        await drawer?.close()
      },
    }
  }
  const looks = createLooks(deps)
  const appraisals = createAppraisals(deps)
  const works = env.ROLES.includes('worker')
  // who serves the console draws portraits; its process is only there while one is drawn
  const opens = works || env.ROLES.includes('admin')
  const examiner = opens ? createExaminer({ log, portrait: office.current().portrait }) : undefined
  const verdicts = createVerdicts({ ...deps, looks })
  const looking = createLooking({
    ...deps,
    async examine(file) {
      if (!examiner) throw new Error('this process does not look at files')
      return examiner.examine(file)
    },
    async onLook(file) {
      for (const application of await looks.usersOf(file._id)) await appraisals.mark(application)
    },
    onLooked: (file) => verdicts.recheck([file._id]),
  })
  const appraising = createAppraising({
    ...deps,
    appraisals,
    looks,
    onAppraised: ({ _id, stage }) => deps.publish({ type: 'application', id: _id, stage, action: 'appraised' }),
  })

  let probed = false
  function probe(): void {
    if (probed || !examiner) return
    probed = true
    examiner
      .probe()
      .then((missing) => reportMissingParts(deps.database, missing, deps.now()))
      .catch((error: unknown) => {
        probed = false
        log.warn({ err: error }, 'the parts of looking are not known')
      })
  }
  const state = async (): Promise<PartState> => {
    const missing = await missingMediaParts(deps.database)
    // a part that is missing here is no reason to send schools away: operators look at everything
    return {
      ready: true,
      state: missing === undefined ? 'starting' : missing.length > 0 ? `without ${missing.join(', ')}` : 'open',
    }
  }

  return {
    on: true,
    conversation: {
      lookPatience: LOOK_PATIENCE_MS,
      async verdicts(files, answers) {
        return (await looks.of(files)).map((look) => verdictOf(look, typedIn(answers), office.current()))
      },
    },
    stored: (file) => jobs.hint('look', file),
    // a hint says that there is work: which file it is, is decided when one can be looked at
    ...(works && { run: looking.runNext }),
    ...(examiner && { draw: examiner.render }),
    rounds: works
      ? [
          {
            name: 'looks',
            everyMs: EVERY_MS,
            async round() {
              probe()
              for (const file of await looking.due(DUE)) jobs.remind('look', file)
              await verdicts.sweep()
            },
          },
          { name: 'appraisals', everyMs: EVERY_MS, round: appraising },
        ]
      : [],
    probes: { media: state },
    missing: async () => (await missingMediaParts(deps.database)) ?? [],
    async changed(application, entries) {
      if (entries.some(reAppraises)) await appraisals.mark(application)
    },
    async stop() {
      looking.stop()
      await examiner?.close()
    },
  }
}

/** What a draft's answers say of the pupil so far. */
function typedIn(answers: Answers): Typed {
  const text = (name: string): string | undefined => {
    const value = answers[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const [name, nik, birthDate, kk] = [text('name'), text('nik'), text('birthDate'), text('kk')]
  return {
    ...(name !== undefined && { name }),
    ...(nik !== undefined && { nik }),
    ...(birthDate !== undefined && { birthDate }),
    ...(kk !== undefined && { kk }),
    ...(answers['citizenship'] === 'wna' && { citizenship: 'wna' as const }),
  }
}
