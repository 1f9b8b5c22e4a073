import { AuditList } from '../../../src/admin/contract/oversight.ts'
import { Counts, PlacedPage } from '../../../src/admin/contract/queue.ts'
import { WallView } from '../../../src/admin/contract/wall.ts'
import { CLAIM_STAGES } from '../../../src/models/application/application.ts'
import type { Action } from '../../../src/models/application/transitions.ts'
import type { CoordinatorLedger } from '../../e2e/support/ledger.ts'
import type { Api } from '../../e2e/support/operator.ts'
import type { Kept } from './books.ts'
import type { Deed, Diary } from './diary.ts'

/** What people do to a case that is no step of it: taking it, and what an engine does by itself. */
const BESIDE: ReadonlySet<Action> = new Set(['submit', 'resubmit', 'claim', 'expire', 'attach', 'request', 'remind'])
const line = ({ by, ticket, act }: Deed): string => `${ticket} ${act} ${by}`

/** A case's deeds as its history has them; who gives a case back by going on has released nothing. */
function deedsOf({ ticket, history }: Kept, nameOf: (id: string) => string): string[] {
  return history
    .filter((entry) => !BESIDE.has(entry.action) && entry.by.kind === 'operator')
    .filter((entry) => entry.action !== 'release' || (entry.reasons?.length ?? 0) > 0)
    .map((entry) => line({ by: nameOf(entry.by.id), ticket, act: entry.action }))
}

/**
 * Compares a morning's diary with everything that the service says of it: histories, audit, counts, lists, wall, and what
 * the schools heard. Gives a sentence for each thing that differs; empty where all agree.
 */
export async function reckon(what: {
  cases: readonly Kept[]
  diary: Diary
  schools: readonly CoordinatorLedger[]
  /** As a supervisor. */
  call: Api
  begun: Date
  nameOf: (id: string) => string
}): Promise<string[]> {
  const { cases, diary, schools, call, begun, nameOf } = what
  const found: string[] = []
  const same = (about: string, told: unknown, known: unknown): void => {
    const [a, b] = [JSON.stringify(told), JSON.stringify(known)]
    if (a !== b) found.push(`${about}: ${a}, but ${b} was done`)
  }
  const get = async (path: string): Promise<unknown> => (await call('GET', path)).body

  for (const one of cases) {
    same(`history of ${one.ticket}`, deedsOf(one, nameOf), diary.of(one.ticket).map(line))
  }

  const audited = await auditSince(get, begun)
  const acts = audited
    .filter((entry) => entry.kind === 'act' && entry.by.kind === 'operator' && !BESIDE.has(entry.what as Action))
    .filter((entry) => entry.what !== 'release' || (entry.reasons?.length ?? 0) > 0)
    .map((entry) => `${entry.application?.ticket} ${entry.what} ${entry.by.name}`)
  same('audit', acts.toSorted(), diary.deeds.map(line).toSorted())

  const counts = Counts.parse(await get('/api/counts'))
  for (const stage of [...CLAIM_STAGES, 'ready', 'returned'] as const) {
    const kept = cases.filter((one) => one.stage === stage).length
    const { queued = 0, claimed = 0, idle = 0 } = counts.stages[stage] ?? {}
    same(`count of ${stage}`, queued + claimed + idle, kept)
    const list = PlacedPage.parse(await get(`/api/applications?stage=${stage}`))
    same(`list of ${stage}`, list.total, kept)
  }
  same('count of what waits for a supervisor', counts.attention, 0)

  const wall = WallView.parse(await get('/api/wall'))
  const printed = cases.filter((one) => one.history.some((entry) => entry.to === 'ready'))
  same('wall, cards of today', wall.today, printed.length)
  for (const { npsn } of schools) {
    const done = wall.schools.find(({ school }) => school.npsn === npsn)?.done ?? 0
    same(`wall, cards of ${npsn}`, done, printed.filter((one) => one.npsn === npsn).length)
  }
  same('wall, moved to the front', wall.moved, 0)

  for (const { npsn, heard } of schools) {
    for (const { ticket, stage } of cases.filter((one) => one.npsn === npsn)) {
      const deeds = diary.of(ticket).map(({ act }) => act)
      const told = (words: RegExp): boolean => heard.some((text) => text.includes(ticket) && words.test(text))
      same(`${ticket}, told of a return`, told(/perlu diperbaiki/), deeds.includes('return'))
      same(`${ticket}, told of a rejection`, told(/tidak dapat kami proses/), stage === 'rejected')
      // that it was ready is left out where it was handed over meanwhile
      same(`${ticket}, told of the hand-over`, told(/kami serahkan/), deeds.includes('hand_over'))
    }
  }
  return found
}

async function auditSince(get: (path: string) => Promise<unknown>, begun: Date): Promise<AuditList['items']> {
  const span = new URLSearchParams({ from: begun.toISOString(), to: new Date(Date.now() + 60_000).toISOString() })
  const items: AuditList['items'] = []
  for (let after: string | undefined; ;) {
    const page = AuditList.parse(await get(`/api/audit?${span.toString()}&kind=act${after ? `&after=${after}` : ''}`))
    items.push(...page.items)
    if (page.next === undefined) return items
    after = page.next
  }
}
