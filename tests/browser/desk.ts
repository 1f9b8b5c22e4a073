import { ApplicationView } from '../../src/admin/contract/application.ts'
import { OperatorMade } from '../../src/admin/contract/operator.ts'
import { QueuePage } from '../../src/admin/contract/queue.ts'
import type { ClaimStage, Role } from '../../src/models/application.ts'
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
  /** Takes the next of this stage; its ticket has to be this one. */
  take(stage: ClaimStage, ticket: string): Promise<ApplicationView>
  /** Approves the tickets, in their order, through all stages until each waits in `stage`. */
  bring(tickets: readonly string[], stage: 'siak_entry' | 'printing' | 'ready'): Promise<void>
}

export async function openDesk(house: House, who = SUPERVISOR): Promise<Desk> {
  const call = await signIn(() => [house.service.url], who, AbortSignal.timeout(600_000))
  let n = 0

  async function find(ticket: string): Promise<ApplicationView> {
    const page = QueuePage.parse((await call('GET', `/api/applications?ticket=${ticket}`)).body)
    return ApplicationView.parse((await call('GET', `/api/applications/${page.items[0]?.id ?? ticket}`)).body)
  }
  async function take(stage: ClaimStage, ticket: string): Promise<ApplicationView> {
    let answer = await call('POST', '/api/queue/claim', { stages: [stage] })
    await until(async () => {
      if (answer.status === 204) answer = await call('POST', '/api/queue/claim', { stages: [stage] })
      return answer.status !== 204
    }, 15_000)
    const taken = ApplicationView.parse(answer.body)
    if (taken.ticket !== ticket) throw new Error(`${taken.ticket ?? ''} came before ${ticket}`)
    return taken
  }

  return {
    call,
    find,
    take,
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
    async bring(tickets, stage) {
      const way = ['verification', 'siak_entry', 'printing', 'ready'] as const
      for (const from of way) {
        if (from === stage || from === 'ready') return
        for (const ticket of tickets) {
          const { id: waits, stage: at, claim: held } = await find(ticket)
          if (at !== from) continue
          // who works a page beside this has it, or has it ahead
          const reason = { reason: 'Uji coba', transactionId: `desk-${(n += 1)}-${waits}` }
          if (held) await call('POST', `/api/applications/${waits}/take-back`, reason)
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
