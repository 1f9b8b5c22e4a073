import type { ApplicationReason } from './application.ts'
import { guarded } from '../store/failpoint.ts'
import { toBuffer } from '../store/binary.ts'
import { applications } from './kept.ts'
import { rowsOf } from '../store/kept.ts'
import { readInGroup } from '../store/read-in-group.ts'
import { writeInGroup } from '../store/write-in-group.ts'
import type { Answers } from '../chat/session.ts'
import type { DraftFile } from '../chat/turn.ts'
import type { Database } from '../store/connect.ts'
import type { Sealer } from '../store/sealing.ts'

export type DraftInput = {
  draft: string
  coordinator: string
  chat: string
  npsn: string
  reason?: ApplicationReason | undefined
  step: string
  answers: Answers
  files: readonly DraftFile[]
  at: Date
  /** The chat's turn that it comes from. */
  turn: number
}
export type Draft = {
  id: string
  npsn: string
  chat: string
  step: string
  answers: Answers
  files: readonly DraftFile[]
  updatedAt: Date
}
type SealedDraft = Pick<Draft, 'answers' | 'files'>

const SHOWN = { coordinator: 1, npsn: 1, chat: 1, draft: 1 } as const

/** A pupil's answers before they are submitted: an application in the stage `draft`. */
export function createDrafts({ database, sealer }: { database: Database; sealer: Sealer }) {
  const model = applications(database)
  // asked in every turn: many turns in one read
  const rowsOfCoordinator = readInGroup(async (coordinators) => {
    const found = await rowsOf(model)
      .find({ coordinator: { $in: [...coordinators] }, stage: 'draft' }, { projection: SHOWN })
      .sort({ _id: 1 })
      .toArray()
    return Map.groupBy(found, (one) => one.coordinator)
  })
  return {
    /**
     * Creates or replaces the draft, which stays of the school that it was begun for. False where the application is no
     * draft any more, or where a later turn of the same chat has saved it (this one is a late replay): nothing was written.
     */
    async save(input: DraftInput): Promise<boolean> {
      const { draft, coordinator, chat, npsn, step, answers, files, at, turn } = input
      const sealed: SealedDraft = { answers, files }
      // false where the id is taken: it was submitted meanwhile, or a later turn has saved it
      return guarded('draft.save', () =>
        writeInGroup(model, {
          updateOne: {
            filter: { _id: draft, stage: 'draft', $nor: [{ chat, 'draft.turn': { $gt: turn } }] },
            update: {
              $set: {
                coordinator,
                chat,
                reason: input.reason ?? 'NEW',
                draft: { step, answers: sealer.sealJson(sealed), updatedAt: at, turn },
              },
              $inc: { rev: 1 },
              $setOnInsert: { ...blank(at), npsn },
            },
            upsert: true,
          },
        }),
      )
    },
    /** Deletes the draft with everything in it; what was submitted stays. */
    async discard(draft: string): Promise<void> {
      await guarded('draft.discard', () => model.deleteOne({ _id: draft, stage: 'draft' }))
    },
    /** Oldest first. */
    async of(coordinator: string): Promise<readonly Draft[]> {
      return ((await rowsOfCoordinator(coordinator)) ?? []).flatMap(({ _id, npsn, chat, draft }) =>
        draft
          ? [
              {
                id: _id,
                npsn,
                chat,
                step: draft.step,
                updatedAt: draft.updatedAt,
                ...sealer.openJson<SealedDraft>(toBuffer(draft.answers)),
              },
            ]
          : [],
      )
    },
  }
}

/** What an application starts with, besides whose it is. */
export function blank(at: Date) {
  return {
    state: 'idle' as const,
    skip: [],
    releases: 0,
    findingCodes: [],
    documents: [],
    requests: [],
    history: [],
    seq: 0,
    createdAt: at,
    stageAt: at,
  }
}
