import type { Connection } from 'mongoose'
import type { DocumentKind } from '../application/application.ts'
import { applications } from '../application/kept.ts'
import { fileModel } from './files.ts'

/** A file of another pupil's application. */
export type OtherUse = { file: string; application: string; ticket: string; kind: DocumentKind }

/** Files with the same bytes as these, by the id of the one that they equal; without themselves. */
export async function sameBytes(database: Connection, ids: readonly string[]): Promise<{ file: string; as: string }[]> {
  const model = fileModel(database)
  const own = await model
    .find({ _id: { $in: [...ids] }, sha256: { $exists: true } }, { sha256: 1 })
    .lean<{ _id: string; sha256: string }[]>()
  if (own.length === 0) return []
  const same = await model
    .find({ sha256: { $in: own.map((one) => one.sha256) } }, { sha256: 1 })
    .limit(MOST)
    .lean<{ _id: string; sha256: string }[]>()
  return own.flatMap(({ _id, sha256 }) =>
    same.filter((one) => one.sha256 === sha256 && one._id !== _id).map((one) => ({ file: one._id, as: _id })),
  )
}

/** Where these files stand in applications of other pupils than the one of `nikHash`: submitted, not purged. */
export async function usesElsewhere(
  database: Connection,
  files: readonly string[],
  { application, nikHash }: { application: string; nikHash: string },
): Promise<OtherUse[]> {
  if (files.length === 0) return []
  const wanted = new Set(files)
  const used = await fileModel(database)
    .find({ _id: { $in: [...wanted] } }, { applications: 1 })
    .lean<{ _id: string; applications: string[] }[]>()
  const ids = new Set(used.flatMap((file) => file.applications))
  ids.delete(application)
  const rows = await applications(database)
    .find(
      { _id: { $in: [...ids] }, ticket: { $exists: true }, nikHash: { $exists: true, $ne: nikHash } },
      { ticket: 1, documents: 1 },
    )
    .limit(MOST)
    .lean<{ _id: string; ticket: string; documents: { id: string; kind: DocumentKind }[] }[]>()
  return rows.flatMap(({ _id, ticket, documents }) =>
    documents
      .filter((document) => wanted.has(document.id))
      .map((document) => ({ file: document.id, application: _id, ticket, kind: document.kind })),
  )
}

const MOST = 500
