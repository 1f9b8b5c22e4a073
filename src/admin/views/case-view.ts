import { portraitOf } from '../../models/application/application.ts'
import type { StoredDocument } from '../../models/application/application.ts'
import { doubtsOf } from '../../models/application/doubts.ts'
import type { Finding } from '../../models/application/findings.ts'
import { captionsOf } from '../../models/chat/captions.ts'
import type { Caption } from '../../models/chat/captions.ts'
import { createAppraisals, reAppraises } from '../../models/application/appraisals.ts'
import type { Appraised, DocumentAppraisal } from '../../models/application/appraisals.ts'
import { coordinatorNames } from '../../models/coordinator/coordinators.ts'
import { schoolsByNpsn } from '../../models/school/schools.ts'
import { operatorNames } from '../../models/operator/operators.ts'
import { messageOf, senderChanges } from '../../models/chat/sender-changes.ts'
import type { SenderChange } from '../../models/chat/sender-changes.ts'
import type { Operator } from '../../models/operator/operator.ts'
import type { Case } from '../../queue/case.ts'
import type { Claimed } from '../../queue/work/claims.ts'
import type { ApplicationView, DocumentView, FindingView, PupilView } from '../contract/application.ts'
import type { AdminDeps } from '../deps.ts'
import { findingViews, openHeavy } from './findings.ts'
import { given } from './given.ts'
import { historyView } from './history-view.ts'
import { maskNumber } from './masking.ts'
import { logSeen } from '../reading-watch.ts'
import type { logHeld } from '../reading-watch.ts'
import { allowedActions, mayRead, onlyCounter } from '../rights.ts'

type Needs = Pick<AdminDeps, 'database' | 'sealer' | 'now' | 'live' | 'log' | 'queue' | 'portraits'>
/**
 * What an earlier request was answered with may have passed to somebody else (`ended`); `acted`: whoever asks held it
 * until this very act, so that the answer shows them nothing that they do not know.
 */
type Shown = Case & Pick<Claimed, 'ended'> & { acted?: boolean }

/** One case as this operator may see it; that a full NIK is shown is logged before it is. */
export async function caseView(
  needs: Needs,
  operator: Operator,
  one: Shown,
  reason?: string,
): Promise<ApplicationView> {
  const [view] = await caseViews(needs, operator, [one], reason)
  return view!
}

/** As `caseView`, for several: in the same order. `logged` writes down what is about to be shown. */
export async function caseViews(
  needs: Needs,
  operator: Operator,
  cases: readonly Shown[],
  reason?: string,
  logged: typeof logHeld = logSeen,
): Promise<ApplicationView[]> {
  const { database } = needs
  const operatorIds = cases.flatMap((one) => [
    ...one.history.flatMap(({ by, holder }) => [by.kind === 'operator' ? by.id : [], holder ?? []].flat()),
    ...(one.claim ? [one.claim.by] : []),
  ])
  const coordinatorIds = cases.flatMap((one) => [
    one.coordinator,
    ...one.history.flatMap((entry) => (entry.by.kind === 'coordinator' ? [entry.by.id] : [])),
  ])
  const files = cases.flatMap((one) => one.documents.map((document) => document.id))
  const [people, coordinators, schools, looked, changes, captions] = await Promise.all([
    operatorNames(needs, operatorIds),
    coordinatorNames(needs, coordinatorIds),
    schoolsByNpsn(
      database,
      cases.map((one) => one.npsn),
    ),
    appraisedOf(needs, cases),
    senderChanges(database, files),
    captionsOf(needs, files),
  ])
  const shown = cases.map((one) => {
    const open = mayRead(operator, { stage: one.stage, claimedBy: holderOf(one) })
    return { one, open, full: open || (reason !== undefined && !onlyCounter(operator)) }
  })
  await logged(
    needs,
    shown.flatMap(({ one, open, full }) =>
      full && one.pupil
        ? [
            {
              application: one.id,
              operator: operator.id,
              at: needs.now(),
              what: 'nik' as const,
              how: one.claim?.prefetch && holderOf(one) === operator.id ? ('prefetch' as const) : ('view' as const),
              ...(open || reason === undefined ? {} : { reason }),
              ...(one.acted || holderOf(one) === operator.id ? {} : { outside: true }),
            },
          ]
        : [],
    ),
    cases,
  )
  return shown.map(({ one, open, full }) => {
    const findingOf = findingViews(one, { sealer: needs.sealer, full, people })
    const school = schools.get(one.npsn)
    const { claim } = one
    return {
      id: one.id,
      ticket: one.ticket,
      rev: one.rev,
      stage: one.stage,
      state: one.state,
      round: one.start === null ? null : needs.queue.cases.roundOf(one.start),
      reason: one.reason,
      pupil: one.pupil ? pupilView(one.pupil, full) : null,
      school: { npsn: one.npsn, name: school?.name ?? one.npsn, ...given({ kecamatan: school?.kecamatan }) },
      coordinator: { id: one.coordinator, ...given({ name: coordinators.get(one.coordinator) }) },
      documents: one.documents.map((document) =>
        documentView(document, full, findingOf, {
          change: changes.get(document.id),
          seen: looked.get(one.id)?.[document.id],
          edited: needs.portraits.draws && portraitOf(one) === document.id && one.portrait?.document === document.id,
        }),
      ),
      findings: one.findings.map(findingOf),
      doubts: [...doubtsOf(one, { heavy: openHeavy(one, looked.get(one.id), needs.sealer) })],
      messages: full ? messagesOf(one, captions) : [],
      requests: one.requests.map(({ id, kind, at, files, from, note }) => ({
        id,
        kind,
        at: at.toISOString(),
        ...(files.length > 0 ? { files: [...files] } : {}),
        ...given({ from, note: note ?? undefined }),
      })),
      history: one.history.map((entry) =>
        historyView(entry, full, {
          name: entry.by.kind === 'operator' ? people.get(entry.by.id) : coordinators.get(entry.by.id),
          holder: people.get(entry.holder ?? ''),
        }),
      ),
      ...(claim
        ? {
            claim: {
              by: claim.by,
              leaseUntil: claim.leaseUntil.toISOString(),
              ...given({ name: people.get(claim.by) }),
              ...(claim.by === operator.id ? { token: claim.token } : {}),
              ...(claim.prefetch ? { prefetch: true } : {}),
            },
          }
        : {}),
      ...given({
        attention: one.attention ?? undefined,
        hindrance: one.stage === 'printing' ? needs.queue.cases.hindranceOf(one) : undefined,
        returnNote: one.returnNote ?? undefined,
      }),
      ...(one.returnReasons.length > 0 ? { returnReasons: [...one.returnReasons] } : {}),
      allowed: allowedActions(one.stage, operator.roles),
      mayRead: open,
      stageAt: one.stageAt.toISOString(),
      ...given({
        submittedAt: one.submittedAt?.toISOString(),
        completeAt: one.completeAt?.toISOString(),
        readyAt: one.readyAt?.toISOString(),
        handedOverAt: one.history.findLast((entry) => entry.action === 'hand_over')?.at.toISOString(),
      }),
    }
  })
}

function holderOf({ claim, ended }: Shown): string | undefined {
  return ended ? undefined : claim?.by
}

/** What the school wrote to the files of this pupil, the first first. */
function messagesOf({ documents }: Case, captions: ReadonlyMap<string, Caption>): ApplicationView['messages'] {
  return [...new Set(documents.map(({ id }) => messageOf(id)))]
    .flatMap((message) => captions.get(message) ?? [])
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, text }) => ({ at: at.toISOString(), text }))
}

function pupilView(pupil: NonNullable<Case['pupil']>, full: boolean): PupilView {
  const { name, nik, birthDate, kk, origin, citizenship, unmarried } = pupil
  return {
    name,
    nik: full ? nik : maskNumber(nik),
    birthDate,
    ...given({
      class: pupil.class,
      kk: kk === undefined || full ? kk : maskNumber(kk),
      origin,
      citizenship,
      unmarried,
    }),
    masked: !full,
  }
}

function documentView(
  document: StoredDocument,
  full: boolean,
  findingOf: (finding: Finding) => FindingView,
  { change, seen, edited }: { change: SenderChange | undefined; seen: DocumentAppraisal | undefined; edited: boolean },
): DocumentView {
  return {
    id: document.id,
    kind: document.kind,
    page: document.page,
    mediaType: document.mediaType,
    at: document.at.toISOString(),
    findings: [...document.findings, ...(seen?.findings ?? [])].map(findingOf),
    ...(edited ? { edited } : {}),
    ...given({ look: seen && lookView(seen, full) }),
    ...given({ derivedFrom: document.derivedFrom, supersededAt: document.supersededAt?.toISOString() }),
    ...(change ? { senderChange: { kind: change.kind, at: change.at.toISOString() } } : {}),
  }
}

/** What was read quotes NIK and KK: it goes only to who may see the whole ones. */
function lookView({ pages, proposal, values }: DocumentAppraisal, full: boolean): NonNullable<DocumentView['look']> {
  const read = values.map(({ field, value, page, box, row }) => ({ field, value, page, box, ...given({ row }) }))
  return { pages, proposal, values: full ? read : [] }
}

/** By case; one that has changed since it was appraised is marked, so that the next look at it is right again. */
async function appraisedOf(needs: Needs, cases: readonly Case[]): Promise<Map<string, Appraised>> {
  const appraisals = createAppraisals(needs)
  const made = await appraisals.of(cases.map((one) => one.id))
  const stale = cases.filter(({ id, history }) => {
    const changed = history.findLast(reAppraises)
    const seq = made.get(id)?.seq
    return changed !== undefined && seq !== undefined && seq < changed.seq
  })
  await Promise.all(stale.map(({ id }) => appraisals.mark(id)))
  return new Map([...made].map(([id, { appraised }]) => [id, appraised]))
}
