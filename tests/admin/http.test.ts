import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate as soon } from 'node:timers/promises'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { listen } from '../../src/admin/http.ts'
import { readEnv } from '../../src/config/env.ts'
import { createLog } from '../../src/config/log.ts'

test('a stop does not wait for a connection that a browser has opened ahead and not used', async () => {
  const none = async (): Promise<void> => undefined
  const http = await listen({
    env: readEnv({ PORT: '0' }),
    base: { log: createLog('silent'), metrics: new Registry(), probes: {} },
    hooks: none,
    demo: none,
    admin: null,
  })
  const socket = connect(Number(new URL(http.address).port), '127.0.0.1')
  const ended = once(socket, 'close')
  // the same server has answered another one: the first connection is its own by then
  await once(socket, 'connect')
  expect((await fetch(`${http.address}/healthz`)).status).toBe(200)
  await soon()
  await http.close()
  await ended
})
