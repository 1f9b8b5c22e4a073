import { setTimeout as untilNextLook } from 'node:timers/promises'
import { ApplicationView } from '../../../src/admin/contract/application.ts'
import type { Action } from '../../../src/models/application/transitions.ts'

/** `body` is what was in the JSON; the bytes where it was none. */
export type Answer = { status: number; body: unknown }
/** A call of the HTTP API by one signed-in person, repeated with the same body until somebody answers it. */
export type Api = (method: string, path: string, body?: unknown) => Promise<Answer>

/** `urls`: where the API is served; another one is tried where one does not answer. Throws when `signal` aborts. */
export async function signIn(
  urls: () => readonly string[],
  who: { username: string; password: string },
  signal: AbortSignal,
): Promise<Api> {
  let cookie = ''
  let turn = 0
  async function once(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown; cookie?: string } | undefined> {
    const all = urls()
    const url = all[(turn += 1) % all.length]
    try {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(15_000),
      })
      const bytes = Buffer.from(await answer.arrayBuffer())
      const json = answer.headers.get('content-type')?.includes('json') ?? false
      const set = answer.headers.get('set-cookie')?.split(';')[0]
      return {
        status: answer.status,
        body: json ? (JSON.parse(bytes.toString()) as unknown) : bytes,
        ...(set && { cookie: set }),
      }
    } catch {
      return undefined
    }
  }
  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    for (;;) {
      const answer = await once(method, path, body)
      if (answer && answer.status < 500 && answer.status !== 429) return answer
      signal.throwIfAborted()
      await untilNextLook(100)
    }
  }
  for (;;) {
    const answer = await once('POST', '/api/session', who)
    if (answer?.status === 200 && answer.cookie) {
      cookie = answer.cookie
      return call
    }
    if (answer && answer.status < 500 && answer.status !== 429) throw new Error(`sign-in was answered ${answer.status}`)
    signal.throwIfAborted()
    await untilNextLook(100)
  }
}

/** What an operator decided and was told that it is so. */
export type Decision = { application: string; transactionId: string; action: string }
export type OperatorScript = {
  readonly decided: Decision[]
  /** Answers that a correct service does not give. */
  readonly strange: string[]
  /** Nothing waited at the last look. */
  readonly idle: boolean
  readonly ended: Promise<void>
}

const RETURNS = [['RR_PORTRAIT_BLURRED'], ['RR_FAMILY_CARD_CUT', 'RR_PORTRAIT_BACKGROUND']]

/**
 * Works the queue like a quick operator: claims, looks, decides, now and then releases, takes a decision back or returns.
 * An application is returned once at most, so that the run ends, and everybody returns one at least.
 */
export function startOperator(
  api: Api,
  options: { name: string; random: () => number; signal: AbortSignal },
): OperatorScript {
  const { name, random, signal } = options
  const decided: Decision[] = []
  const strange: string[] = []
  let idle = false
  let n = 0
  let returned = false

  async function expected(path: string, body: unknown, statuses: readonly number[] = [200]): Promise<Answer> {
    const answer = await api('POST', path, body)
    if (!statuses.includes(answer.status))
      strange.push(`${name} ${path.split('/').at(-1)}: ${answer.status} ${kindOf(answer)}`)
    return answer
  }
  async function decide(held: ApplicationView): Promise<void> {
    const { id, stage } = held
    const token = held.claim?.token
    const path = `/api/applications/${id}`
    const dice = random()
    const before = (action: Action): boolean => held.history.some((entry) => entry.action === action)
    const transactionId = `${name}-${n}`
    if (dice < 0.08) await expected(`${path}/renew`, { token })
    if (dice > 0.97 && !before('release')) {
      await expected(`${path}/release`, { token, reason: 'RL_BREAK' }, [200, 409])
      return
    }
    if (dice > 0.9 && stage === 'verification' && !before('correct')) {
      await expected(`${path}/correct`, { token, changes: { class: '6C' }, transactionId: `${transactionId}-correct` })
    }
    const returns = !returned || dice < 0.12
    const action = stage === 'verification' && !before('return') && returns ? 'return' : 'approve'
    const reasons = action === 'return' ? { reasons: RETURNS[n % RETURNS.length] } : {}
    const answer = await expected(`${path}/decisions`, { token, action, ...reasons, transactionId })
    if (answer.status !== 200) return
    const undone = dice > 0.84 && dice < 0.88 && (await expected(`${path}/undo`, { transactionId }, [200, 409]))
    if (!undone || undone.status !== 200) {
      returned ||= action === 'return'
      decided.push({ application: id, transactionId, action })
      return
    }
    const again = `${transactionId}-again`
    const given = ApplicationView.parse(undone.body).claim?.token
    const second = await expected(`${path}/decisions`, { token: given, action: 'approve', transactionId: again })
    if (second.status === 200) decided.push({ application: id, transactionId: again, action: 'approve' })
  }

  async function live(): Promise<void> {
    try {
      while (!signal.aborted) {
        n += 1
        const held = await api('POST', '/api/queue/claim', { requestId: `${name}-claim-${n}` })
        idle = held.status === 204
        if (held.status === 200) await decide(ApplicationView.parse(held.body))
        else if (held.status !== 204) strange.push(`${name} claim: ${held.status} ${kindOf(held)}`)
        await untilNextLook(held.status === 200 ? 30 : 600)
      }
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
  return {
    decided,
    strange,
    get idle() {
      return idle
    },
    ended: live(),
  }
}

/** The kind of a problem document. */
function kindOf({ body }: Answer): string {
  return typeof body === 'object' && body !== null && 'type' in body ? String(body.type) : ''
}
