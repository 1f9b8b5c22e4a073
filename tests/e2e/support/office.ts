import { setTimeout as untilNextLook } from 'node:timers/promises'
import { HandOverResult } from '../../../src/admin/contract/decision.ts'
import { OperatorMade } from '../../../src/admin/contract/operator.ts'
import { QueuePage } from '../../../src/admin/contract/queue.ts'
import { signIn, startOperator } from './operator.ts'
import type { Decision, OperatorScript } from './operator.ts'

export type OfficeScript = {
  decisions(): readonly Decision[]
  strange(): readonly string[]
  /** Nothing waited for anybody at the last look. */
  readonly idle: boolean
  readonly ended: Promise<void>
}

const OPERATORS = 2

/** The office at work: operators of its own making at the queue, and the counter that hands finished cards over. */
export function startOffice(options: {
  urls: () => readonly string[]
  random: () => number
  signal: AbortSignal
}): OfficeScript {
  const { urls, random, signal } = options
  const operators: OperatorScript[] = []
  const decisions: Decision[] = []
  const strange: string[] = []
  let counterIdle = false

  async function work(): Promise<void> {
    const supervisor = await signIn(urls, { username: 'supervisor', password: 'kata-sandi-rekaan' }, signal)
    const running: Promise<void>[] = []
    for (let i = 0; i < OPERATORS; i++) {
      const who = await hire(i)
      const operator = startOperator(await signIn(urls, who, signal), { name: `operator-${i}`, random, signal })
      operators.push(operator)
      running.push(operator.ended)
    }
    running.push(counter())
    await Promise.all(running)

    async function hire(i: number): Promise<{ username: string; password: string }> {
      for (let attempt = 0; ; attempt++) {
        const username = `petugas-${i}-${attempt}`
        const made = await supervisor('POST', '/api/operators', {
          username,
          name: 'Qxpetugas Rekaan',
          roles: ['supervisor'],
        })
        // repeated after a kill, its name is taken and its password lost with the answer
        if (made.status === 201) return { username, password: OperatorMade.parse(made.body).password }
      }
    }

    async function counter(): Promise<void> {
      for (let n = 1; !signal.aborted; n++) {
        const page = await supervisor('GET', '/api/applications?stage=ready&limit=8')
        const items = page.status === 200 ? QueuePage.parse(page.body).items : []
        counterIdle = page.status === 200 && items.length === 0
        if (items.length > 0) {
          const transactionId = `counter-${n}`
          const body = { applications: items.map((item) => item.id), receivedBy: 'Qxpenerima Rekaan', transactionId }
          const answer = await supervisor('POST', '/api/handovers', body)
          if (answer.status !== 200) strange.push(`hand-over: ${answer.status}`)
          for (const { id, done } of answer.status === 200 ? HandOverResult.parse(answer.body).items : []) {
            if (done) decisions.push({ application: id, transactionId, action: 'hand_over' })
          }
        }
        await untilNextLook(1000)
      }
    }
  }
  const ended = work().catch((error: unknown) => {
    if (!signal.aborted) strange.push(String(error))
  })
  return {
    decisions: () => [...decisions, ...operators.flatMap((one) => one.decided)],
    strange: () => [...strange, ...operators.flatMap((one) => one.strange)],
    get idle() {
      return counterIdle && operators.length === OPERATORS && operators.every((one) => one.idle)
    },
    ended,
  }
}
