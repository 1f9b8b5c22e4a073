import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApplicationView } from '../../../src/admin/contract/application.ts'
import { HandOverResult } from '../../../src/admin/contract/decision.ts'
import { startCoordinator } from '../support/coordinator.ts'
import type { Layout } from '../support/fleet.ts'
import { openHouse } from '../support/house.ts'
import { signIn } from '../support/operator.ts'
import { officeFile } from '../support/pace.ts'
import type { Pace } from '../support/pace.ts'
import { webchatPhone } from '../support/phone.ts'
import { samplePupil } from '../support/pupil.ts'
import { until } from '../support/service.ts'

export type MainJobFigures = {
  processes: number
  /** What the chat said, in the order of the job; each was waited for. */
  heard: string[]
  history: string[]
  /** SIGTERM once, then twice: until every process was gone. */
  stopMs: number[]
  exitCodes: (number | null)[]
  seconds: number
}

const WAIT_MS = 60_000
const PERSON = 'qxibu-rekaan'

/**
 * The main job as a stranger does it by the documented interfaces: a school submits two pupils over the demo chat, an
 * operator works them by API, one is returned and corrected, both cards are handed over, every outcome comes to the
 * chat. In between the service is killed and started, and stopped by SIGTERM once and twice. Throws at what is wrong.
 */
export async function proveMainJob({
  layout,
  seed,
  pace,
}: {
  layout: Layout
  seed: number
  pace: Pace
}): Promise<MainJobFigures> {
  const begun = Date.now()
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-main-'))
  const env = { OFFICE_FILE: await officeFile(dataDir, pace) }
  const house = await openHouse({ dataDir, layout, env })
  const talk = new AbortController()
  const office = new AbortController()
  const coordinator = { ended: Promise.resolve() }
  const heard: string[] = []
  try {
    await house.start()
    const password = /^Sign in as supervisor, password: (\S+)$/m.exec(house.output())?.[1]
    check(password !== undefined, 'the first password is printed')
    const phone = webchatPhone(() => house.demoUrl, PERSON)
    const [first, second] = await Promise.all([
      samplePupil(seed * 2, { files: 5, way: 'album' }),
      samplePupil(seed * 2 + 1, { files: 5, way: 'album' }),
    ])
    const school = startCoordinator({
      phone,
      chat: PERSON,
      npsn: '69900014',
      name: 'Qxibu Rekaan',
      pupils: [first, second],
      patienceMs: pace.patienceMs,
      upSince: () => house.upSince(),
      signal: talk.signal,
    })
    coordinator.ended = school.ended
    const [one, two] = school.ledger.pupils as [(typeof school.ledger.pupils)[0], (typeof school.ledger.pupils)[0]]
    const hear = async (outcome: string, what: RegExp): Promise<void> => {
      await until(() => school.ledger.heard.some((text) => what.test(text)), WAIT_MS, `"${what.source}" in the chat`)
      heard.push(outcome)
    }
    const call = await signIn(() => house.urls, { username: 'supervisor', password }, office.signal)
    const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
      const answer = await call(method, path, body)
      check(answer.status === 200, `${method} ${path.replace(/\?.*/, '')} is answered 200, not ${answer.status}`)
      return answer.body
    }

    // claimed, and the answer lost with the process: the same request gets the same claim
    await until(() => one.tickets.size > 0, WAIT_MS, 'the first ticket')
    const claim = { stages: ['verification'], requestId: 'main-job-claim-1' }
    const claimed = ApplicationView.parse(await ask('POST', '/api/queue/claim', claim))
    check(one.tickets.has(claimed.ticket ?? ''), 'the first claim is the pupil that was submitted first')
    check(claimed.pupil?.nik === first.nik && claimed.pupil.name === first.name, 'the case shows the pupil')
    await house.kill()
    await house.start()
    const again = ApplicationView.parse(await ask('POST', '/api/queue/claim', claim))
    check(again.id === claimed.id && again.claim?.token === claimed.claim?.token, 'a claim outlives kill -9')

    check(again.documents.length === 5, 'every file of the album is a document')
    const originals: unknown[] = []
    for (const { id } of again.documents) {
      const path = `/api/applications/${again.id}/documents/${id}`
      check((await ask('GET', path)) instanceof Buffer, 'a document is shown')
      originals.push(await ask('GET', `${path}?original=1&reason=bukti`))
    }
    const same = first.files.every(({ bytes }) =>
      originals.some((other) => other instanceof Buffer && other.equals(bytes)),
    )
    check(same, 'the documents are byte for byte what was sent')

    const ids = new Map<string, string>()
    async function decide(held: ApplicationView): Promise<void> {
      ids.set(held.ticket ?? '', held.id)
      const returns = two.tickets.has(held.ticket ?? '') && held.history.every((entry) => entry.action !== 'return')
      const decision = {
        token: held.claim?.token,
        ...(returns ? { action: 'return', reasons: ['RR_PORTRAIT_BLURRED'] } : { action: 'approve' }),
        transactionId: `main-job-${held.id}-${held.rev}`,
      }
      const path = `/api/applications/${held.id}/decisions`
      const decided = ApplicationView.parse(await ask('POST', path, decision))
      const repeated = ApplicationView.parse(await ask('POST', path, decision))
      check(repeated.history.length === decided.history.length, 'a decision that is sent again is the same one')
    }
    await decide(again)
    const ready = new Set<string>()
    let n = 1
    await until(
      async () => {
        const answer = await call('POST', '/api/queue/claim', { requestId: `main-job-claim-${(n += 1)}` })
        if (answer.status === 200) {
          const held = ApplicationView.parse(answer.body)
          await decide(held)
          if (held.stage === 'printing') ready.add(held.id)
        }
        return ready.size === 2
      },
      3 * WAIT_MS,
      'both cards',
    )
    const [ticketOne, ticketTwo] = [[...one.tickets][0]!, [...two.tickets][0]!]
    await hear('returned', new RegExp(`${ticketTwo}.*perlu diperbaiki`, 's'))
    await hear('corrected', new RegExp(`Perbaikan kami terima\\. Nomor antrean tetap ${ticketTwo}`))
    for (const ticket of [ticketOne, ticketTwo])
      await hear('ready', new RegExp(`${ticket}.*siap diambil|siap diambil.*${ticket}`, 's'))
    const cards = { applications: [...ready], receivedBy: 'Qxguru Rekaan', transactionId: 'main-job-counter' }
    const { items } = HandOverResult.parse(await ask('POST', '/api/handovers', cards))
    check(items.length === 2 && items.every((item) => item.done), 'both cards are handed over')
    for (const ticket of [ticketOne, ticketTwo])
      await hear('handed over', new RegExp(`${ticket}.*kami serahkan|kami serahkan.*${ticket}`, 's'))
    talk.abort()
    await school.ended

    // what is said right before SIGTERM is answered after the next start
    const stops = []
    for (const times of [1, 2]) {
      await phone.text('STATUS')
      stops.push(await house.stop(times))
      await house.start()
      let status = ''
      await until(
        async () => {
          status += (await phone.read()).join('\n')
          return status.includes(ticketOne) && status.includes(ticketTwo) && /diserahkan/.test(status)
        },
        WAIT_MS,
        'the status of both pupils',
      )
    }
    for (const { codes, ms } of stops) {
      check(
        codes.every((code) => code === 0),
        `SIGTERM ends every process with 0, not ${codes.join(', ')}`,
      )
      check(ms < 10_000, `SIGTERM ends every process within 10 s, not ${ms} ms`)
    }
    const whole = ApplicationView.parse(await ask('GET', `/api/applications/${ids.get(ticketTwo)}`))
    await house.stop(1)
    return {
      processes: layout.length,
      heard,
      history: whole.history.map((entry) => entry.action),
      stopMs: stops.map(({ ms }) => ms),
      exitCodes: stops.flatMap(({ codes }) => codes),
      seconds: Math.round((Date.now() - begun) / 1000),
    }
  } finally {
    talk.abort()
    office.abort()
    await coordinator.ended
    await house.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`it should hold that ${what}`)
}
