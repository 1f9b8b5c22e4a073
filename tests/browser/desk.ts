import { ApplicationView } from '../../src/admin/contract/application.ts'
import { OperatorMade } from '../../src/admin/contract/operator.ts'
import { QueuePage } from '../../src/admin/contract/queue.ts'
import type { ClaimStage } from '../../src/models/application/application.ts'
import type { Role } from '../../src/models/application/transitions.ts'
import { signIn } from '../e2e/support/operator.ts'
import type { Api } from '../e2e/support/operator.ts'
import { until } from '../e2e/support/service.ts'
import { SUPERVISOR } from './support.ts'
import type { House } from './support.ts'

/** Somebody at the office whose work is not what a test looks at: it goes by API. */
export type Desk = {
  call: Api
  /** A colleague with these roles; gives what they sign in with. */
  hire(username: string, name: string, roles: readonly Role[]): Promise<{ username: string; password: string }>
  /** The case of a ticket. */
  find(ticket: string): Promise<ApplicationView>
  /** Ends whoever's claim on this ticket: it waits again. */
  giveBack(ticket: string): Promise<void>
  /** Approves the tickets, in their order, through all stages until each waits in `stage`. */
  bring(tickets: readonly string[], stage: 'siak_entry' | 'signature' | 'printing' | 'ready'): Promise<void>
}

export async function openDesk(house: House, who = SUPERVISOR): Promise<Desk> {
  const call = await signIn(() => [house.service.url], who, AbortSignal.timeout(600_000))
  let n = 0

  const ids = new Map<string, string>()
  async function idOf(ticket: string): Promise<string> {
    const page = QueuePage.parse((await call('GET', `/api/applications?ticket=${ticket}`)).body)
    return page.items[0]?.id ?? ticket
  }
  async function find(ticket: string): Promise<ApplicationView> {
    const id = ids.get(ticket) ?? (await idOf(ticket))
    ids.set(ticket, id)
    return ApplicationView.parse((await call('GET', `/api/applications/${id}`)).body)
  }
  async function takeBack(id: string, reason: string): Promise<void> {
    await call('POST', `/api/applications/${id}/take-back`, { reason, transactionId: `desk-${(n += 1)}-${id}` })
  }
  /** Claims in the order of service until this ticket has come. */
  async function take(stage: ClaimStage, ticket: string): Promise<ApplicationView> {
    let taken: ApplicationView | undefined
    await until(async () => {
      // who works a page beside this has it, or has it ahead
      const { id, claim } = await find(ticket)
      if (claim) await takeBack(id, 'Uji coba')
      const { status, body } = await call('POST', '/api/queue/claim', { stages: [stage] })
      if (status === 204) return false
      const next = ApplicationView.parse(body)
      if (next.ticket === ticket) taken = next
      else await takeBack(next.id, 'Bukan yang dicari')
      return taken !== undefined
    }, 15_000)
    if (!taken) throw new Error(`${ticket} cannot be taken at ${stage}`)
    return taken
  }

  return {
    call,
    find,
    async hire(username, name, roles) {
      const made = OperatorMade.parse((await call('POST', '/api/operators', { username, name, roles })).body)
      const password = `rahasia-${username}-2026`
      const own = await signIn(
        () => [house.service.url],
        { username, password: made.password },
        AbortSignal.timeout(60_000),
      )
      await own('PUT', '/api/session/password', { current: made.password, next: password })
      return { username, password }
    },
    giveBack: async (ticket) => takeBack((await find(ticket)).id, 'Uji coba'),
    async bring(tickets, stage) {
      const way = ['verification', 'siak_entry', 'signature', 'printing', 'ready'] as const
      for (const from of way) {
        if (from === stage) {
          // a decision waits for its undo before the next stage sees the case
          const waits = async (ticket: string) => (await find(ticket)).state !== 'unkeyed'
          for (const ticket of tickets) await until(() => waits(ticket), 15_000)
        }
        if (from === stage || from === 'ready') return
        for (const ticket of tickets) {
          if ((await find(ticket)).stage !== from) continue
          const { id, claim } = await take(from, ticket)
          const skip = from === 'verification' ? { skip: ['photo'] } : {}
          const body = { token: claim?.token, action: 'approve', ...skip, transactionId: `desk-${(n += 1)}-${id}` }
          const { status } = await call('POST', `/api/applications/${id}/decisions`, body)
          if (status !== 200) throw new Error(`approving ${ticket} was answered ${status}`)
        }
      }
    },
  }
}
