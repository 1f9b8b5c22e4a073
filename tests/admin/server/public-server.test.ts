import { Registry } from 'prom-client'
import { expect, onTestFinished, test } from 'vitest'
import { buildPublicServer } from '../../../src/admin/server/public-server.ts'
import { webchatRoutes } from '../../../src/bots/webchat/routes.ts'
import { createLog } from '../../../src/config/log.ts'
import { memoryHolding } from '../../bots/webchat/webchat-platform.ts'

const PROBLEM = 'application/problem+json; charset=utf-8'

test('the public port serves what is added to it and problems otherwise', async () => {
  const app = await buildPublicServer({
    log: createLog('silent'),
    metrics: new Registry(),
    extend: async (scope) => {
      scope.post('/telegram/rekaan', () => ({ ok: true }))
    },
  })
  onTestFinished(() => app.close())
  expect((await app.inject({ method: 'POST', url: '/telegram/rekaan' })).statusCode).toBe(200)
  for (const url of ['/', '/api/session', '/metrics', '/readyz']) {
    const answer = await app.inject({ url, headers: { accept: 'text/html' } })
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, PROBLEM])
  }
  const foreign = { method: 'POST' as const, url: '/telegram/rekaan', headers: { origin: 'https://evil.example' } }
  expect((await app.inject(foreign)).statusCode).toBe(403)
})

test('what machines call is counted as all else is, and carries nothing that is for browsers', async () => {
  const metrics = new Registry()
  const app = await buildPublicServer({
    log: createLog('silent'),
    metrics,
    extend: async (scope) => {
      scope.post('/telegram/rekaan', { config: { machine: true } }, (_request, reply) => reply.code(200).send())
      scope.get('/u', () => 'page')
    },
  })
  onTestFinished(() => app.close())
  const called = await app.inject({ method: 'POST', url: '/telegram/rekaan', payload: { update_id: 1 } })
  expect(called.statusCode).toBe(200)
  expect(called.headers).not.toHaveProperty('content-security-policy')
  expect((await app.inject({ url: '/u' })).headers).toHaveProperty('content-security-policy')
  expect(await metrics.metrics()).toContain(
    'http_request_seconds_count{method="POST",route="/telegram/rekaan",status="200"} 1',
  )
})

test('a foreign origin is refused on the demo chat before its body is looked at', async () => {
  const said: string[] = []
  const app = await buildPublicServer({
    log: createLog('silent'),
    metrics: new Registry(),
    extend: (scope) =>
      webchatRoutes(scope, {
        holding: memoryHolding(),
        log: createLog('silent'),
        accept: async (person) => {
          said.push(person)
          return { id: 'rekaan', fresh: true }
        },
        after: async () => [],
      }),
  })
  onTestFinished(() => app.close())
  for (const payload of ['{"text":"halo"}', '{broken', 'x'.repeat(300_000)]) {
    const answer = await app.inject({
      method: 'POST',
      url: '/demo/chat/rina/messages',
      headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
      payload,
    })
    expect([answer.statusCode, answer.headers['content-type'], answer.json<{ kind: string }>().kind]).toEqual([
      403,
      PROBLEM,
      'foreign-origin',
    ])
  }
  expect(said).toEqual([])
})
