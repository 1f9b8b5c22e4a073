import { Queue } from 'bullmq'
import { expect, onTestFinished, test } from 'vitest'
import { testRedis } from '../../support/stores.ts'
import { testService } from '../support/service.ts'

test('the board of jobs opens to supervisors alone, and only to be looked at', async () => {
  const { redis, prefix } = testRedis()
  const queue = new Queue('send', { connection: redis, prefix })
  onTestFinished(() => queue.close())
  await queue.add('now-chat', { id: 'chat' })
  const { operator, anyone } = await testService({ jobs: [queue] })
  const boss = await operator('bos', 'supervisor')
  const clerk = await operator('siti', 'verifikator', 'cetak', 'loket')
  for (const path of ['/api/jobs', '/api/jobs/', '/api/jobs/api/queues', '/api/jobs/static/unknown.js']) {
    expect({ path, status: (await anyone('GET', path)).status }).toEqual({ path, status: 401 })
    expect({ path, status: (await clerk('GET', path)).status }).toEqual({ path, status: 403 })
  }
  const page = await boss('GET', '/api/jobs')
  expect(page.status).toBe(200)
  expect(page.type).toContain('text/html')
  const queues = await boss('GET', '/api/jobs/api/queues')
  expect(queues.status).toBe(200)
  expect(queues.body).toMatchObject({ queues: [{ name: 'send', readOnlyMode: true, counts: { waiting: 1 } }] })
  expect((await boss('PUT', '/api/jobs/api/queues/send/empty')).status).toBeGreaterThanOrEqual(400)
  expect(await queue.getWaitingCount()).toBe(1)
})
