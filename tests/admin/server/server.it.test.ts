import { gunzipSync } from 'node:zlib'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { at, PASSWORD, testService } from '../support/service.ts'

const PROBLEM = 'application/problem+json; charset=utf-8'

async function builtConsole(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'smart-kids-console-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await mkdir(join(root, 'assets'))
  await writeFile(join(root, 'index.html'), '<!doctype html>konsol')
  await writeFile(join(root, 'demo.html'), '<!doctype html>demo')
  await writeFile(join(root, 'assets', 'main-abc.js'), 'rekaan()')
  return root
}
const PAGE = { headers: { accept: 'text/html' } }

test('signing in sets a strict cookie, and signing out ends the session', async () => {
  const { app, operator, anyone } = await testService()
  const siti = await operator('siti', 'verifikator')
  const entered = await app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { username: 'SITI', password: PASSWORD },
  })
  expect(entered.json()).toEqual({
    operator: {
      id: siti.id,
      name: 'Petugas siti',
      username: 'siti',
      roles: ['verifikator'],
      mustChangePassword: false,
      secondFactor: false,
    },
  })
  expect(entered.headers['set-cookie']).toMatch(/^smartkids=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  expect(entered.headers['cache-control']).toBe('no-store')
  expect((await siti('GET', '/api/session')).status).toBe(200)
  const left = await siti('DELETE', '/api/session')
  expect([left.status, at(left, 'operator.id')]).toEqual([200, siti.id])
  expect((await siti('GET', '/api/session')).status).toBe(401)
  expect((await anyone('DELETE', '/api/session')).status).toBe(401)
})

test('where the public address is https the cookie is Secure and its origin may write', async () => {
  const { app, operator } = await testService({ publicUrl: 'https://kia.contoh.example' })
  await operator('siti', 'verifikator')
  const payload = { username: 'siti', password: PASSWORD }
  const headers = { origin: 'https://kia.contoh.example' }
  const entered = await app.inject({ method: 'POST', url: '/api/session', payload, headers })
  expect(entered.headers['set-cookie']).toContain('; Secure;')
  const own = { origin: 'http://kia.lokal:3000', host: 'kia.lokal:3000' }
  expect((await app.inject({ method: 'POST', url: '/api/session', payload, headers: own })).statusCode).toBe(200)
})

test('behind a trusted proxy its origin and the client behind it count', async () => {
  const { app, operator } = await testService({ trustProxy: '1' })
  await operator('siti', 'verifikator')
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'kia.contoh.example' }
  const headers = { ...forwarded, origin: 'https://kia.contoh.example' }
  const signIn = (password: string, address: string) =>
    app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: 'siti', password },
      headers: { ...headers, 'x-forwarded-for': address },
    })
  for (let i = 0; i < 5; i++) expect((await signIn('salah', '192.0.2.1')).statusCode).toBe(401)
  const locked = await signIn(PASSWORD, '192.0.2.1')
  expect([locked.statusCode, locked.headers['retry-after'], locked.json()]).toEqual([
    429,
    '60',
    expect.objectContaining({ kind: 'too-many-requests', retryAfter: 60 }),
  ])
  expect((await signIn(PASSWORD, '192.0.2.2')).statusCode).toBe(200)
})

test('a changed password is asked for the old one', async () => {
  const { operator, anyone } = await testService()
  const siti = await operator('siti', 'verifikator')
  const next = 'kata-sandi-lain'
  const wrong = await siti('PUT', '/api/session/password', { body: { current: 'salah', next } })
  expect([wrong.status, at(wrong, 'kind')]).toEqual([422, 'invalid'])
  expect((await siti('PUT', '/api/session/password', { body: { current: PASSWORD, next } })).status).toBe(204)
  expect((await siti('GET', '/api/session')).status).toBe(200)
  expect((await anyone('POST', '/api/session', { body: { username: 'siti', password: next } })).status).toBe(200)
})

test('readyz is 200 only when every part is ready, and names each', async () => {
  const parts = { mongodb: true, telegram: true }
  const probe = (name: keyof typeof parts) => () =>
    parts[name] ? Promise.resolve({ ready: true, state: 'up' }) : Promise.reject(new Error('gone'))
  const { anyone } = await testService({ probes: { mongodb: probe('mongodb'), telegram: probe('telegram') } })
  expect(await anyone('GET', '/readyz')).toMatchObject({
    status: 200,
    body: { status: 'ready', parts: { mongodb: { ready: true, state: 'up' }, telegram: { ready: true } } },
  })
  parts.telegram = false
  expect(await anyone('GET', '/readyz')).toMatchObject({
    status: 503,
    body: { status: 'not-ready', parts: { mongodb: { ready: true }, telegram: { ready: false, state: 'down' } } },
  })
  expect((await anyone('GET', '/healthz')).status).toBe(200)
})

test('a part that does not answer is not waited for', async () => {
  const { anyone } = await testService({ probes: { redis: () => new Promise(() => {}) } })
  expect(await anyone('GET', '/readyz')).toMatchObject({
    status: 503,
    body: { parts: { redis: { ready: false, state: 'no-answer' } } },
  })
})

test('metrics count requests by route pattern', async () => {
  const { anyone, operator, submit } = await testService()
  const id = await submit()
  await (
    await operator('bos', 'supervisor')
  )('GET', `/api/applications/${id}`)
  const text = String((await anyone('GET', '/metrics')).body)
  expect(text).toContain('route="/api/applications/:id",status="200"')
  expect(text).not.toContain(id)
})

test('openapi.json describes every route of the table of rights', async () => {
  const { anyone } = await testService()
  const { RIGHTS } = await import('../../../src/admin/rights.ts')
  const answer = await anyone('GET', '/api/openapi.json')
  const paths = at(answer, 'paths') as Record<string, Record<string, unknown>>
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  const routes = Object.keys(RIGHTS).filter((route) => route !== 'GET /api/openapi.json')
  expect(described.filter((route) => route.includes('/api/')).toSorted()).toEqual(routes.toSorted())
})

test('a console that is not built says so in one sentence', async () => {
  const { anyone } = await testService()
  const page = await anyone('GET', '/', PAGE)
  expect(page.status).toBe(503)
  expect(String(page.body)).toContain('npm run build')
})

test('the built console answers its own addresses, its assets may be kept, and nothing outside is served', async () => {
  const consoleDir = await builtConsole()
  const { anyone } = await testService({ consoleDir, demo: true })
  for (const url of ['/', '/antrean', '/kasus/B417-6?tab=riwayat']) {
    const page = await anyone('GET', url, PAGE)
    expect({ url, status: page.status, text: String(page.body) }).toEqual({
      url,
      status: 200,
      text: '<!doctype html>konsol',
    })
    expect(page.headers['content-security-policy']).toContain("script-src 'self'")
    expect(page.headers['cache-control']).toBe('no-cache')
  }
  expect(String((await anyone('GET', '/demo', PAGE)).body)).toContain('demo')
  const asset = await anyone('GET', '/assets/main-abc.js')
  expect([asset.status, asset.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
  for (const url of ['/assets/gone.js', '/..%2f..%2fetc%2fpasswd', '/api/nothing', '/demo/nothing']) {
    expect({ url, type: (await anyone('GET', url, PAGE)).type }).toEqual({ url, type: PROBLEM })
  }
  expect((await anyone('GET', '/antrean')).type).toBe(PROBLEM)
  // whoever mistypes an address in a browser is told so by the console, with a way back
  for (const url of ['/antrean.html', '/berkas/A%20100']) {
    expect(await anyone('GET', url, PAGE)).toMatchObject({
      status: 404,
      type: expect.stringContaining('text/html') as unknown,
    })
  }
})

test('without DEMO there is no demo page', async () => {
  const { anyone } = await testService({ consoleDir: await builtConsole() })
  expect(await anyone('GET', '/demo', PAGE)).toMatchObject({ status: 404, type: PROBLEM })
})

test('bytes that are no HTTP, and headers without end, get a problem and no stack', async () => {
  const { app } = await testService()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const send = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text))
      let answer = ''
      socket.setEncoding('utf8')
      socket.on('data', (chunk: string) => (answer += chunk))
      socket.on('close', () => resolve(answer))
      socket.on('error', reject)
    })
  for (const text of ['rekaan\r\n\r\n', `GET /api HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`]) {
    const answer = await send(text)
    expect(answer).toContain('content-type: application/problem+json')
    expect(answer).not.toMatch(/HPE_|\.js|    at /)
  }
  const raw = await send(
    'GET /api/../../etc/passwd HTTP/1.1\r\nhost: x\r\naccept: text/html\r\nconnection: close\r\n\r\n',
  )
  expect(raw).toContain('application/problem+json')
})

test('the log of requests holds ids and patterns, never what a person is called or asked for', async () => {
  const { operator, submit, lines } = await testService()
  const id = await submit()
  const siti = await operator('siti', 'verifikator')
  await siti('GET', '/api/applications?ticket=RAHASIA')
  await siti('GET', `/api/applications/${id}?reason=alasan-rahasia`)
  await siti('POST', '/api/session', { body: { username: 'siti', password: 'rahasia-sekali' } })
  await siti('POST', '/api/queue/claim', { body: { rahasia: 'Murid Rekaan' } })
  const text = lines.join('\n')
  expect(text).toContain('"route":"/api/applications/:id"')
  expect(text).toContain(siti.id)
  expect(text).not.toMatch(/rahasia|Murid|631106|siti|Petugas/i)
})

test('a fault of ours tells the log what failed and the caller nothing', async () => {
  const { operator, queue, lines } = await testService()
  const siti = await operator('siti', 'verifikator')
  queue.lists.schools = () => Promise.reject(new Error('Murid Rahasia'))
  const answer = await siti('GET', '/api/queue/schools?stage=verification')
  expect(answer).toMatchObject({ status: 500, type: PROBLEM, body: { kind: 'internal', request: expect.any(String) } })
  expect(Object.keys(answer.body as object).toSorted()).toEqual(['kind', 'request', 'status', 'title', 'type'])
  expect(lines.join('\n')).toContain('request failed')
  expect(lines.join('\n')).not.toContain('Rahasia')
})

test('long lists come compressed to who takes that, and nothing that holds a token does', async () => {
  const { app, operator, submit } = await testService()
  for (let i = 0; i < 15; i++) await submit()
  const { cookie } = await operator('bos', 'supervisor')
  const get = async (url: string, takes: string) => {
    const answer = await app.inject({ url, headers: { cookie, 'accept-encoding': takes } })
    return { coding: answer.headers['content-encoding'], bytes: answer.rawPayload }
  }
  const list = '/api/queue?limit=200'
  const plain = await get(list, 'gzip;q=0, br')
  expect(plain.coding).toBeUndefined()
  const small = await get(list, 'gzip, deflate, br')
  expect(small.coding).toBe('gzip')
  expect(gunzipSync(small.bytes)).toEqual(plain.bytes)
  expect(small.bytes.length).toBeLessThan(plain.bytes.length / 4)
  await app.inject({ method: 'POST', url: '/api/queue/claim', headers: { cookie }, payload: { count: 15 } })
  const claims = await get('/api/claims', 'gzip')
  expect([claims.coding, claims.bytes.length > 4096]).toEqual([undefined, true])
})
