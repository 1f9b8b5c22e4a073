import { expect, test } from 'vitest'
import { RIGHTS } from '../../src/admin/rights.ts'
import { ROLES } from '../../src/models/application/transitions.ts'
import { shareOf } from '../support/share.ts'
import { at, testService } from './support/service.ts'
import type { Answer } from './support/service.ts'

const ROUTES = Object.entries(RIGHTS).map(([name, right]) => {
  const [method, pattern] = name.split(' ') as [string, string]
  return { name, method, pattern, right }
})
const WRITES = ROUTES.filter(({ method }) => method !== 'GET')
const HOSTILE = [
  '../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e%2f%2e%2e%2fsecret',
  '%00',
  '%',
  '%zz',
  '$where',
  '{"$gt":""}',
  '[object Object]',
  '__proto__',
  'a'.repeat(5000),
  '%F0%9F%92%A9',
]
const BODIES = (
  [
    [],
    [{}],
    'text',
    42,
    true,
    { $gt: '' },
    { username: { $gt: '' }, password: { $gt: '' } },
    { token: { $ne: null }, action: 'approve', transactionId: 'x' },
    { token: 't', action: { $gt: '' }, transactionId: ['x'] },
    { token: 't', action: 'approve', transactionId: { $gt: '' } },
    { stages: 'verification', count: '20', requestId: { $gt: '' } },
    { stages: ['verification', { $gt: '' }] },
    { count: 1e9 },
    { applications: [{ $gt: '' }], receivedBy: 7, transactionId: null },
    { schools: [{ npsn: { $gt: '' } }] },
    { roles: ['god'], active: 'yes', name: {} },
  ] as const
).map((body) => JSON.stringify(body))
const NO_JSON = ['{', '{"a":', '{"__proto__":{"x":1}}', '\u0000', 'username=x']
const ORIGINS = ['https://evil.example', 'null', 'http://localhost:80.evil.example']

/** A problem document that says nothing about the inside. */
function expectProblem(answer: Answer, what: string): void {
  expect({ what, type: answer.type }).toEqual({ what, type: 'application/problem+json; charset=utf-8' })
  expect(at(answer, 'status')).toBe(answer.status)
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect({ what, status: answer.status }).not.toEqual({ what, status: 500 })
  const text = JSON.stringify(answer.body)
  expect(text).not.toMatch(/node_modules|\.ts:|\.js:|at [A-Z]\w+\.|Mongo|Redis|FST_|ZodError|stack/)
}

async function setUp() {
  const service = await testService()
  const id = await service.submit([await service.picture()])
  const boss = await service.operator('bos', 'supervisor')
  const before = await snapshot()
  async function snapshot(): Promise<string> {
    const kept: Record<string, unknown> = {}
    const names = (await service.database.listCollections()).map(({ name }) => name)
    for (const name of names.filter((one) => !['loginAttempts', 'views'].includes(one)).toSorted()) {
      kept[name] = await service.database
        .collection(name)
        .find({}, { sort: { _id: 1 } })
        .toArray()
    }
    return JSON.stringify(kept)
  }
  return { ...service, id, boss, unchanged: async () => expect(await snapshot()).toBe(before) }
}

test('no route with a path of garbage finds anything', async () => {
  const { boss, unchanged } = await setUp()
  for (const [place, { name, method, pattern }] of ROUTES.filter((route) => route.pattern.includes(':')).entries()) {
    for (const hostile of shareOf(HOSTILE, place)) {
      const url = pattern.replaceAll(/:\w+/g, hostile)
      const answer = await boss(method, url, method === 'GET' ? {} : { body: {} })
      expectProblem(answer, `${name} ${hostile.slice(0, 30)}`)
    }
  }
  await unchanged()
})

test('no write accepts a body of another shape, an operator of the database or no JSON at all', async () => {
  const { boss, id, unchanged } = await setUp()
  for (const [place, { name, method, pattern }] of WRITES.entries()) {
    // signing out needs no body, and a new password none either
    if (name === 'DELETE /api/session' || name.endsWith('/password')) continue
    const url = pattern
      .replace(':id', name.startsWith('POST /api/applications') ? id : 'unknown')
      .replace(':npsn', '69900001')
    for (const raw of shareOf(BODIES, place)) {
      const answer = await boss(method, url, { raw, headers: { 'content-type': 'application/json' } })
      if (answer.status < 300) expect({ name, raw }).toEqual('refused')
      expectProblem(answer, `${name} ${raw}`)
    }
    for (const raw of shareOf(NO_JSON, place)) {
      const answer = await boss(method, url, { raw, headers: { 'content-type': 'application/json' } })
      expectProblem(answer, `${name} ${raw}`)
      expect(answer.status).toBe(400)
    }
    const form = await boss(method, url, {
      raw: 'a=b',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expectProblem(form, `${name} form`)
    expect(form.status).toBe(415)
  }
  await unchanged()
})

test('a body that is too large is refused', async () => {
  const { boss, id, unchanged } = await setUp()
  const raw = JSON.stringify({ note: 'x'.repeat(2 * 1024 * 1024) })
  for (const { name, method, pattern } of WRITES) {
    const url = pattern.replace(':id', id).replace(':npsn', '69900001')
    const answer = await boss(method, url, { raw, headers: { 'content-type': 'application/json' } })
    expectProblem(answer, name)
    expect(answer.status).toBe(413)
  }
  await unchanged()
})

test('a write from another origin is refused before its body is looked at, signed in or not', async () => {
  const { boss, anyone, unchanged } = await setUp()
  for (const [place, { name, method, pattern }] of WRITES.entries()) {
    const url = pattern.replaceAll(/:\w+/g, 'x')
    for (const call of [boss, anyone]) {
      for (const origin of shareOf(ORIGINS, place)) {
        const headers = { origin, 'content-type': 'application/json' }
        const answer = await call(method, url, { raw: '{"broken', headers })
        expectProblem(answer, name)
        expect([answer.status, at(answer, 'kind')]).toEqual([403, 'foreign-origin'])
      }
    }
  }
  await unchanged()
})

test('queries of garbage are refused', async () => {
  const { boss } = await setUp()
  const queries = [
    'limit=0',
    'limit=201',
    'limit=x',
    'limit[$gt]=1&limit=-1',
    'after=../x',
    'after=a&after=b',
    'after[$gt]=&limit=1e9',
  ]
  for (const url of ['/api/queue', '/api/applications', '/api/coordinators', '/api/pleas']) {
    for (const query of queries) expectProblem(await boss('GET', `${url}?${query}`), `${url}?${query}`)
  }
  expectProblem(await boss('GET', '/api/queue?stage=ready'), 'stage')
  expectProblem(await boss('GET', '/api/queue?stage[$ne]=x&stage=y'), 'stage')
  expectProblem(await boss('GET', '/api/applications?npsn=%7B%22$gt%22:%22%22%7D'), 'npsn')
})

test('what exists nowhere is a problem too, by every method', async () => {
  const { boss, anyone } = await setUp()
  for (const call of [boss, anyone]) {
    for (const url of [
      '/api',
      '/api/',
      '/api/nothing',
      '/api/session/x',
      '/api/../etc/passwd',
      '/api/%2e%2e/x',
      '/demo/x',
      '/demo/chat',
    ]) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        expectProblem(await call(method, url), `${method} ${url}`)
      }
    }
  }
})

test('role by role, a route is closed to whom its row does not name, whatever the body', async () => {
  const service = await setUp()
  for (const { name, method, pattern, right } of ROUTES) {
    if (right.roles === 'public') continue
    const answer = await service.anyone(method, pattern.replaceAll(/:\w+/g, 'x'), method === 'GET' ? {} : { raw: '{' })
    expectProblem(answer, name)
    expect({ name, status: answer.status }).toEqual({ name, status: 401 })
  }
  for (const role of ROLES) {
    const call = await service.operator(`satu-${role}`, role)
    for (const { name, method, pattern, right } of ROUTES) {
      if (right.roles === 'public' || name === 'GET /api/events') continue
      const path = pattern.replace(':npsn', '69900099').replaceAll(/:\w+/g, 'unknown')
      // whose conversation it is nobody knows, so a reason is asked for
      const url = name.startsWith('GET /api/conversations/') ? `${path}?reason=Uji%20coba` : path
      const answer = await call(
        method,
        url,
        method === 'GET' ? {} : { raw: '[', headers: { 'content-type': 'application/json' } },
      )
      if (right.roles.includes(role))
        expect({ role, name, status: answer.status }).not.toEqual({ role, name, status: 403 })
      else expect({ role, name, status: answer.status }).toEqual({ role, name, status: 403 })
    }
  }
})

test('forged and foreign cookies open nothing', async () => {
  const { anyone, operator } = await setUp()
  const siti = await operator('siti', 'verifikator')
  for (const cookie of [
    'smartkids=',
    'smartkids={"$gt":""}',
    `${siti.cookie}x`,
    `smartkids=${'a'.repeat(4000)}`,
    'smartkids=%00',
  ]) {
    expect((await anyone('GET', '/api/session', { headers: { cookie } })).status).toBe(401)
  }
  expect((await siti('GET', '/api/session')).status).toBe(200)
})
