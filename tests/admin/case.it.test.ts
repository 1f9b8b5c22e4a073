import { expect, test } from 'vitest'
import { at, testService } from './support/service.ts'

test('claim, decide, next stage: the main path of an operator', async () => {
  const service = await testService()
  const id = await service.submit([await service.picture()])
  const siti = await service.operator('siti', 'verifikator')

  const listed = await siti('GET', '/api/queue')
  expect(listed.status).toBe(200)
  expect(listed.body).toMatchObject({
    total: 1,
    items: [{ id, stage: 'verification', state: 'queued', position: 1, round: 1, school: { name: 'SDN Rekaan 1' } }],
  })
  expect(at(listed, 'items.0.pupil.nik')).toBe('631106******0001')

  const claimed = await siti('POST', '/api/queue/claim', { body: { requestId: 'r1' } })
  expect(claimed.status).toBe(200)
  const token = at(claimed, 'claim.token')
  expect(claimed.body).toMatchObject({ id, state: 'claimed', pupil: { nik: '6311060107150001', masked: false } })
  expect(at(await siti('POST', '/api/queue/claim', { body: { requestId: 'r1' } }), 'claim')).toEqual(
    at(claimed, 'claim'),
  )
  expect(at(await siti('GET', '/api/claims'), 'items')).toMatchObject([{ id, claim: { token } }])

  const decision = { token, action: 'approve', transactionId: 't1' }
  const approved = await siti('POST', `/api/applications/${id}/decisions`, { body: decision })
  expect(approved.body).toMatchObject({ id, stage: 'photo', undo: { transactionId: 't1' } })
  const again = await siti('POST', `/api/applications/${id}/decisions`, { body: decision })
  expect([again.status, at(again, 'rev')]).toEqual([200, at(approved, 'rev')])

  const undone = await siti('POST', `/api/applications/${id}/undo`, { body: { transactionId: 't1' } })
  expect(undone.body).toMatchObject({ stage: 'verification', state: 'claimed', claim: { token } })
  await siti('POST', `/api/applications/${id}/decisions`, { body: { ...decision, transactionId: 't2' } })
  service.tick(5001)
  const late = await siti('POST', `/api/applications/${id}/undo`, { body: { transactionId: 't2' } })
  expect([late.status, late.type]).toEqual([409, 'application/problem+json; charset=utf-8'])
})
