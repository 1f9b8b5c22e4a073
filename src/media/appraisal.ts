import { portraitBackground } from '../config/portrait-background.ts'
import type { Office } from '../config/office-schema.ts'
import type { Citizenship, DocumentKind } from '../models/application/application.ts'
import type { Finding } from '../models/application/findings.ts'
import type { Look, LookRefusal } from '../models/file/look.ts'
import type { Appraised, DocumentAppraisal } from '../models/application/appraisals.ts'
import type { FileLook } from '../models/file/looks.ts'
import type { FileVerdict } from '../models/file/verdict.ts'
import { PAGES_SHOWN } from './derived.ts'
import { portraitFindings } from './portrait/findings.ts'
import { readingFindings } from './reading/findings.ts'
import { offered } from './reading/offered.ts'

/** What a school typed, as far as it is known. Dates as YYYY-MM-DD. */
export type Typed = { name?: string; nik?: string; birthDate?: string; kk?: string; citizenship?: Citizenship }

/** Surer than this, a paper is what its words and shape say: then it is sorted by them. */
const SURE_KIND = 0.6

type OpenedLook = Extract<Look, { opened: true }>

/** What the first page that tells surely says that a file is. */
export function kindSeen(look: Look | undefined): DocumentKind | undefined {
  if (!look?.opened) return undefined
  const sure = look.pages.find(({ kind }) => kind && kind.confidence >= SURE_KIND)?.kind?.kind
  return sure === 'other' ? undefined : sure
}

/** What is to be said of a file that is taken for `kind`; `found` is undefined where nobody has looked at it in time. */
export function findingsOf(
  found: Pick<FileLook, 'look'> | undefined,
  kind: DocumentKind,
  typed: Typed,
  office: Office,
): Finding[] {
  const look = found?.look
  if (!look) return [NOT_READ]
  if (!look.opened) return [{ code: REFUSALS[look.refusal], severity: 'heavy' }]
  const long = look.total > PAGES_SHOWN
  return [...(long ? [longFile(look.total)] : []), ...openedFindings(look, kind, typed, office)]
}

/** Each has a sentence of its own for the school. */
const REFUSALS: Readonly<Record<LookRefusal, string>> = {
  encrypted: 'FILE_LOCKED',
  broken: 'FILE_DAMAGED',
  'too-large': 'FILE_TOO_LARGE',
  animated: 'FILE_ANIMATED',
  empty: 'FILE_EMPTY',
}

/** Not all of it is drawn: whoever sends a book is asked for the pages that matter. */
function longFile(pages: number): Finding {
  return { code: 'FILE_LONG', severity: 'heavy', detail: { value: pages, limit: PAGES_SHOWN } }
}

function openedFindings(look: OpenedLook, kind: DocumentKind, typed: Typed, office: Office): Finding[] {
  const seen = kindSeen(look)
  if (seen && seen !== kind && kind !== 'other') {
    return [{ code: 'KIND_DIFFERS', severity: 'check', detail: { seen } }]
  }
  return kind === 'portrait' ? asPortrait(look, typed, office) : asPaper(look, typed)
}

const NOT_READ: Finding = { code: 'NOT_READ', severity: 'note' }

function asPortrait(look: OpenedLook, { birthDate, citizenship }: Typed, office: Office): Finding[] {
  if (!look.portrait) {
    const unseen = look.missing.includes('portrait')
    return [unseen ? NOT_READ : { code: 'PORTRAIT_NO_FACE', severity: 'check' }]
  }
  const background =
    birthDate === undefined ? undefined : portraitBackground({ birthDate, ...(citizenship && { citizenship }) }, office)
  return portraitFindings(look.portrait, office.portrait, background)
}

function asPaper(look: OpenedLook, typed: Typed): Finding[] {
  const findings = readingFindings(look, typed)
  if (!look.missing.includes('reading')) return findings
  // what was not read says nothing about how well it could be
  const read = findings.filter(({ detail }) => look.pages[Number(detail?.['page'] ?? 1) - 1]?.text !== 'none')
  return [NOT_READ, ...read]
}

/** What a chat needs to know of one file: its kind, and what would be said of it as a portrait and as a paper. */
export function verdictOf(found: FileLook, typed: Typed, office: Office): FileVerdict {
  const { id, look } = found
  const kind = kindSeen(look)
  const paper = kind === undefined || kind === 'portrait' ? 'birth_certificate' : kind
  return {
    id,
    ...(kind && { kind }),
    portrait: findingsOf(found, 'portrait', typed, office),
    paper: findingsOf(found, kind ? paper : 'other', typed, office),
    offered: look?.opened ? offered(look) : {},
  }
}

/** What looking at the documents of an application came to. `others` are findings that other files are needed for. */
export function appraise(of: {
  documents: readonly { id: string; kind: DocumentKind }[]
  looks: readonly FileLook[]
  /** Files whose look is still on its way: nothing is said of them yet. */
  waiting: ReadonlySet<string>
  others: ReadonlyMap<string, readonly Finding[]>
  typed: Typed
  office: Office
}): Appraised {
  const byId = new Map(of.looks.map((look) => [look.id, look]))
  return Object.fromEntries(
    of.documents.map(({ id, kind }): [string, DocumentAppraisal] => {
      const found = byId.get(id)
      const own = of.waiting.has(id) ? [] : findingsOf(found, kind, of.typed, of.office)
      const findings = [...own, ...(of.others.get(id) ?? [])].map((finding) => ({ ...finding, document: id }))
      return [
        id,
        { findings, values: valuesOf(found?.look), pages: found?.pages ?? 0, proposal: proposed(found, kind) },
      ]
    }),
  )
}

function valuesOf(look: Look | undefined): DocumentAppraisal['values'] {
  if (!look?.opened) return []
  return look.pages.flatMap((page, i) => page.values.map((value) => ({ ...value, page: i + 1 })))
}

/** A proposal is of use where the file is the portrait; a face on an identity card has one, too. */
function proposed(found: FileLook | undefined, kind: DocumentKind): boolean {
  return kind === 'portrait' && (found?.proposal ?? false)
}
