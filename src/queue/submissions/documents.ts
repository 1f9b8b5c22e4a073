import type { DocumentKind, StoredDocument } from '../../models/application/application.ts'

/** Papers that nobody has named stand for nothing that another could take the place of: each is one more page. */
const FURTHER: DocumentKind = 'other'

/** A file of the same kind and page takes the place of the earlier one, which stays, marked. */
export function joined(
  before: readonly StoredDocument[],
  fresh: readonly StoredDocument[],
  at: Date,
): StoredDocument[] {
  const again = (d: StoredDocument) => d.kind !== FURTHER && fresh.some((f) => f.kind === d.kind && f.page === d.page)
  return [...marked(before, again, at), ...numbered(before, fresh)]
}

/** New files of a kind take the place of all that were there of it: those stay, marked, and the history shows them. */
export function corrected(
  before: readonly StoredDocument[],
  fresh: readonly StoredDocument[],
  at: Date,
): StoredDocument[] {
  const kinds = new Set(fresh.map((d) => d.kind))
  const again = (d: StoredDocument) => d.kind !== FURTHER && kinds.has(d.kind)
  return [...marked(before, again, at), ...numbered(before, fresh)]
}

/** As they go behind those that are there. */
export function numbered(before: readonly StoredDocument[], fresh: readonly StoredDocument[]): StoredDocument[] {
  let last = Math.max(0, ...before.filter((d) => d.kind === FURTHER).map((d) => d.page))
  return fresh.map((d) => (d.kind === FURTHER ? { ...d, page: (last += 1) } : d))
}

function marked(
  before: readonly StoredDocument[],
  again: (document: StoredDocument) => boolean,
  at: Date,
): StoredDocument[] {
  return before.map((d) => (again(d) && !d.supersededAt ? { ...d, supersededAt: at } : d))
}
