import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Registry } from 'prom-client'
import sharp from 'sharp'
import { onTestFinished } from 'vitest'
import type { AdminDeps } from '../../../src/admin/deps.ts'
import { hashPassword } from '../../../src/admin/sign-in/passwords.ts'
import { buildServer } from '../../../src/admin/server/server.ts'
import { readEnv } from '../../../src/config/env.ts'
import { openHouse } from '../../../src/house.ts'
import { createLog } from '../../../src/config/log.ts'
import { settableOffice } from '../../../src/config/office-settings.ts'
import { loadOffice } from '../../../src/config/office.ts'
import type { DrawPortrait } from '../../../src/media/portraits.ts'
import type { Pupil, StoredDocument } from '../../../src/models/application/application.ts'
import type { Role } from '../../../src/models/application/transitions.ts'
import { newId } from '../../../src/models/store/ids.ts'
import { touchChat } from '../../../src/models/chat/chats.ts'
import { registerCoordinator } from '../../../src/models/coordinator/coordinators.ts'
import { createFiles } from '../../../src/models/file/files.ts'
import { addOperator } from '../../../src/models/operator/operators.ts'
import { createRelay } from '../../../src/queue/relay.ts'
import { storeSchools } from '../../../src/models/school/schools.ts'
import { testDatabase, testRedis, testSealer } from '../../support/stores.ts'

export const PASSWORD = 'kata-sandi-rekaan'
export const NPSN = '69900001'
const hashed = hashPassword(PASSWORD)

export type Answer = { status: number; type: string; body: unknown; headers: Record<string, unknown> }
export type Call = (
  method: string,
  url: string,
  options?: { body?: unknown; headers?: Record<string, string>; raw?: string },
) => Promise<Answer>

/**
 * The whole server on real stores: the house as the service opens it, with a clock of its own; nothing listens. `stood`:
 * in place of the run's Redis.
 */
export async function testService(change: Partial<AdminDeps> = {}, draw?: DrawPortrait, stood = testRedis()) {
  const database = await testDatabase()
  const sealer = testSealer()
  const lines: string[] = []
  const log = createLog('debug', { write: (line) => lines.push(line) })
  const clock = { at: new Date('2026-11-24T01:00:00Z') }
  const now = () => clock.at
  const root = await mkdtemp(join(tmpdir(), 'smart-kids-admin-'))
  const { admin, ...house } = await openHouse(
    {
      ...stood,
      // nobody looks at files here: `draw` is all that draws
      env: readEnv({ DATA_DIR: root, MEDIA: 'keep', ROLES: 'worker', DEMO: '0' }),
      office: settableOffice(loadOffice('office/balangan.yaml')),
      database,
      sealer,
      jobs: { hint: () => undefined, remind: () => undefined, queues: [] },
      now,
      log,
    },
    { draw },
  )
  const { live, queue, blobs } = house
  await storeSchools(database, [{ npsn: NPSN, name: 'SDN Rekaan 1', kecamatan: 'Rekaan', enrolled: 60, sample: false }])
  /** Somebody at the school, who has to be approved. */
  async function coordinator(name: string, npsn = NPSN): Promise<string> {
    const chat = await touchChat({ database, sealer, now }, { from: { channel: 'webchat', id: name }, account: 'demo' })
    const consent = { at: now(), by: name, textVersion: '1', evidence: 'SETUJU' }
    const registration = { key: name, chat, npsn, name, role: 'teacher' as const, consent }
    clock.at = new Date(clock.at.getTime() + 1)
    return (await registerCoordinator({ database, sealer, now }, registration)).coordinator.id
  }
  const app = await buildServer({
    ...admin,
    metrics: new Registry(),
    probes: {},
    consoleDir: join(root, 'no-console'),
    ...change,
  })
  onTestFinished(async () => {
    await app.close()
    live.close()
    await queue.close()
    await rm(root, { recursive: true })
  })

  /** One stored picture of an application. */
  async function picture(kind: StoredDocument['kind'] = 'birth_certificate'): Promise<StoredDocument> {
    const id = newId()
    const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#cde' } })
      .jpeg()
      .withExif({ IFD0: { Copyright: 'Rekaan' } })
      .toBuffer()
    const files = createFiles({ database, sealer, now })
    await files.register({ id, chat: 'chat', channel: 'webchat', message: 'm', media: { kind: 'photo', ref: 'r' } })
    await blobs.put(id, bytes)
    await files.settle(id, { state: 'stored', mediaType: 'image/jpeg', bytes: bytes.length, sha256: 's', blob: id })
    return { id, kind, page: 1, mediaType: 'image/jpeg', blob: id, at: now(), findings: [] }
  }
  let serial = 0
  async function submit(documents: readonly StoredDocument[] = [], more: Partial<Pupil> = {}): Promise<string> {
    serial += 1
    const draft = newId()
    await queue.submissions.submit({
      draft,
      coordinator: 'koordinator',
      chat: 'chat',
      npsn: NPSN,
      reason: 'NEW',
      pupil: {
        name: `Murid Rekaan ${serial}`,
        nik: `631106010715${String(serial).padStart(4, '0')}`,
        birthDate: '2015-07-01',
        class: '4A',
        ...more,
      },
      documents,
      findings: [],
      consent: { at: now(), by: 'koordinator', textVersion: '1', evidence: 'SETUJU' },
      transactionId: newId(),
    })
    return draft
  }

  async function operator(username: string, ...roles: Role[]): Promise<Call & { id: string; cookie: string }> {
    const passwordHash = await hashed
    const made = await addOperator(database, {
      username,
      name: sealer.seal(`Petugas ${username}`),
      roles,
      mustChangePassword: false,
      passwordHash,
      now: now(),
    })
    const entered = await app.inject({ method: 'POST', url: '/api/session', payload: { username, password: PASSWORD } })
    const cookie = String(entered.headers['set-cookie']).split(';')[0]!
    return Object.assign(caller(app, cookie), { id: made.id, cookie })
  }
  const relay = createRelay({ database, now, log, handler: () => Promise.resolve(), relayed: () => undefined })
  const tick = (ms: number) => {
    clock.at = new Date(clock.at.getTime() + ms)
  }
  return {
    relay,
    coordinator,
    app,
    database,
    sealer,
    queue,
    live,
    lines,
    clock,
    tick,
    picture,
    submit,
    operator,
    anyone: caller(app),
  }
}

/** The value at `path` of an answer's body, as `items.0.id`. */
export function at(answer: Answer, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], answer.body)
}

function caller(app: FastifyInstance, cookie?: string): Call {
  return async (method, url, { body, headers = {}, raw } = {}) => {
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers: { ...(cookie ? { cookie } : {}), ...headers },
      ...(raw === undefined ? (body === undefined ? {} : { payload: body as object }) : { payload: raw }),
    })
    const type = String(answer.headers['content-type'] ?? '')
    return {
      status: answer.statusCode,
      type,
      body: type.includes('json') ? answer.json() : answer.rawPayload,
      headers: answer.headers,
    }
  }
}
