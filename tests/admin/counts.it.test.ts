import { expect, test } from 'vitest'
import { testService } from './support/service.ts'

test('counts tell what waits in each stage', async () => {
  const { operator, submit } = await testService()
  await submit()
  await submit()
  const siti = await operator('siti', 'verifikator')
  await siti('POST', '/api/queue/claim')
  expect((await siti('GET', '/api/counts')).body).toMatchObject({
    stages: { verification: { queued: 1, claimed: 1, idle: 0 }, ready: { queued: 0, claimed: 0, idle: 0 } },
    attention: 0,
    pendingCoordinators: 0,
    openPleas: 0,
    servedRound: 1,
  })
})

test('counts tell an operator what they have decided today, and since when the oldest waits', async () => {
  const { operator, submit, clock } = await testService()
  const siti = await operator('siti', 'verifikator')
  await submit()
  const from = clock.at.toISOString()
  await submit()
  const { id, claim } = (await siti('POST', '/api/queue/claim')).body as { id: string; claim: { token: string } }
  const body = { token: claim.token, action: 'return', reasons: ['RR_FAMILY_CARD_CUT'], transactionId: 'return-1' }
  await siti('POST', `/api/applications/${id}/decisions`, { body })
  expect((await siti('GET', '/api/counts')).body).toMatchObject({
    mine: { done: 0, returned: 1, latest: { id, action: 'return', to: 'returned' } },
  })
  await siti('POST', `/api/applications/${id}/undo`, { body: { transactionId: 'return-1' } })
  expect((await siti('GET', '/api/counts')).body).toMatchObject({
    mine: { done: 0, returned: 0 },
    stages: { verification: { oldestAt: from } },
  })
})
